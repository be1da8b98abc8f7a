import { REFERRAL_DUE, type FeedEvent } from '@circumspect/domain'
import { Asked, type Question, type Row } from './asked'
import { addDays, World, type Placed } from './world'

/** What waits at these schools, from a plain reading of the facts: what, of which case, child or thing, since when. Rows in any order. */
export function referenceToday(events: readonly FeedEvent[], question: Question): Row[] {
  const w = new World(events)
  const q = new Asked(question)
  const horizon = addDays(question.today, 7)
  const on = (caseId: string, ...types: Parameters<World['of']>) => w.of(...types).filter((f) => f.about === caseId)
  const last = <F extends Placed>(facts: readonly F[]): F | undefined => [...facts].sort((a, b) => a.revision - b.revision).at(-1)
  const incidents = w.incidents()
  const here = w.told().filter((t) => q.here(t.school))
  const isOpen = (caseId: string) => last(on(caseId, 'case-closed', 'case-reopened'))?.type !== 'case-closed'
  const row = (what: string, school: string, caseId: string | null, since: string, more: Row = {}): Row => ({
    what,
    school,
    case: caseId,
    child: null,
    thing: null,
    agency: '',
    since,
    due: null,
    ...more,
  })

  const ofCases = here.flatMap((t): Row[] => {
    const id = t.caseId
    const circumstances = on(id, 'decision-recorded')
      .map((f) => f.occurredAt.date)
      .sort()[0]
    const reviewed = w.of('circumstances-reviewed').some((f) => f.data.case === id)
    const learnt = circumstances !== undefined && !reviewed ? [row('circumstances', t.school, id, circumstances)] : []
    if (!isOpen(id)) return learnt
    const counted = incidents.filter((i) => i.caseId === id && i.counted)
    const behaviours = counted.flatMap((i) => [i.data.behaviour, ...i.data.furtherBehaviours])
    const assessed = last(on(id, 'risk-assessed', 'risk-reviewed'))
    const process = last(on(id, 'criminal-process-updated'))
    const statutory = on(id, 'referral-made').some((f) => {
      const d = (f as Placed<'referral-made'>).data
      return [d.agency, ...d.alsoFor].some((a) => a === 'police' || a === 'childrens-social-care')
    })
    const against = on(id, 'decision-recorded').some(
      (f) => !(f as Placed<'decision-recorded'>).data.routes.some((r) => r === 'police' || r === 'childrens-social-care'),
    )
    const referralDue = counted.some((i) => i.data.harm === 'significant') || behaviours.some((b) => REFERRAL_DUE.includes(b))
    const involved = new Set(
      on(id, 'child-involved')
        .map((f) => (f as Placed<'child-involved'>).data)
        .filter((d) => d.role === 'alleged-victim' || d.role === 'alleged-perpetrator')
        .map((d) => d.child),
    )
    const told = new Set(on(id, 'family-told', 'family-not-told').map((f) => (f as Placed<'family-told'>).data.child))
    return [
      ...learnt,
      ...(on(id, 'concern-taken-up', 'decision-recorded').length === 0 ? [row('take-up', t.school, id, t.day)] : []),
      ...(referralDue && !statutory && !against ? [row('referral', t.school, id, t.day)] : []),
      ...(!assessed && behaviours.some((b) => b.startsWith('sexual-violence.')) ? [row('risk-assessment', t.school, id, t.day)] : []),
      ...(assessed && process && process.revision > assessed.revision ? [row('risk-again', t.school, id, process.occurredAt.date)] : []),
      ...(on(id, 'referral-made') as Placed<'referral-made'>[])
        .filter(
          (f) =>
            f.data.madeByAgency !== true &&
            !w.of('referral-answered', 'challenge-answered').some((a) => a.data.referral === f.data.referral),
        )
        .map((f) => row('answer', t.school, id, f.occurredAt.date, { thing: f.data.referral, agency: f.data.agency })),
      ...[...involved].filter((child) => !told.has(child)).map((child) => row('family', t.school, id, t.day, { child })),
    ]
  })
  return [...ofCases, ...plans(w, q, horizon), ...actions(w, q, horizon)]
}

const PLANS = {
  'risk-review': ['risk-assessed', 'risk-reviewed'],
  'support-review': ['support-planned', 'support-reviewed'],
  'safety-review': ['safety-plan-agreed', 'safety-plan-reviewed'],
} as const

type Of = { child?: string; assessment?: string; plan?: string; reviewDue?: string; nextDue?: string; outcome?: string }

function plans(w: World, q: Asked, horizon: string): Row[] {
  const rows: Row[] = []
  const byThing = (facts: readonly Placed[], key: (f: Placed) => string) => {
    const groups = new Map<string, Placed[]>()
    for (const f of facts) groups.set(key(f), [...(groups.get(key(f)) ?? []), f])
    return [...groups.values()].map((g) => [...g].sort((a, b) => a.revision - b.revision))
  }
  for (const [what, types] of Object.entries(PLANS))
    for (const group of byThing(
      w.facts.filter((f) => (types as readonly string[]).includes(f.type) && q.here(f.school)),
      (f) => `${f.about} ${(f.data as Of).assessment ?? (f.data as Of).plan}`,
    )) {
      const newest = group.at(-1)!
      const data = newest.data as Of
      const due = data.reviewDue ?? data.nextDue ?? null
      if (data.outcome === 'ended' || (due === null ? what !== 'safety-review' : due > horizon)) continue
      const child = group.map((f) => (f.data as Of).child).find((c) => c !== undefined) ?? null
      const thing = data.assessment ?? data.plan ?? null
      rows.push({ what, school: newest.school, case: newest.about, child, thing, agency: '', since: newest.occurredAt.date, due })
    }
  for (const group of byThing(
    w.of('aftercare-reviewed').filter((f) => q.here(f.school)),
    (f) => `${f.about} ${(f.data as Of).child ?? ''}`,
  )) {
    const newest = group.at(-1)!
    const due = (newest.data as Of).nextDue
    if (due !== undefined && due <= horizon)
      rows.push({
        what: 'aftercare',
        school: newest.school,
        case: newest.about,
        child: (newest.data as Of).child ?? null,
        thing: null,
        agency: '',
        since: newest.occurredAt.date,
        due,
      })
  }
  return rows
}

function actions(w: World, q: Asked, horizon: string): Row[] {
  return w
    .of('action-agreed')
    .filter((f) => q.here(f.school) && f.data.due <= horizon && !w.of('action-completed').some((c) => c.data.action === f.data.action))
    .map((f) => {
      const review = w.of('circumstances-reviewed').find((r) => r.about === f.about)
      return {
        what: 'action',
        school: f.school,
        case: review?.data.case ?? null,
        child: null,
        thing: f.data.action,
        agency: '',
        since: f.occurredAt.date,
        due: f.data.due,
      }
    })
}

/** Every case with what it can be looked for by. Rows in any order. */
export function referenceCases(events: readonly FeedEvent[], schools: readonly string[]): Row[] {
  const w = new World(events)
  const all = w.incidents()
  return w
    .told()
    .filter((t) => schools.includes(t.school))
    .map((t) => {
      const own = w.facts.filter((f) => f.about === t.caseId)
      const is = (type: string) => own.some((f) => f.type === type)
      const state = [...own].filter((f) => f.type === 'case-closed' || f.type === 'case-reopened').sort((a, b) => a.revision - b.revision).at(-1)
      const incidents = all.filter((i) => i.caseId === t.caseId)
      const involved = (own.filter((f) => f.type === 'child-involved') as Placed<'child-involved'>[]).map((f) => f.data)
      const sorted = (values: readonly unknown[]) => [...new Set(values.map(String))].sort()
      return {
        case: t.caseId,
        school: t.school,
        told: t.day,
        state:
          state?.type === 'case-closed' ? 'closed'
          : is('case-dealt-with') ? 'dealt-with'
          : is('concern-taken-up') || is('decision-recorded') ? 'open'
          : 'not-taken-up',
        places: sorted(incidents.flatMap((i) => i.data.place ?? [])),
        behaviours: sorted(incidents.flatMap((i) => [i.data.behaviour, ...i.data.furtherBehaviours])),
        roles: sorted(involved.map((d) => `${d.child} ${d.role}`)),
        years: sorted(involved.flatMap((d) => d.yearGroup ?? [])),
      }
    })
}

import { instantsOf, POLICY_DEFAULTS, REFERRAL_DUE } from '@circumspect/domain'
import { distinct, grouped, hoursOf, quantile, ratio, type Asked, type Row, type Tables } from './asked'
import { firstOf, timed, type Involvement, type Placed, type World } from './world'

const STATUTORY = ['police', 'childrens-social-care']

export function timeToReferral(w: World, q: Asked): Tables {
  const told = w.told().filter((t) => q.here(t.school) && q.covers(t.day))
  const incidents = w.incidents()
  const due = told.flatMap((t) => {
    const own = incidents.filter((i) => i.caseId === t.caseId && i.counted)
    const isDue = own.some((i) => i.data.harm === 'significant' || [i.data.behaviour, ...i.data.furtherBehaviours].some((b) => REFERRAL_DUE.includes(b)))
    if (!isDue) return []
    const referred = firstOf(w.of('referral-made').filter((f) => f.about === t.caseId && [f.data.agency, ...f.data.alsoFor].some((a) => STATUTORY.includes(a))))
    const against = firstOf(w.of('decision-recorded').filter((f) => f.about === t.caseId && !f.data.routes.some((r) => STATUTORY.includes(r))))
    const at = referred && instantsOf(referred.occurredAt).earliest
    const isTimed = referred !== undefined && timed(t.precision) && timed(referred.occurredAt.precision)
    const outcome =
      referred && (isTimed ? at! < t.earliest : referred.occurredAt.date < t.day) ? 'before'
      : referred && against && instantsOf(against.occurredAt).earliest < at! ? 'reversed'
      : referred ? 'referred'
      : against ? 'decided_against'
      : 'open'
    const wait = (outcome === 'referred' || outcome === 'reversed') && isTimed ? at! - t.earliest : null
    const days = referred && (outcome === 'referred' || outcome === 'reversed') ? w.schoolDaysAfter(t.school, t.day, referred.occurredAt.date) : null
    return [{ ...t, outcome, wait, days, behaviour: w.firstBehaviours.get(t.caseId)! }]
  })
  const each = due.flatMap((d) => [['all', 'all'], ['behaviour', d.behaviour], ['school', d.school]].map(([dimension, value]) => ({ d, dimension, value })))
  const count = (g: typeof due, ...outcomes: string[]) => g.filter((d) => outcomes.includes(d.outcome)).length
  return {
    outcomes: grouped(each, ({ dimension, value }) => ({ dimension, value }), (es) => {
      const g = es.map((e) => e.d)
      const waits = g.map((d) => d.wait).filter((x) => x !== null)
      const coarse = count(g, 'referred', 'reversed') - waits.length
      const [day, one] = [waits.filter((x) => x <= 86_400_000).length, g.filter((d) => d.days !== null && d.days <= 1).length]
      return {
        due: g.length, before: count(g, 'before'), referred: count(g, 'referred'), reversed: count(g, 'reversed'), decided_against: count(g, 'decided_against'),
        open: count(g, 'open'), too_coarse: coarse, timed: waits.length, median_hours: hoursOf(quantile(waits, 0.5)), p90_hours: hoursOf(quantile(waits, 0.9)),
        within_24_hours: day, share_24_hours: ratio(day, g.length - count(g, 'before') - coarse),
        within_one_school_day: one, share_one_school_day: ratio(one, g.length - count(g, 'before')),
      }
    }),
    agencies: agencies(w, told),
    steps: steps(w, told),
  }
}

type Told = ReturnType<World['told']>

const waits = (values: (number | null)[]) => {
  const known = values.filter((v) => v !== null)
  return { timed: known.length, median_hours: hoursOf(quantile(known, 0.5)), p90_hours: hoursOf(quantile(known, 0.9)) }
}

function agencies(w: World, told: Told): Row[] {
  const referrals = told.flatMap((t) =>
    w.of('referral-made').filter((f) => f.about === t.caseId).flatMap((f) => [...new Set([f.data.agency, ...f.data.alsoFor])].map((agency) => ({ t, f, agency }))),
  )
  const firsts = grouped(referrals, (r) => ({ agency: r.agency, caseId: r.t.caseId }), (g) => {
    const first = firstOf(g.map((r) => r.f))!
    const { t } = g[0]!
    const after = instantsOf(first.occurredAt).earliest - t.earliest
    return { wait: timed(first.occurredAt.precision) && timed(t.precision) && after >= 0 ? after : null }
  })
  return grouped(firsts, (f) => ({ agency: f.agency }), (g) => {
    const values = g.map((f) => f.wait as number | null)
    return { cases: g.length, ...waits(values), within_24_hours: values.filter((v) => v !== null && v <= 86_400_000).length }
  })
}

const STEPS = { 'taken-up': 'concern-taken-up', protected: 'protective-action-taken', 'risk-assessed': 'risk-assessed', 'family-told': 'family-told', reviewed: 'circumstances-reviewed' } as const

function steps(w: World, told: Told): Row[] {
  const found = told.flatMap((t) => [
    ...Object.entries(STEPS).flatMap(([step, type]) => {
      const first = firstOf(w.of(type).filter((f) => (f.type === 'circumstances-reviewed' ? (f as Placed<'circumstances-reviewed'>).data.case === t.caseId : f.about === t.caseId)))
      if (!first) return []
      const after = instantsOf(first.occurredAt).earliest - t.earliest
      return [{ step, caseId: t.caseId, wait: timed(first.occurredAt.precision) && timed(t.precision) && after >= 0 ? after : null }]
    }),
    ...w.of('referral-made').filter((f) => f.about === t.caseId).flatMap((f) => {
      const answer = w.of('referral-answered').filter((a) => a.about === t.caseId && a.data.referral === f.data.referral).sort((a, b) => a.revision - b.revision)[0]
      if (!answer) return []
      const after = instantsOf(answer.occurredAt).earliest - instantsOf(f.occurredAt).earliest
      return [{ step: 'answered', caseId: t.caseId, wait: timed(answer.occurredAt.precision) && timed(f.occurredAt.precision) && after >= 0 ? after : null }]
    }),
  ])
  return grouped(found, (f) => ({ step: f.step, cases: told.length }), (g) => {
    const { timed: _timed, ...rest } = waits(g.map((f) => f.wait))
    return { done: distinct(g.map((f) => f.caseId)), timed: distinct(g.filter((f) => f.wait !== null).map((f) => f.caseId)), ...rest }
  })
}

export function responses(w: World, q: Asked): Tables {
  const told = new Map(w.told().map((t) => [t.caseId, t]))
  const inPeriod = (caseId: string) => told.has(caseId) && q.covers(told.get(caseId)!.day)
  const involved = w.involvements().filter((v) => q.counts(v) && inPeriod(v.fact.about))
  const has = (v: Involvement, ...types: string[]) => w.facts.some((f) => types.includes(f.type) && f.about === v.fact.about && (f.data as { child?: string }).child === v.data.child)
  const filed = (f: Placed) => q.here(f.school) && inPeriod(f.about)
  const decisions = grouped(w.of('decision-recorded').filter(filed), (f) => ({ caseId: f.about }), (g) => ({ last: [...g].sort((a, b) => a.revision - b.revision).at(-1)! }))
  const each = decisions.flatMap((d) => {
    const { tier, routes } = (d.last as Placed<'decision-recorded'>).data
    return [{ dimension: 'tier', value: String(tier) }, ...routes.map((value) => ({ dimension: 'route', value }))]
  })
  return {
    'by-role': grouped(involved, (v) => ({ role: v.data.role }), (g) => {
      const children = [...new Map(g.map((v) => [`${v.fact.about} ${v.data.child}`, v])).values()]
      const n = (...types: string[]) => children.filter((v) => has(v, ...types)).length
      return {
        children_in_cases: children.length, risk_assessed: n('risk-assessed'), named_contact: n('named-contact-assigned'),
        plan: n('support-planned', 'safety-plan-agreed'), strategy_meeting: n('strategy-meeting-held'), aftercare: n('aftercare-reviewed'),
        family_told: n('family-told'), family_not_told_with_reason: children.filter((v) => has(v, 'family-not-told') && !has(v, 'family-told')).length,
      }
    }),
    decisions: grouped(each, (d) => d, (g) => ({ cases: g.length })),
    referrals: grouped(w.of('referral-made').filter(filed), (f) => ({ agency: f.data.agency }), (g) => {
      const states = g.map((f) => answersOf(w, f))
      const n = (test: (s: (typeof states)[number]) => boolean) => states.filter(test).length
      return {
        made: g.length, accepted: n((s) => s.first === 'accepted'), declined: n((s) => s.first === 'declined'), challenged: n((s) => s.challenged),
        accepted_after_challenge: n((s) => s.challenged && s.last === 'accepted'), unanswered: n((s) => s.first === undefined),
      }
    }),
    overdue: plansDue(w, q),
  }
}

function answersOf(w: World, referral: Placed<'referral-made'>) {
  const own = w.of('referral-answered', 'challenge-answered', 'referral-challenged').filter((f) => f.about === referral.about && f.data.referral === referral.data.referral).sort((a, b) => a.revision - b.revision)
  const answers = own.filter((f) => f.type !== 'referral-challenged') as Placed<'referral-answered' | 'challenge-answered'>[]
  return { first: answers.find((f) => f.type === 'referral-answered')?.data.answer, last: answers.at(-1)?.data.answer, challenged: own.some((f) => f.type === 'referral-challenged') }
}

function plansDue(w: World, q: Asked): Row[] {
  const kinds = { 'risk assessment': ['risk-assessed', 'risk-reviewed'], 'support plan': ['support-planned', 'support-reviewed'], 'safety plan': ['safety-plan-agreed', 'safety-plan-reviewed'] }
  const rows = Object.entries(kinds).flatMap(([what, types]) =>
    grouped(
      w.facts.filter((f) => types.includes(f.type) && q.here(f.school)),
      (f) => ({ school: f.school, thing: (f.data as { assessment?: string; plan?: string }).assessment ?? (f.data as { plan?: string }).plan }),
      (g) => {
        const last = [...g].sort((a, b) => a.revision - b.revision).at(-1)!.data as { reviewDue?: string; nextDue?: string; outcome?: string }
        return { due: last.reviewDue ?? last.nextDue ?? null, ended: last.outcome === 'ended' }
      },
    ).filter((p) => !p.ended).map((p) => ({ ...p, what })),
  )
  return grouped(rows as Row[], (p) => ({ school: p.school, what: p.what }), (g) => ({
    with_a_date: g.filter((p) => p.due !== null).length,
    overdue: g.filter((p) => p.due !== null && (p.due as string) < q.today).length,
  }))
}

export function reviews(w: World, q: Asked): Tables {
  const cases = w.told().filter((t) => q.here(t.school) && q.covers(t.day)).flatMap((t) => {
    const first = firstOf(w.of('decision-recorded').filter((f) => f.about === t.caseId))
    if (!first) return []
    const day = first.occurredAt.date
    const policy = w.of('policy-set').filter((f) => f.about === t.school && f.data.from <= day).sort((a, b) => (a.data.from < b.data.from ? -1 : 1)).at(-1)
    const waited = w.schoolDaysAfter(t.school, day, q.today)
    const allowed = policy?.data.reviewOfCircumstances ?? POLICY_DEFAULTS.reviewOfCircumstances
    return [{ school: t.school, case_id: t.caseId, decided: day, waited, allowed, reviewed: w.of('circumstances-reviewed').some((f) => f.data.case === t.caseId) }]
  })
  return {
    state: grouped(cases, (c) => ({ school: c.school }), (g) => ({
      decided: g.length,
      cases_reviewed: g.filter((c) => c.reviewed).length,
      not_yet_due: g.filter((c) => !c.reviewed && c.waited <= c.allowed).length,
      overdue: g.filter((c) => !c.reviewed && c.waited > c.allowed).length,
    })),
    awaiting: cases.filter((c) => !c.reviewed).map((c) => ({
      school: c.school, case_id: c.case_id, decided: c.decided, school_days_since: c.waited, school_days_overdue: Math.max(0, c.waited - c.allowed),
    })),
  }
}


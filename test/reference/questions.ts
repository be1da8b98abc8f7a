import { instantsOf, REFERRAL_DUE, type FeedEvent } from '@circumspect/domain'
import { Asked, distinct, grouped, type Question, type Row, type Tables } from './asked'
import { leftOn } from './reports'
import { addDays, daysBetween, firstOf, sharpDay, timed, World, type Placed } from './world'

/** The rows of the appraisals' own questions from a plain reading of the facts, by report and question. Rows in any order. */
export function referenceQuestions(events: readonly FeedEvent[], question: Question, atMs: number): Record<string, Tables> {
  const w = new World(events)
  const q = new Asked(question)
  return {
    hotspots: { days: days(w, q), layout: layout(w, q), exposure: exposure(w, q) },
    patterns: { children: children(w, q), rolls: rolls(w, q) },
    repeats: { children: followed(w, q), rolls: rolls(w, q) },
    'time-to-referral': { waits: waits(w, q, atMs), answers: answers(w, q, atMs) },
    lessons: { exposure: actionDays(w, q) },
    trend: { 'school-days': months(w, q) },
  }
}

function days(w: World, q: Asked): Row[] {
  const seen = w.incidents().filter((i) => q.here(i.school) && i.counted && i.data.setting === 'on-site' && i.data.place !== undefined)
  const dated = seen.filter((i) => sharpDay(i.fact.occurredAt.precision) && q.covers(i.day))
  return grouped(dated, (i) => ({ school: i.school, place: i.data.place, slot: i.slot, day: i.day }), (g) => ({ incidents: g.length }))
}

function layout(w: World, q: Asked): Row[] {
  const last = new Map<string, Placed<'place-named'>>()
  for (const f of w.of('place-named', 'place-changed').filter((f) => q.here(f.school)).sort((a, b) => a.revision - b.revision))
    last.set(f.data.place, f as Placed<'place-named'>)
  return [...last.values()]
    .filter((f) => f.data.setting === 'on-site')
    .map((f) => ({ school: f.school, place: f.data.place, neighbours: f.data.neighbours, capacity: f.data.capacity ?? null }))
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function exposure(w: World, q: Asked): Row[] {
  const first = w.incidents().filter((i) => q.here(i.school) && i.counted && i.fact.occurredAt.precision !== 'unknown').map((i) => i.day).sort()[0]
  const minutes: { school: string; slot: string; minutes: number }[] = []
  if (first === undefined) return []
  for (const school of q.schools)
    for (let day = first > q.from ? first : q.from; day <= q.last; day = addDays(day, 1)) {
      if (!w.isSchoolDay(school, day)) continue
      const inForce = w.of('timetable-set').filter((f) => f.about === school && f.data.from <= day)
      const latest = inForce.map((f) => f.data.from).sort().at(-1)
      const periods = new Map(inForce.filter((f) => f.data.from === latest).flatMap((f) => f.data.periods).map((p) => [JSON.stringify(p), p]))
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
      for (const p of periods.values()) if (p.weekdays.includes(weekday)) minutes.push({ school, slot: p.slot, minutes: minutesOf(p.to) - minutesOf(p.from) })
    }
  return grouped(minutes, ({ school, slot }) => ({ school, slot }), (g) => ({ minutes: g.reduce((sum, m) => sum + m.minutes, 0) }))
}

const provision = (sen: string) => (sen === 'N' ? 'no-sen' : sen === 'K' || sen === 'E' ? 'sen' : 'unknown')

function children(w: World, q: Asked): Row[] {
  const seen = w.involvements().filter((v) => v.counted && q.here(v.data.onRoll) && q.dates(v.incident) && ['alleged-victim', 'alleged-perpetrator'].includes(v.data.role))
  const each = seen.flatMap((v) =>
    [['sex', v.data.sex], ['sen-provision', provision(v.data.senProvision)], ['year-group', v.data.yearGroup ?? 'unknown']].map(([dimension, value]) => ({ v, dimension, value })),
  )
  return grouped(
    each,
    ({ v, dimension, value }) => ({ school: v.data.onRoll, school_year: v.incident.schoolYear, role: v.data.role, dimension, value }),
    (g) => ({ children: distinct(g.map((e) => e.v.child)), involvements: distinct(g.map((e) => [e.v.incident.id, e.v.child])) }),
  )
}

function rolls(w: World, q: Asked): Row[] {
  const counts = w.of('roll-counted').filter((f) => q.here(f.about))
  const each = counts.flatMap((f) =>
    f.data.groups.flatMap((g) =>
      [['sex', g.sex], ['sen-provision', provision(g.senProvision)], ['year-group', g.yearGroup]].map(([dimension, value]) => ({ f, dimension, value, pupils: g.pupils })),
    ),
  )
  const termsOf = (school: string, year: string) => distinct(counts.filter((f) => f.about === school && f.data.schoolYear === year).map((f) => f.data.term))
  return grouped(
    each,
    ({ f, dimension, value }) => ({ school: f.about, school_year: f.data.schoolYear, dimension, value }),
    (g) => ({ pupil_terms: g.reduce((sum, e) => sum + e.pupils, 0), terms: termsOf(g[0]!.f.about, g[0]!.f.data.schoolYear) }),
  )
}

function followed(w: World, q: Asked): Row[] {
  const involved = w.involvements().filter((v) => v.counted && q.counts(v) && sharpDay(v.incident.fact.occurredAt.precision) && v.incident.day <= q.today)
  return grouped(involved, (v) => ({ role: v.data.role, child: v.child }), (g) => {
    const incidents = [...new Map(g.map((v) => [v.incident.id, v.incident])).values()].sort((a, b) => a.earliest - b.earliest || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    const first = incidents[0]!.day
    return { first, days: incidents.map((i) => daysBetween(first, i.day)), followed: daysBetween(first, leftOn(w, g[0]!.child, q.today)) }
  })
    .filter((c) => q.covers(c.first as string))
    .map(({ role, days, followed: until }) => ({ role, days, followed: until }))
}

const STATUTORY: readonly string[] = ['police', 'childrens-social-care']

function waits(w: World, q: Asked, atMs: number): Row[] {
  const incidents = w.incidents()
  const due = w.told().filter((t) => q.here(t.school) && q.covers(t.day)).flatMap((t) => {
    const own = incidents.filter((i) => i.caseId === t.caseId && i.counted)
    if (!own.some((i) => i.data.harm === 'significant' || [i.data.behaviour, ...i.data.furtherBehaviours].some((b) => REFERRAL_DUE.includes(b)))) return []
    const referred = firstOf(w.of('referral-made').filter((f) => f.about === t.caseId && [f.data.agency, ...f.data.alsoFor].some((a) => STATUTORY.includes(a))))
    const against = firstOf(w.of('decision-recorded').filter((f) => f.about === t.caseId && !f.data.routes.some((r) => STATUTORY.includes(r))))
    const at = (f: Placed) => instantsOf(f.occurredAt).earliest
    const clock = (f: Placed) => timed(t.precision) && timed(f.occurredAt.precision)
    if (referred && (clock(referred) ? at(referred) < t.earliest : referred.occurredAt.date < t.day)) return []
    const isReferred = referred !== undefined && !(against && at(against) < at(referred))
    const cause = isReferred ? 1 : referred || against ? 2 : 0
    const what = isReferred ? referred : against
    const ms = !timed(t.precision) ? null : cause === 0 ? Math.max(0, atMs - t.earliest) : clock(what!) ? (isReferred ? at(what!) - t.earliest : Math.max(0, at(what!) - t.earliest)) : null
    return [{ school: t.school, behaviour: w.firstBehaviours.get(t.caseId), cause, ms }]
  })
  return grouped(due, (d) => d, (g) => ({ cases: g.length }))
}

function answers(w: World, q: Asked, atMs: number): Row[] {
  const told = w.told().filter((t) => q.here(t.school) && q.covers(t.day))
  const referrals = told.flatMap((t) => w.of('referral-made').filter((f) => f.about === t.caseId)).map((f) => {
    const given = w.of('referral-answered', 'challenge-answered').filter((a) => a.data.referral === f.data.referral)
    const first = w.of('referral-answered').filter((a) => a.data.referral === f.data.referral).sort((a, b) => a.revision - b.revision)[0]
    const made = instantsOf(f.occurredAt).earliest
    const after = first && timed(first.occurredAt.precision) ? instantsOf(first.occurredAt).earliest - made : null
    const ms = !timed(f.occurredAt.precision) ? null : given.length === 0 ? Math.max(0, atMs - made) : after !== null && after >= 0 ? after : null
    return { agency: f.data.agency, answered: given.length > 0 ? 1 : 0, ms }
  })
  return grouped(referrals, (r) => r, (g) => ({ referrals: g.length }))
}

function actionDays(w: World, q: Asked): Row[] {
  return w.of('action-agreed').filter((f) => q.here(f.school) && q.covers(f.occurredAt.date)).map((f) => {
    const agreed = f.occurredAt.date
    const done = w.of('action-completed').filter((c) => c.data.action === f.data.action).map((c) => c.occurredAt.date).sort()[0]
    const count = (from: string, to: string) => {
      let n = 0
      for (let day = from; day <= to; day = addDays(day, 1)) if (w.isSchoolDay(f.school, day)) n++
      return n
    }
    const last = addDays(agreed, -1) < q.today ? addDays(agreed, -1) : q.today
    return { action: f.data.action, days_before: count(addDays(agreed, -365), last), days_after: done === undefined ? 0 : count(addDays(done, 1), q.today) }
  })
}

function months(w: World, q: Asked): Row[] {
  const told = w.told().filter((t) => q.here(t.school) && q.covers(t.day) && t.precision !== 'unknown')
  const first = told.map((t) => t.day.slice(0, 7)).sort()[0]
  if (first === undefined) return []
  const found: { month: string }[] = []
  for (const school of q.schools)
    for (let day = `${first}-01`; day <= q.last; day = addDays(day, 1)) if (q.covers(day) && w.isSchoolDay(school, day)) found.push({ month: day.slice(0, 7) })
  return grouped(found, ({ month }) => ({ month }), (g) => ({ school_days: g.length, cases: told.filter((t) => t.day.startsWith(g[0]!.month)).length }))
}

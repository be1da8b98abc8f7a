import { instantsOf, type FeedEvent } from '@circumspect/domain'
import { Asked, distinct, grouped, per, quantile, ratio, type Question, type Row, type Tables } from './asked'
import { responses, reviews, timeToReferral } from './responses'
import { addDays, daysBetween, sharpDay, World, type Incident, type Involvement, type Placed } from './world'

/** Every report from a plain reading of the facts: what the SQL has to equal. Rows in any order. */
export function referenceReports(events: readonly FeedEvent[], question: Question): Record<string, Tables> {
  const w = new World(events)
  const q = new Asked(question)
  return {
    hotspots: hotspots(w, q), patterns: patterns(w, q), repeats: repeats(w, q), 'time-to-referral': timeToReferral(w, q),
    responses: responses(w, q), reviews: reviews(w, q), lessons: lessons(w, q), reporting: reporting(w, q), trend: trend(w, q),
  }
}

function hotspots(w: World, q: Asked): Tables {
  const incidents = w.incidents().filter((i) => q.here(i.school))
  const seen = incidents.filter((i) => i.counted && q.dates(i))
  const cells = (list: Incident[]) =>
    grouped(
      list,
      (i) => ({
        school: i.school, setting: i.data.setting, place: i.data.place ?? null, location_kind: i.data.locationKind, slot: i.slot,
        weekday: sharpDay(i.fact.occurredAt.precision) ? new Date(`${i.day}T00:00:00Z`).getUTCDay() || 7 : 0,
      }),
      (g) => ({ incidents: g.length }),
    )
  const places = new Map<string, Placed<'place-named'>>()
  for (const f of w.of('place-named', 'place-changed').filter((f) => q.here(f.school)).sort((a, b) => a.revision - b.revision))
    places.set(f.data.place, f as Placed<'place-named'>)
  return {
    'on-site': cells(seen.filter((i) => i.data.setting === 'on-site')),
    elsewhere: cells(seen.filter((i) => i.data.setting !== 'on-site')),
    places: [...places.values()].map((f) => {
      const there = seen.filter((i) => i.school === f.school && i.data.place === f.data.place)
      return {
        school: f.school, place: f.data.place, setting: f.data.setting, location_kind: f.data.kind, open_to_view: f.data.openToView,
        supervised: f.data.supervised, camera: f.data.camera, capacity: f.data.capacity ?? null, incidents: there.length,
        unsupervised: there.filter((i) => i.data.supervised === 'no' && i.data.shouldBeSupervised === 'yes').length,
        out_of_view: there.filter((i) => i.data.openToView === 'no').length,
      }
    }),
    'left-out': [
      ...grouped(incidents.filter((i) => !i.counted && q.covers(i.day)), (i) => ({ school: i.school, reason: 'found unfounded or false' }), (g) => ({ incidents: g.length })),
      ...grouped(
        incidents.filter((i) => i.counted && q.dated && i.fact.occurredAt.precision === 'unknown'),
        (i) => ({ school: i.school, reason: 'date not known' }),
        (g) => ({ incidents: g.length }),
      ),
    ],
  }
}

function patterns(w: World, q: Asked): Tables {
  const seen = w.involvements().filter((v) => v.counted && q.counts(v) && q.dates(v.incident))
  const each = seen.flatMap((v) =>
    [
      ['all', 'all'], ['sex', v.data.sex], ['sen-provision', v.data.senProvision], ['year-group', v.data.yearGroup ?? 'unknown'],
      ...v.data.vulnerabilities.map((code) => ['vulnerability', code]),
    ].map(([dimension, value]) => ({ v, dimension: dimension!, value: value! })),
  )
  const counts = (g: Involvement[]) => ({ involvements: distinct(g.map((v) => [v.incident.id, v.child])), children: distinct(g.map((v) => v.child)) })
  const acts = w.acts().filter((a) => a.counted && q.here(a.incident.school) && q.dates(a.incident))
  const actCounts = (g: typeof acts) => ({ incidents: distinct(g.map((a) => a.incident.id)), acts: distinct(g.map((a) => [a.incident.id, a.by.child, a.on.child])) })
  return {
    involvements: grouped(
      each,
      ({ v, dimension, value }) => ({ role: v.data.role, school_year: v.incident.schoolYear, dimension, value }),
      (g) => {
        const onRoll = counts(g.map((e) => e.v).filter((v) => q.here(v.data.onRoll)))
        const roll = rollOf(w, q, g[0]!.v.incident.schoolYear, g[0]!.dimension, g[0]!.value)
        return {
          ...counts(g.map((e) => e.v)),
          roll: roll === null ? null : Math.round(roll * 100) / 100,
          involvements_per_1000: per(onRoll.involvements, roll, 1000),
          children_per_1000: per(onRoll.children, roll, 1000),
        }
      },
    ),
    combined: grouped(seen, (v) => ({ role: v.data.role, sex: v.data.sex, sen: v.data.senProvision, year: v.data.yearGroup ?? 'unknown' }), counts),
    pairs: grouped(acts, (a) => ({ by_sex: a.by.data.sex, on_sex: a.on.data.sex }), actCounts),
    'age-gap': grouped(
      acts,
      (a) => ({ age_gap: a.by.data.age === undefined || a.on.data.age === undefined ? null : a.by.data.age - a.on.data.age }),
      actCounts,
    ),
  }
}

/** Pupils on roll in a school year: for each school the mean of its termly counts; those counted elsewhere only once in a total. */
function rollOf(w: World, q: Asked, schoolYear: string, dimension: string, value: string): number | null {
  const counted = w.of('roll-counted').filter((f) => q.here(f.about))
  const several = distinct(counted.map((f) => f.about)) > 1
  let total = 0
  let any = false
  for (const school of new Set(counted.map((f) => f.about))) {
    const counts = counted.filter((f) => f.about === school && f.data.schoolYear === schoolYear)
    const groups = counts.flatMap((f) => f.data.groups).filter((g) => dimension === 'all' || value === { sex: g.sex, 'sen-provision': g.senProvision, 'year-group': g.yearGroup }[dimension])
    if (groups.length === 0) continue
    any = true
    total += groups.reduce((sum, g) => sum + g.pupils - (several ? g.dualElsewhere : 0), 0) / counts.length
  }
  return any ? total : null
}

function repeats(w: World, q: Asked): Tables {
  const involved = w.involvements().filter((v) => v.counted && q.counts(v))
  const sharp = involved.filter((v) => sharpDay(v.incident.fact.occurredAt.precision) && v.incident.day <= q.today)
  const children = grouped(sharp, (v) => ({ role: v.data.role, child: v.child }), (g) => {
    const incidents = [...new Map(g.map((v) => [v.incident.id, v.incident])).values()].sort((a, b) => a.earliest - b.earliest || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    return { first: incidents[0]!.day, next: incidents[1]?.day ?? null, until: leftOn(w, g[0]!.child, q.today) }
  }).filter((c) => q.covers(c.first as string))
  const within = (c: Row, n: number) => c.next !== null && daysBetween(c.first as string, c.next as string) <= n
  const known = (c: Row, n: number) => within(c, n) || daysBetween(c.first as string, c.until as string) >= n
  const firstToNext = grouped(children, (c) => ({ role: c.role }), (g) => ({
    children: g.length,
    repeated: g.filter((c) => c.next !== null).length,
    ...Object.fromEntries([30, 90, 365].flatMap((n) => {
      const [a, b] = [g.filter((c) => within(c, n)).length, g.filter((c) => known(c, n)).length]
      return [[`within_${n}_days`, a], [`known_at_${n}_days`, b], [`share_${n}`, ratio(a, b)]]
    })),
  }))
  const seen = involved.filter((v) => v.data.role === 'alleged-perpetrator' && q.dates(v.incident))
  const perChild = grouped(seen, (v) => ({ child: v.child }), (g) => ({ involvements: distinct(g.map((v) => v.incident.id)) }))
  return { 'first-to-next': firstToNext, pairs: [pairsOf(w, q)], concentration: grouped(perChild, (c) => ({ involvements: c.involvements }), (g) => ({ children: g.length })) }
}

export function leftOn(w: World, child: string, today: string): string {
  const rolls = grouped(
    w.of('child-enrolled', 'child-left').filter((f) => w.canonical(f.about) === child),
    (f) => ({ school: f.type === 'child-enrolled' ? (f as Placed<'child-enrolled'>).data.at : (f as Placed<'child-left'>).data.from }),
    (g) => {
      const last = [...g].sort((a, b) => a.revision - b.revision).at(-1)!
      return { left: last.type === 'child-left' ? (last as Placed<'child-left'>).data.on : null }
    },
  )
  if (rolls.length === 0 || rolls.some((r) => r.left === null)) return today
  const left = rolls.map((r) => r.left as string).sort().at(-1)!
  return left < today ? left : today
}

function pairsOf(w: World, q: Asked): Row {
  const acts = w.acts().filter((a) => a.counted && q.here(a.incident.school) && q.covers(a.incident.day) && sharpDay(a.incident.fact.occurredAt.precision))
  const pairs = grouped(acts, (a) => ({ by: a.by.child, on: a.on.child }), (g) => ({
    times: [...new Map(g.map((a) => [a.incident.id, a.incident.earliest])).values()].sort((a, b) => a - b),
    cases: [...new Set(g.map((a) => a.incident.caseId))],
  })) as { by: string; on: string; times: number[]; cases: string[] }[]
  const dealtWith = (cases: string[]) => Math.min(...w.of('case-dealt-with').filter((f) => cases.includes(f.about)).map((f) => instantsOf(f.occurredAt).earliest))
  return {
    pairs: pairs.length,
    again: pairs.filter((p) => p.times.length > 1).length,
    persisted: pairs.filter((p) => p.times.some((t) => t > dealtWith(p.cases))).length,
    retaliated: pairs.filter((p) => pairs.some((r) => r.by === p.on && r.on === p.by && r.times.at(-1)! > p.times[0]!)).length,
  }
}

function lessons(w: World, q: Asked): Tables {
  const incidents = w.incidents().filter((i) => i.counted && sharpDay(i.fact.occurredAt.precision))
  return {
    themes: grouped(w.of('lesson-recorded').filter((f) => q.here(f.school) && q.covers(f.occurredAt.date)), (f) => ({ school: f.school, theme: f.data.theme }), (g) => ({ lessons: g.length })),
    actions: w.of('action-agreed').filter((f) => q.here(f.school) && q.covers(f.occurredAt.date)).map((f) => {
      const agreed = f.occurredAt.date
      const { action, due, expected, places, locationKinds, slots, promptedBy } = f.data
      const done = w.of('action-completed').filter((c) => c.data.action === action).map((c) => c.occurredAt.date).sort()[0] ?? null
      const there = incidents.filter((i) => i.school === f.school && (places.length === 0 || places.includes(i.data.place ?? '')) &&
        (locationKinds.length === 0 || locationKinds.includes(i.data.locationKind)) && (slots.length === 0 || slots.includes(i.slot)))
      return {
        school: f.school, action, review: f.about, agreed, due, state: done !== null ? 'done' : due < q.today ? 'overdue' : 'open', done,
        followed: w.of('action-followed').filter((c) => c.data.action === action).length, expected,
        incidents_before: there.filter((i) => addDays(agreed, -365) <= i.day && i.day < agreed && !promptedBy.includes(i.id)).length,
        incidents_after: done === null ? 0 : there.filter((i) => i.day > done && i.day <= q.today).length,
        days_after: done === null ? null : Math.max(0, daysBetween(done, q.today)),
      }
    }),
  }
}

function reporting(w: World, q: Asked): Tables {
  const told = w.told().filter((t) => q.here(t.school) && q.covers(t.day))
  const latest = <F extends Placed>(facts: F[], from: (f: F) => string): F | undefined =>
    [...facts].sort((a, b) => (from(a) < from(b) ? -1 : from(a) > from(b) ? 1 : a.revision - b.revision)).at(-1)
  const schools = q.schools.flatMap((school) => {
    const described = latest(w.of('school-registered', 'school-described').filter((f) => f.about === school), (f) => f.data.from)
    if (!described) return []
    const scope = latest(w.of('recording-scope-declared').filter((f) => f.about === school && f.data.since <= q.to), (f) => f.data.since)
    const counts = w.of('roll-counted').filter((f) => f.about === school)
    const roll = counts.length === 0 ? null : counts.flatMap((f) => f.data.groups).reduce((sum, g) => sum + g.pupils, 0) / counts.length
    const cases = told.filter((t) => t.school === school).length
    return [{
      school, phase: described.data.phase, cases, roll: roll === null ? null : Math.round(roll * 100) / 100, cases_per_1000: per(cases, roll, 1000),
      compared_with: scope ? `${described.data.phase}: ${[...scope.data.behaviours].sort().join(' ')}` : 'not comparable',
    }]
  })
  const incidents = w.incidents().filter((i) => i.counted)
  const delays = told.flatMap((t) => {
    const own = incidents.filter((i) => i.caseId === t.caseId)
    if (own.length === 0) return []
    const first = own.filter((i) => sharpDay(i.fact.occurredAt.precision)).map((i) => i.day).sort()[0]
    return [{ school: t.school, delay: first === undefined || !sharpDay(t.precision) ? null : daysBetween(first, t.day) }]
  })
  return {
    schools,
    'who-told': grouped(told, (t) => ({ reported_by: t.fact.data.reportedBy }), (g) => ({ cases: g.length })),
    delay: grouped(delays, (d) => ({ school: d.school }), (g) => {
      const known = g.map((d) => d.delay).filter((d) => d !== null)
      const n = (low: number, high: number) => known.filter((d) => low <= d && d <= high).length
      return { cases: g.length, dated: known.length, same_day: n(0, 0), within_7_days: n(1, 7), within_30_days: n(8, 30), later: n(31, Infinity), median_days: quantile(known, 0.5) }
    }),
  }
}

function trend(w: World, q: Asked): Tables {
  const incidents = w.incidents().filter((i) => i.counted)
  const told = w.told().filter((t) => q.here(t.school) && q.covers(t.day) && t.precision !== 'unknown')
  return {
    months: grouped(told, (t) => ({ month: t.day.slice(0, 7) }), (g) => {
      let days = 0
      const month = g[0]!.day.slice(0, 7)
      for (const school of q.schools)
        for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) if (day <= q.last && day >= '2000-01-01' && w.isSchoolDay(school, day)) days++
      return {
        cases: g.length, incidents: incidents.filter((i) => g.some((t) => t.caseId === i.caseId)).length, school_days: days,
        cases_per_100_days: per(g.length, days, 100),
      }
    }),
  }
}

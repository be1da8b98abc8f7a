import { streamId, type Command } from '@circumspect/domain'
import { Temporal } from 'temporal-polyfill'
import type { DemoYear } from './calendar'
import type { DemoStep } from './case'
import type { Chance } from './chance'
import { command, onDay, type DemoSchool } from './school'
import { TRUST_ID, TRUST_NAME } from './trust'

/** What a school says of itself: once, each school year, and each term its roll. */
export function schoolSteps(chance: Chance, school: DemoSchool, years: readonly DemoYear[], today: string): DemoStep[] {
  const first = `${years[0]!.starts}-09-01`
  const stream = streamId('school', school.id)
  const step = (date: string, commands: readonly Command[]): DemoStep => ({
    at: Temporal.ZonedDateTime.from(`${date}T07:00[Europe/London]`),
    school: school.id,
    stream,
    commands,
  })
  const fact = (date: string, type: Command['type'], data: Command['data']) => command(chance, type, onDay(date), data)
  const roll = (date: string, schoolYear: string, term: string) =>
    fact(date, 'roll-counted', { schoolYear, term, censusDate: date, groups: school.rollGroups() })
  return [
    step(first, opening(school, first, fact)),
    ...years.map((y) => step(`${y.starts}-09-01`, [fact(`${y.starts}-09-01`, 'terms-set', { schoolYear: y.name, terms: y.terms.map((t) => ({ ...t })) })])),
    ...years.map((y) => step(`${y.starts}-10-03`, [roll(`${y.starts}-10-03`, y.name, 'autumn')])),
    ...years.map((y) => step(`${y.starts + 1}-01-16`, [roll(`${y.starts + 1}-01-16`, y.name, 'spring')])),
    ...years.map((y) =>
      step(`${y.starts}-11-14`, [
        fact(`${y.starts}-11-14`, 'prevention-activity-recorded', { activity: chance.pick(['assembly', 'pupil-voice', 'staff-training'] as const), note: 'Made up.' }),
      ]),
    ),
  ].filter(({ at }) => at.toPlainDate().toString() <= today)
}

function opening({ plan, places }: DemoSchool, from: string, fact: (date: string, type: Command['type'], data: Command['data']) => Command): Command[] {
  return [
    fact(from, 'school-registered', { name: plan.name, phase: plan.phase, trust: TRUST_ID, trustName: TRUST_NAME, from }),
    ...plan.places.map((p) =>
      fact(from, 'place-named', {
        place: places.get(p.key)!, name: p.name, setting: 'on-site', kind: p.kind, openToView: p.openToView, supervised: p.supervised, capacity: p.capacity,
      }),
    ),
    fact(from, 'timetable-set', { from, periods: plan.day.map((p) => ({ ...p, weekdays: [1, 2, 3, 4, 5] })) }),
    fact(from, 'policy-set', { from }),
    fact(from, 'recording-scope-declared', { behaviours: Object.keys(plan.behaviours), system: 'circumspect', since: from }),
  ]
}

import { streamId } from '@circumspect/domain'
import { Temporal } from 'temporal-polyfill'
import type { DemoCase, DemoStep } from './case'
import type { Chance } from './chance'
import { atTime, command, type DemoSchool } from './school'

/** Older cases are closed by now, but for a few; their plans are ended. */
const CLOSED_AFTER_DAYS = 60
const LEFT_OPEN = 0.02
/** Told on one of the last school days, and taken up by nobody yet. */
const LAST_DAYS = 6
const NOT_TAKEN_UP = [1, 2, 3, 1, 1, 0] as const

/** What is done with older cases in the end: plans ended, the case closed. Figures count neither. */
export function closingSteps(chance: Chance, told: DemoCase, today: string): DemoStep[] {
  const closes = told.endsAt.add({ days: chance.whole(3, 20) })
  const isOld = closes.add({ days: CLOSED_AFTER_DAYS }).toPlainDate().toString() <= today
  if (!isOld || chance.is(LEFT_OPEN)) return []
  const at = atTime(closes.toPlainDate().toString(), closes.toPlainTime().toString().slice(0, 5))
  const all = told.steps.flatMap((step) => step.commands)
  const plansOf = (type: string) => all.filter((c) => c.type === type).map((c) => String((c.data as { plan?: unknown }).plan))
  const ended = new Set(plansOf('safety-plan-reviewed'))
  const left = plansOf('safety-plan-agreed').filter((plan) => !ended.has(plan))
  const commands = [...left.map((plan) => command(chance, 'safety-plan-reviewed', at, { plan, outcome: 'ended' })), command(chance, 'case-closed', at, {})]
  return [{ at: closes, school: told.school.id, stream: streamId('case', told.id), commands }]
}

/** Concerns of the last days that nobody has taken up: what a lead opens the day with. `days`: school days up to today. */
export function newConcerns(chance: Chance, school: DemoSchool, index: number, days: readonly string[]): DemoStep[] {
  const last = days.slice(-LAST_DAYS)
  return Array.from({ length: last.length === 0 ? 0 : (NOT_TAKEN_UP[index] ?? 0) }, (): DemoStep => {
    const [date, time] = [chance.pick(last), `${chance.pick(['09', '11', '14'] as const)}:${chance.whole(10, 59)}`]
    const told = { summary: 'Made up for the demonstration.', verbatim: false }
    const at = atTime(date, time)
    const first = chance.is(0.6)
      ? command(chance, 'disclosure-made', at, { ...told, reportedBy: chance.pick(['child-harmed', 'other-child', 'parent'] as const) })
      : command(chance, 'concern-noticed', at, { ...told, reportedBy: 'staff' })
    return { at: Temporal.ZonedDateTime.from(`${date}T${time}[Europe/London]`), school: school.id, stream: streamId('case', chance.id()), commands: [first] }
  })
}

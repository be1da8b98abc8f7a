import { LESSON_THEMES, streamId, type Command } from '@circumspect/domain'
import type { DemoCase, DemoStep } from './case'
import type { Chance } from './chance'
import { atTime, command } from './school'

const MADE_UP = 'Made up for the demonstration.'
const ACTIONS = [
  'A member of staff at the corner at lesson change',
  'One-way walking in the corridors',
  'An assembly on speaking up',
  'Check the timetable of supervision at lunch',
] as const

/** The review of the circumstances of a case some weeks after it, with a lesson and an action where there was one; most cases have it. */
export function reviewSteps(chance: Chance, { id, endsAt, school }: DemoCase): DemoStep[] {
  if (!chance.is(0.95)) return []
  const stream = streamId('review', chance.id())
  const day = endsAt.add({ days: chance.whole(3, 25) }).with({ hour: 15, minute: 45 })
  const step = (at: DemoStep['at'], facts: readonly (readonly [Command['type'], Command['data']])[]): DemoStep => {
    const occurredAt = atTime(at.toPlainDate().toString(), at.toPlainTime().toString().slice(0, 5))
    return { at, school: school.id, stream, commands: facts.map(([type, data]) => command(chance, type, occurredAt, data)) }
  }
  const reviewed = step(day, [['circumstances-reviewed', { case: id, couldHaveBeenDifferent: MADE_UP, hasToChange: MADE_UP }]])
  if (!chance.is(0.4)) return [reviewed]
  const [lesson, action] = [chance.id(), chance.id()]
  const due = day.add({ days: 28 }).toPlainDate().toString()
  const plan = { action, lesson, what: chance.pick(ACTIONS), owner: 'A member of staff', due, howWeShallKnow: MADE_UP }
  const agreed = step(day.add({ minutes: 30 }), [
    ['lesson-recorded', { lesson, theme: chance.pick(LESSON_THEMES), learnt: MADE_UP }],
    ['action-agreed', { ...plan, expected: chance.pick(['more-reports', 'fewer-reports'] as const) }],
  ])
  if (!chance.is(0.92)) return [reviewed, agreed]
  return [reviewed, agreed, step(day.add({ days: chance.whole(5, 40) }), [['action-completed', { action }]])]
}

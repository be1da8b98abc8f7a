import { LESSON_THEMES, streamId, type Command } from '@circumspect/domain'
import type { DemoCase, DemoStep } from './case'
import type { Chance } from './chance'
import { atTime, command } from './school'

const MADE_UP = 'Made up for the demonstration.'
const LEARNT: Readonly<Record<(typeof LESSON_THEMES)[number], string>> = {
  supervision: 'A place between two supervised places is nobody’s place unless somebody is named for it.',
  environment: 'A corner that nobody can see into is where it happens: a mirror or an open door costs little.',
  policy: 'Staff acted well where the policy gave them a sentence to say, and waited where it did not.',
  training: 'Those who cover for others had not had the training that the others had.',
  curriculum: 'What was taught about consent came a year after it was needed.',
  'reporting-culture': 'Children told whoever had time for them: not always whom we had named.',
  recording: 'Two notes about one child were kept in two places, and nobody read both.',
  'information-sharing': 'The school the child came from knew, and was not asked.',
  timeliness: 'A day was lost because it was not clear who rings whom after the last bell.',
  support: 'Support ended with the enquiry, and the child would have needed it for longer.',
  'online-safety': 'What began on a phone at home came into school the next morning, and nobody had been told.',
  transport: 'On the bus there was nobody to tell.',
  'multi-agency': 'The other agency had another name for the same thing: we now say what we mean.',
}
/** So that the same lessons are shared each time, without a further chance: one in sixteen. */
const isShared = (lesson: string) => lesson.startsWith('0')
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
  const theme = chance.pick(LESSON_THEMES)
  const agreed = step(day.add({ minutes: 30 }), [
    ['lesson-recorded', { lesson, theme, learnt: LEARNT[theme], wholeTrust: isShared(lesson) }],
    ['action-agreed', { ...plan, expected: chance.pick(['more-reports', 'fewer-reports'] as const) }],
  ])
  if (!chance.is(0.92)) return [reviewed, agreed]
  return [reviewed, agreed, step(day.add({ days: chance.whole(5, 40) }), [['action-completed', { action }]])]
}

import { describe, expect, it } from 'vitest'
import { parseCommand } from '@circumspect/domain'
import { eventsOf, namedIn, newAction, newDraft, newLesson, problemsOf, type ReviewDraft } from './draft'

let next = 0
const newId = () => `00000000-0000-4000-8000-${String(++next).padStart(12, '0')}`
const [CASE, INCIDENT] = [newId(), newId()]
const lesson = { ...newLesson(newId), theme: 'supervision', learnt: 'The corner cannot be seen.', wholeTrust: true, slots: ['break'] }
const action = {
  ...newAction(newId), lesson: lesson.lesson, what: 'Stand there.', owner: 'A member of staff', due: '2026-04-01', howWeShallKnow: 'Children say so.', expected: 'more-reports',
} as const
const draft: ReviewDraft = { ...newDraft(newId, '2026-03-20'), couldHaveBeenDifferent: 'Seen to sooner.', hasToChange: 'Supervision.', lessons: [lesson], actions: [action] }
const of = { case: CASE, reviewed: false, incidents: [INCIDENT] }

describe('a review being written', () => {
  it('becomes events that their schemas take, the lesson before the action that rests on it', () => {
    const events = eventsOf(draft, of)
    expect(events.map((e) => e.type)).toEqual(['circumstances-reviewed', 'lesson-recorded', 'action-agreed'])
    for (const event of events) expect(parseCommand('review', event)).toHaveProperty('command')
    expect(newAction(newId, [lesson]).lesson).toBe(lesson.lesson)
    expect(eventsOf({ ...draft, lessons: [] }, of)[1]!.data).not.toHaveProperty('lesson')
    expect(events[2]!.data).toMatchObject({ promptedBy: [INCIDENT], lesson: lesson.lesson })
    expect(problemsOf(draft, false, ['Child A1'])).toEqual({})
  })

  it('gives the same events however often it is sent, and no second review', () => {
    expect(eventsOf(draft, of)).toEqual(eventsOf(draft, of))
    expect(eventsOf(draft, { ...of, reviewed: true }).map((e) => e.type)).toEqual(['lesson-recorded', 'action-agreed'])
  })

  it('says of each field what is still wanted', () => {
    const bare: ReviewDraft = { ...newDraft(newId, ''), lessons: [newLesson(newId)], actions: [newAction(newId)] }
    expect(Object.keys(problemsOf(bare, false, [])).map((key) => key.slice(37))).toEqual([
      'occurredAt', 'data.couldHaveBeenDifferent', 'data.hasToChange', 'data.theme', 'data.learnt',
      'data.what', 'data.owner', 'data.due', 'data.howWeShallKnow', 'data.expected',
    ])
  })

  it('does not share a lesson that names a child of the case', () => {
    const named = { ...draft, lessons: [{ ...lesson, learnt: 'Exampleson’s friends saw it.' }] }
    expect(Object.values(problemsOf(named, false, ['Child Exampleson']))).toEqual([expect.stringContaining('Exampleson')])
    expect(problemsOf({ ...named, lessons: [{ ...named.lessons[0]!, wholeTrust: false }] }, false, ['Child Exampleson'])).toEqual({})
    expect(namedIn('A child told us.', ['Child A1'])).toBeUndefined()
  })
})

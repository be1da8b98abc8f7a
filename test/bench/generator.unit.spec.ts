import { expect, it } from 'vitest'
import { FeedGenerator } from './generator'
import { mustBeValid } from './recorded'

it('what is made for the bench is valid, the same each time, dense in position and about 15 events a case', () => {
  const cases = 300
  const events = [...new FeedGenerator(cases, 5).batches(1000)].flat()
  for (const event of events) mustBeValid(event)
  expect(events.map((e) => e.position)).toEqual(events.map((_, i) => i))
  expect(events.every((e, i) => i === 0 || e.recordedAt >= events[i - 1]!.recordedAt)).toBe(true)
  const revisions = new Map<string, number>()
  for (const { stream, revision } of events) {
    expect(revision).toBe((revisions.get(stream) ?? -1) + 1)
    revisions.set(stream, revision)
  }
  expect([...new FeedGenerator(cases, 5).batches(77)].flat()).toEqual(events)
  const ofCases = events.filter((e) => !e.stream.startsWith('school-')).length / cases
  expect(ofCases).toBeGreaterThan(14)
  expect(ofCases).toBeLessThan(17)
})

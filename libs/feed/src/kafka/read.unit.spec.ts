import { toFeedEvent, type FeedEvent } from '@circumspect/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newEvent, newStream } from '../../../../test/support/events'
import { eventMessage, NONE, watermarkMessage } from './message'
import { GapError, read } from './read'

const stream = newStream()
const event = (position: number): FeedEvent => toFeedEvent({ ...newEvent(), stream, revision: position, position })
type Log = { offset: string; value: Buffer }[]
const log = (...values: (string | Buffer | null)[]): Log => values.map((value, i) => ({ offset: String(i), value: Buffer.from(value!) }))
const sent = (position: number, previous: number) => eventMessage(event(position), previous).value
const watermark = (position: number, previous: number) => watermarkMessage(0, position, previous).value
const positions = (events: readonly FeedEvent[]) => events.map((e) => e.position)

/** What a relay sends of the partition's events from the first after `from`, so many to a request, each with its watermark. */
function relayed(own: readonly number[], from: number, perRequest: number) {
  const requests: { values: (string | Buffer | null)[] }[] = []
  const left = own.filter((p) => p > from)
  let last = own.filter((p) => p <= from).at(-1) ?? NONE
  while (left.length > 0) {
    const values: (string | Buffer | null)[] = []
    for (const position of left.splice(0, perRequest)) {
      values.push(sent(position, last))
      last = position
    }
    requests.push({ values: [...values, watermark(last, last)] })
  }
  return requests
}

describe('reading a partition', () => {
  it('gives its events in order, and how far they go', () => {
    const batch = read(0, NONE, log(sent(1, NONE), sent(4, 1), watermark(9, 4)))
    expect([positions(batch.events), batch.upTo]).toEqual([[1, 4], 9])
  })

  it('leaves out what was read before', () => {
    const batch = read(0, 4, log(sent(1, NONE), sent(4, 1), watermark(4, 4), sent(6, 4), sent(4, 1), watermark(5, 4)))
    expect([positions(batch.events), batch.upTo]).toEqual([[6], 6])
  })

  it('stops where an event is missing, before an event or below a watermark', () => {
    for (const next of [sent(8, 6), watermark(9, 6)]) {
      const reading = () => read(3, NONE, log(sent(1, NONE), sent(4, 1), next))
      expect(reading).toThrow(GapError)
      expect(reading).toThrow(expect.objectContaining({ partition: 3, after: 4, missing: 6 }))
    }
  })

  it('gives every event once and in order, wherever two relays that know nothing of each other go on from', () => {
    const property = fc.property(
      fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 30 }).map((all) => all.sort((a, b) => a - b)),
      fc.nat(200),
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
      fc.infiniteStream(fc.boolean()),
      fc.integer({ min: 1, max: 7 }),
      (own, died, [one, two, three], turns, atOnce) => {
        // The first relay sent up to somewhere; two others go on from a checkpoint no further than that, in any interleaving.
        const first = relayed(own.filter((p) => p <= died), NONE, one)
        const acknowledged = own.filter((p) => p <= died)[Math.floor(first.length / 2) * one - 1] ?? NONE
        const [a, b] = [relayed(own, acknowledged, two), relayed(own, NONE, three)]
        const requests = [...first]
        while (a.length + b.length > 0) requests.push(((turns.next().value && a.length > 0) || b.length === 0 ? a : b).shift()!)
        const messages = log(...requests.flatMap((r) => r.values))
        const taken: number[] = []
        let upTo = NONE
        for (let from = 0; from < messages.length; from += atOnce) {
          const batch = read(0, upTo, messages.slice(from, from + atOnce))
          taken.push(...positions(batch.events))
          upTo = batch.upTo
        }
        expect(taken).toEqual(own)
      },
    )
    fc.assert(property, { numRuns: 500, seed: 20260320 })
  })
})

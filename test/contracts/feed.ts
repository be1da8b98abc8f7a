import { toFeedEvent, type FeedEvent, type NewEvent, type StreamId } from '@circumspect/domain'
import { NO_STREAM, type EventStore } from '@circumspect/event-store'
import type { Checkpoint, Feed, FeedBatch, Parked } from '@circumspect/feed'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newEvent, newEvents, newStream } from '../support/events'

export interface FeedUnderTest {
  /** What is appended here, the feed carries. */
  readonly store: EventStore
  readonly feed: Feed
  /** 1 unless told. */
  readonly partitions?: number
  /** What the feed has put aside so far. */
  readonly parked: () => readonly Parked[]
  readonly end: () => Promise<void>
}

const PATIENCE = { timeout: 60_000 }
const unexpected = (error: unknown) => expect.fail(String(error))
const SECRET = 'unmistakable-secret'
const withText = (): NewEvent => newEvent({ data: { note: { v: 1, keyId: 'k', nonce: 'n', ciphertext: SECRET } } })

/** A consumer that keeps what it takes, and how far it got in so many partitions. */
function consumer(partitions = 1, slow = 0) {
  const batches: FeedBatch[] = []
  const inHand = new Set<number>()
  const take = async (batch: FeedBatch) => {
    expect(inHand, 'one batch of a partition at a time').not.toContain(batch.partition)
    inHand.add(batch.partition)
    if (slow > 0) await sleep(slow)
    batches.push(batch)
    inHand.delete(batch.partition)
  }
  const events = () => batches.flatMap((b) => b.events)
  const checkpoint = (): Checkpoint => new Map(batches.map((b) => [b.partition, b.upTo]))
  /** Waits until a batch of each partition, even one without events, says that this position is past. */
  const past = (position: number) =>
    vi.waitFor(() => {
      expect(checkpoint().size).toBe(partitions)
      expect(Math.min(...checkpoint().values())).toBeGreaterThanOrEqual(position)
    }, PATIENCE)
  return { batches, take, events, checkpoint, past }
}

const ofStream = (events: readonly FeedEvent[], stream: StreamId) => events.filter((e) => e.stream === stream)

/** What any feed has to do: at least once, in order for each stream, stripped of texts. */
export function describeFeed(name: string, factory: () => Promise<FeedUnderTest>): void {
  describe(`the feed ${name}`, () => {
    let under: FeedUnderTest
    /** Where the store stood when the test began: each looks only at what it adds. */
    let start: Checkpoint
    beforeAll(async () => void (under = await factory()))
    afterAll(() => under.end())
    const begin = async () => {
      const head = await under.store.head()
      start = new Map(Array.from({ length: under.partitions ?? 1 }, (_, partition) => [partition, head]))
      return under
    }

    it('carries what is there and what comes, in order for each stream, without a text', async () => {
      const { store, feed, partitions } = await begin()
      const streams = [newStream(), newStream(), newStream()]
      const append = async () => {
        for (const stream of streams) await store.append(stream, [withText(), ...newEvents(2)], (await store.readStream(stream)).length - 1)
      }
      await append()
      const one = consumer(partitions)
      const { stop } = await feed.subscribe(start, one.take, unexpected)
      await append()
      await one.past(await store.head())
      await stop()
      const recorded = (await store.readAll(0, (await store.head()) + 1)).map(toFeedEvent)
      for (const stream of streams) expect(ofStream(one.events(), stream)).toEqual(ofStream(recorded, stream))
      expect(JSON.stringify(one.batches)).not.toContain(SECRET)
    })

    it('says with each batch how far it goes, and never goes back', async () => {
      const { store, feed, partitions } = await begin()
      const one = consumer(partitions, 2)
      const { stop } = await feed.subscribe(start, one.take, unexpected)
      for (let i = 0; i < 20; i++) await store.append(newStream(), newEvents(3), NO_STREAM)
      await one.past(await store.head())
      await stop()
      const upTo = new Map(start)
      for (const batch of one.batches) {
        for (const { position } of batch.events) {
          expect(position).toBeGreaterThan(upTo.get(batch.partition) ?? -1)
          expect(position).toBeLessThanOrEqual(batch.upTo)
        }
        upTo.set(batch.partition, batch.upTo)
      }
    })

    it('goes on from a checkpoint without losing an event', async () => {
      const { store, feed, partitions } = await begin()
      const stream = newStream()
      await store.append(stream, newEvents(5), NO_STREAM)
      const first = consumer(partitions)
      await (await feed.subscribe(start, first.take, unexpected)).stop()
      await store.append(stream, newEvents(5), 4)
      const second = consumer(partitions)
      const { stop } = await feed.subscribe(new Map([...start, ...first.checkpoint()]), second.take, unexpected)
      await second.past(await store.head())
      await stop()
      const taken = new Set([...first.events(), ...second.events()].map((e) => e.id))
      expect((await store.readStream(stream)).filter((e) => !taken.has(e.id))).toEqual([])
    })

    it('ends where a consumer fails, says so, and carries the same again', async () => {
      const { store, feed, partitions } = await begin()
      const stream = newStream()
      await store.append(stream, newEvents(3), NO_STREAM)
      const error = await new Promise((resolve) => void feed.subscribe(start, () => Promise.reject(new Error('not taken')), resolve))
      expect(error).toEqual(new Error('not taken'))
      const again = consumer(partitions)
      const { stop } = await feed.subscribe(start, again.take, unexpected)
      await again.past(await store.head())
      await stop()
      expect(ofStream(again.events(), stream)).toHaveLength(3)
    })

    it('stops after the batch in hand', async () => {
      const { store, feed } = await begin()
      let finish: () => void = () => undefined
      let [begun, finished] = [0, 0]
      const stream = newStream()
      const take = async ({ events }: FeedBatch) => {
        if (events.length === 0) return
        begun++
        await new Promise<void>((resolve) => (finish = resolve))
        finished++
      }
      const { stop } = await feed.subscribe(start, take, unexpected)
      await store.append(stream, newEvents(1), NO_STREAM)
      await vi.waitFor(() => expect(begun).toBe(1), PATIENCE)
      await store.append(stream, newEvents(1), 0)
      const stopping = stop()
      finish()
      await stopping
      await sleep(20)
      expect([begun, finished]).toEqual([1, 1])
    })

    it('puts aside what it cannot carry, with the reason, and goes on', async () => {
      const { store, feed, parked, partitions } = await begin()
      const stream = newStream()
      const before = await store.head()
      const [unknown, newer] = [newEvent({ type: 'unheard-of' }), newEvent({ version: 99 })]
      const fit = newEvents(2)
      await store.append(stream, [unknown, fit[0]!, newer, fit[1]!], NO_STREAM)
      const one = consumer(partitions)
      const { stop } = await feed.subscribe(start, one.take, unexpected)
      await one.past(await store.head())
      // Nothing but an event that cannot be carried: the checkpoint moves all the same.
      await store.append(stream, [newEvent({ type: 'unheard-of' })], 3)
      await one.past(await store.head())
      await stop()
      expect(ofStream(one.events(), stream).map((e) => e.id)).toEqual(fit.map((e) => e.id))
      const aside = new Map(parked().map((p) => [p.eventId, p]))
      expect(aside.get(unknown.id)).toMatchObject({ position: before + 1, reason: expect.stringContaining('not known to this version') as string })
      expect(aside.get(newer.id)).toMatchObject({ position: before + 3, reason: expect.stringContaining('newer version') as string })
    })
  })
}

import { withoutPosition, type NewEvent, type RecordedEvent, type StreamId } from '@circumspect/domain'
import { DuplicateEventError, NO_STREAM, WrongExpectedRevisionError, type EventStore } from '@circumspect/event-store'
import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newEvent, newEvents, newStream } from '../support/events'

export interface EventStoreUnderTest {
  readonly store: EventStore
  /** Closes the store and opens it again on the same data; left out where the adapter has nothing to open. */
  readonly reopen?: () => Promise<EventStore>
  readonly end: () => Promise<void>
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
const positions = (events: readonly RecordedEvent[]) => events.map((e) => e.position)
const unexpected = (error: unknown) => expect.fail(String(error))

/** What any event store has to do. The store may hold events already; the whole suite runs on one. */
export function describeEventStore(name: string, factory: () => Promise<EventStoreUnderTest>): void {
  describe(`the event store on ${name}`, () => {
    let opened: EventStoreUnderTest
    let store: EventStore
    beforeAll(async () => {
      opened = await factory()
      store = opened.store
    })
    afterAll(() => opened.end())
    const current = () => store

    describe('appending', () => appending(current))
    describe('reading', () => reading(current))
    describe('subscribing', () => subscribing(current))

    it('keeps everything when it is closed and opened again', async ({ skip }) => {
      if (!opened.reopen) return skip('this adapter has nothing to open')
      const stream = newStream()
      await store.append(stream, newEvents(2), NO_STREAM)
      const head = await store.head()
      const all = await store.readAll(0, head + 1)
      store = await opened.reopen()
      expect(await store.head()).toBe(head)
      expect(await store.readAll(0, head + 1)).toEqual(all)
      expect((await store.append(stream, newEvents(1), 1)).revision).toBe(2)
      expect(await store.head()).toBe(head + 1)
    })
  })
}

function appending(current: () => EventStore): void {
  it('gives back what was appended, with revisions from 0 and dense positions', async () => {
    const store = current()
    const stream = newStream()
    const before = await store.head()
    const batch = [newEvent({ data: { note: { v: 1, keyId: 'k', nonce: 'n', ciphertext: 'é\u0000😀' }, count: -0.5, list: [1, null, true] } }), ...newEvents(2)]
    expect(await store.append(stream, batch, NO_STREAM)).toEqual({ stream, revision: 2, events: batch.map(({ id }, revision) => ({ id, revision })) })
    const stored = batch.map((event, i) => ({ ...event, stream, revision: i }))
    expect(await store.readStream(stream)).toEqual(stored)
    expect(await store.readAll(before + 1, 10)).toEqual(stored.map((event, i) => ({ ...event, position: before + 1 + i })))
    expect(await store.head()).toBe(before + 3)
    expect(await store.append(stream, newEvents(1), 2)).toMatchObject({ revision: 3, events: [{ revision: 3 }] })
  })

  it('answers a repeated append as the first time, whatever revision is expected then', async () => {
    const store = current()
    const stream = newStream()
    const batch = newEvents(2)
    const first = await store.append(stream, batch, NO_STREAM)
    await store.append(stream, newEvents(1), 1)
    const head = await store.head()
    expect(await store.append(stream, batch, NO_STREAM)).toEqual(first)
    expect(await store.append(stream, [batch[1]!], 7)).toEqual({ stream, revision: 1, events: [{ id: batch[1]!.id, revision: 1 }] })
    expect(await store.head()).toBe(head)
  })

  it('answers both alike when the same append comes twice at once', async () => {
    const store = current()
    const stream = newStream()
    const batch = newEvents(3)
    const [one, other] = await Promise.all([store.append(stream, batch, NO_STREAM), store.append(stream, batch, NO_STREAM)])
    expect(one).toEqual(other)
    expect(await store.readStream(stream)).toHaveLength(3)
  })

  it('refuses an id that is recorded elsewhere, and a batch that is there only in part or in another order', async () => {
    const store = current()
    const [stream, other] = [newStream(), newStream()]
    const [a, b, c] = newEvents(3) as [NewEvent, NewEvent, NewEvent]
    await store.append(stream, [a, b], NO_STREAM)
    const head = await store.head()
    for (const [where, batch, expected] of [
      [other, [a], NO_STREAM], [other, [c, a], NO_STREAM], [other, [c, c], NO_STREAM], [other, [c, c], 5],
      [stream, [b, c], 0], [stream, [c, b], 1], [stream, [b, a], NO_STREAM], [stream, [a, a], NO_STREAM],
    ] as [StreamId, NewEvent[], number][])
      await expect(store.append(where, batch, expected)).rejects.toThrow(DuplicateEventError)
    expect(await store.readStream(other)).toEqual([])
    expect(await store.readStream(stream)).toHaveLength(2)
    expect(await store.head()).toBe(head)
  })

  it('refuses another revision than expected, names the actual one, and writes nothing of the batch', async () => {
    const store = current()
    const stream = newStream()
    await expect(store.append(stream, newEvents(1), 0)).rejects.toMatchObject({ code: 'wrong-expected-revision', stream, expected: 0, actual: NO_STREAM })
    await store.append(stream, newEvents(2), NO_STREAM)
    await expect(store.append(stream, newEvents(3), NO_STREAM)).rejects.toMatchObject({ expected: NO_STREAM, actual: 1 })
    await expect(store.append(stream, newEvents(3), 5)).rejects.toMatchObject({ expected: 5, actual: 1 })
    expect(await store.readStream(stream)).toHaveLength(2)
  })

  it('judges appends that come together each on its own', async () => {
    const store = current()
    const [stream, other] = [newStream(), newStream()]
    const outcomes = await Promise.allSettled([
      store.append(stream, newEvents(2), NO_STREAM),
      store.append(stream, newEvents(2), 0),
      store.append(stream, newEvents(1), 1),
      store.append(other, [newEvent({ data: { rate: Number.NaN } })], NO_STREAM),
      store.append(other, newEvents(1), NO_STREAM),
    ])
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await store.readStream(stream)).toHaveLength(3)
    expect(await store.readStream(other)).toHaveLength(1)
  })

  it('lets exactly one of 20 writers on one revision win; the other 19 hear of the conflict', async () => {
    const store = current()
    const stream = newStream()
    await store.append(stream, newEvents(1), NO_STREAM)
    const batches = Array.from({ length: 20 }, () => newEvents(2))
    const outcomes = await Promise.allSettled(batches.map((batch) => store.append(stream, batch, 0)))
    const lost = outcomes.filter((o) => o.status === 'rejected').map((o) => o.reason as WrongExpectedRevisionError)
    expect(lost).toHaveLength(19)
    for (const error of lost) expect(error).toBeInstanceOf(WrongExpectedRevisionError)
    for (const error of lost) expect(error).toMatchObject({ expected: 0, actual: 2 })
    const winner = batches[outcomes.findIndex((o) => o.status === 'fulfilled')]!
    expect((await store.readStream(stream, 1)).map((e) => e.id)).toEqual(winner.map((e) => e.id))
  })

  it('agrees with a plain list under any order of new, repeated and mistaken appends', async () => {
    const step = fc.record({ stream: fc.nat(1), pick: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), expected: fc.integer({ min: -1, max: 6 }), right: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const streams = [newStream(), newStream()]
        const pool = newEvents(6)
        const kept = streams.map((): string[] => [])
        for (const { stream, pick, expected, right } of steps) {
          const list = kept[stream]!
          const ids = pick.map((i) => pool[i]!.id)
          const expectedRevision = right ? list.length - 1 : expected
          const answer = await outcome(current().append(streams[stream]!, pick.map((i) => pool[i]!), expectedRevision))
          expect(answer).toEqual(plainly(list, kept.flat(), ids, expectedRevision))
        }
        for (const [i, stream] of streams.entries()) expect((await current().readStream(stream)).map((e) => e.id)).toEqual(kept[i])
      }),
      { numRuns: 60 },
    )
  })
}

const outcome = (appending: ReturnType<EventStore['append']>) =>
  appending.then((a) => a.events.map((e) => e.revision), (error: { code: string; actual?: number }) => `${error.code} ${error.actual ?? ''}`)

/** What an append answers, said plainly; on success the list grows. */
function plainly(list: string[], recorded: readonly string[], ids: readonly string[], expected: number): number[] | string {
  const first = list.indexOf(ids[0]!)
  if (first >= 0 && ids.every((id, i) => list[first + i] === id)) return ids.map((_, i) => first + i)
  if (new Set(ids).size < ids.length || ids.some((id) => recorded.includes(id))) return 'duplicate-event '
  if (expected !== list.length - 1) return `wrong-expected-revision ${list.length - 1}`
  list.push(...ids)
  return range(list.length - ids.length, ids.length)
}

function reading(current: () => EventStore): void {
  it('reads a stream from a revision on; nothing of a stream that is not there', async () => {
    const store = current()
    const stream = newStream()
    const batch = newEvents(4)
    await store.append(stream, batch, NO_STREAM)
    expect((await store.readStream(stream, 2)).map((e) => [e.id, e.revision])).toEqual([[batch[2]!.id, 2], [batch[3]!.id, 3]])
    expect(await store.readStream(stream, 4)).toEqual([])
    expect(await store.readStream(newStream())).toEqual([])
  })

  it('reads all from a position on, in order, page by page, without a gap', async () => {
    const store = current()
    const from = (await store.head()) + 1
    const streams = range(0, 5).map(newStream)
    await Promise.all(streams.map((stream) => store.append(stream, newEvents(3), NO_STREAM)))
    const all: RecordedEvent[] = []
    for (let page = await store.readAll(from, 4); page.length > 0; page = await store.readAll(from + all.length, 4)) all.push(...page)
    expect(positions(all)).toEqual(range(from, 15))
    for (const stream of streams) expect(all.filter((e) => e.stream === stream).map(withoutPosition)).toEqual(await store.readStream(stream))
    expect(await store.readAll(from + 15, 10)).toEqual([])
  })
}

function subscribing(current: () => EventStore): void {
  it('hands every subscriber every event once and in order, while others append', async () => {
    const store = current()
    const from = (await store.head()) + 1
    await store.append(newStream(), newEvents(50), NO_STREAM)
    const subscribers = [0, 0, 20, 60, 249].map((skipped, i) => {
      const seen: RecordedEvent[] = []
      const handle = async (batch: readonly RecordedEvent[]) => {
        if (i % 2 === 0) await sleep(i)
        seen.push(...batch)
      }
      return { first: from + skipped, count: 250 - skipped, seen, stop: store.subscribe(from + skipped, handle, unexpected) }
    })
    await Promise.all(
      range(0, 10).map(async (writer) => {
        const stream = newStream()
        for (let i = 0; i < 20; i++) {
          await store.append(stream, newEvents(1), i - 1)
          if ((i + writer) % 7 === 0) await sleep(1)
        }
      }),
    )
    for (const { first, count, seen, stop } of subscribers) {
      await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(count), { timeout: 30_000 })
      await stop()
      expect(positions(seen)).toEqual(range(first, count))
    }
  })

  it('loses nothing that is appended while a batch is in hand', async () => {
    const store = current()
    const from = (await store.head()) + 1
    const seen: number[] = []
    const stop = store.subscribe(
      from,
      async (batch) => {
        seen.push(...positions(batch))
        if (seen.length < 30) await store.append(newStream(), newEvents(1), NO_STREAM)
      },
      unexpected,
    )
    await store.append(newStream(), newEvents(1), NO_STREAM)
    await vi.waitFor(() => expect(seen).toHaveLength(30), { timeout: 30_000 })
    await stop()
    expect(seen).toEqual(range(from, 30))
  })

  it('stops after the batch in hand', async () => {
    const store = current()
    const from = (await store.head()) + 1
    let finish: () => void = () => undefined
    let finished = false
    const handed: number[] = []
    const handle = async (batch: readonly RecordedEvent[]) => {
      handed.push(...positions(batch))
      await new Promise<void>((resolve) => (finish = resolve))
      finished = true
    }
    const stop = store.subscribe(from, handle, unexpected)
    await store.append(newStream(), newEvents(1), NO_STREAM)
    await vi.waitFor(() => expect(handed).toEqual([from]), { timeout: 30_000 })
    await store.append(newStream(), newEvents(1), NO_STREAM)
    const stopping = stop().then(() => finished)
    finish()
    expect(await stopping).toBe(true)
    await store.append(newStream(), newEvents(1), NO_STREAM)
    await sleep(20)
    expect(handed).toEqual([from])
  })

  it('ends a subscription whose handler fails, and says so', async () => {
    const store = current()
    const from = (await store.head()) + 1
    let calls = 0
    const failed = new Promise((resolve) => {
      const handle = () => {
        calls++
        return Promise.reject(new Error('not taken'))
      }
      store.subscribe(from, handle, resolve)
    })
    await store.append(newStream(), newEvents(1), NO_STREAM)
    expect(await failed).toEqual(new Error('not taken'))
    await store.append(newStream(), newEvents(1), NO_STREAM)
    await sleep(20)
    expect(calls).toBe(1)
  })
}

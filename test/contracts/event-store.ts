import { sampleCommand } from '../support/facts'
import type { NewEvent, RecordedEvent, StreamId } from '@circumspect/domain'
import { DuplicateEventError, NO_STREAM, WrongExpectedRevisionError, type EventStore } from '@circumspect/event-store'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const newStream = (): StreamId => `case-${randomUUID()}`
const newEvent = (): NewEvent => ({
  ...sampleCommand('concern-taken-up', {}),
  version: 1,
  recordedAt: '2026-01-31T10:45:00.000Z',
  recordedBy: '00000000-0000-4000-8000-00000000aaaa',
  school: '00000000-0000-4000-8000-00000000bbbb',
})
const events = (n: number): NewEvent[] => Array.from({ length: n }, newEvent)

/** What any event store has to do. `reopen` closes the store and opens it again on the same data, where the adapter can. */
export function describeEventStore(name: string, factory: () => Promise<{ store: EventStore; reopen?: () => Promise<EventStore>; end: () => Promise<void> }>): void {
  describe(`the event store on ${name}`, () => {
    let store: EventStore
    let opened: Awaited<ReturnType<typeof factory>>
    beforeAll(async () => {
      opened = await factory()
      store = opened.store
    })
    afterAll(() => opened.end())

    it('gives back what was appended, with revisions from 0 and dense positions', async () => {
      const stream = newStream()
      const before = await store.head()
      const batch = events(3)
      expect(await store.append(stream, batch, NO_STREAM)).toEqual({ stream, revision: 2, events: batch.map(({ id }, revision) => ({ id, revision })) })
      const read = await store.readStream(stream)
      expect(read).toEqual(batch.map((event, i) => ({ ...event, stream, revision: i, position: before + 1 + i })))
      expect(await store.readStream(stream, 2)).toEqual(read.slice(2))
      expect(await store.readStream(newStream())).toEqual([])
      expect(await store.head()).toBe(before + 3)
    })

    it('answers a repeated append as the first time, whatever revision is expected then', async () => {
      const stream = newStream()
      const batch = events(2)
      const first = await store.append(stream, batch, NO_STREAM)
      await store.append(stream, events(1), 1)
      const head = await store.head()
      expect(await store.append(stream, batch, NO_STREAM)).toEqual(first)
      expect(await store.append(stream, [batch[1]!], 7)).toEqual({ stream, revision: 1, events: [{ id: batch[1]!.id, revision: 1 }] })
      expect(await store.head()).toBe(head)
    })

    it('refuses an id that is recorded elsewhere, and a batch of which a part is there', async () => {
      const [stream, other] = [newStream(), newStream()]
      const [a, b] = events(2) as [NewEvent, NewEvent]
      await store.append(stream, [a], NO_STREAM)
      await expect(store.append(other, [a], NO_STREAM)).rejects.toThrow(DuplicateEventError)
      await expect(store.append(stream, [a, b], 0)).rejects.toThrow(DuplicateEventError)
      await expect(store.append(other, [b, b], NO_STREAM)).rejects.toThrow(DuplicateEventError)
      expect(await store.readStream(other)).toEqual([])
      expect(await store.readStream(stream)).toHaveLength(1)
    })

    it('refuses another revision than expected, and names the actual one', async () => {
      const stream = newStream()
      await expect(store.append(stream, events(1), 0)).rejects.toMatchObject({ code: 'wrong-expected-revision', expected: 0, actual: NO_STREAM })
      await store.append(stream, events(2), NO_STREAM)
      await expect(store.append(stream, events(1), NO_STREAM)).rejects.toMatchObject({ expected: NO_STREAM, actual: 1 })
      await expect(store.append(stream, events(1), 5)).rejects.toMatchObject({ expected: 5, actual: 1 })
      expect(await store.readStream(stream)).toHaveLength(2)
    })

    it('lets exactly one of 20 writers on one revision win; the others hear of the conflict', async () => {
      const stream = newStream()
      await store.append(stream, events(1), NO_STREAM)
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => store.append(stream, events(2), 0)))
      const lost = outcomes.filter((o) => o.status === 'rejected')
      expect(lost).toHaveLength(19)
      for (const { reason } of lost) expect(reason).toBeInstanceOf(WrongExpectedRevisionError)
      expect(await store.readStream(stream)).toHaveLength(3)
    })

    it('reads all from a position on, in order, page by page', async () => {
      await store.append(newStream(), events(5), NO_STREAM)
      const head = await store.head()
      const all: RecordedEvent[] = []
      for (let page = await store.readAll(0, 4); page.length > 0; page = await store.readAll(all.length, 4)) all.push(...page)
      expect(all.map((e) => e.position)).toEqual(Array.from({ length: head + 1 }, (_, i) => i))
      expect(await store.readAll(head + 1, 10)).toEqual([])
    })

    it('hands a subscriber every event once and in order, while others append', async () => {
      const from = (await store.head()) + 1
      const before = events(50)
      await store.append(newStream(), before, NO_STREAM)
      const seen: RecordedEvent[] = []
      const stop = store.subscribe(from, async (batch) => void seen.push(...batch), (error) => expect.fail(String(error)))
      const writers = Array.from({ length: 10 }, async () => {
        const stream = newStream()
        for (let i = 0; i < 20; i++) {
          await store.append(stream, events(1), i - 1)
          if (i % 7 === 0) await sleep(1)
        }
      })
      await Promise.all(writers)
      while (seen.length < 250) await sleep(5)
      await stop()
      expect(seen.map((e) => e.position)).toEqual(Array.from({ length: 250 }, (_, i) => from + i))
      await store.append(newStream(), events(1), NO_STREAM)
      await sleep(20)
      expect(seen).toHaveLength(250)
    })

    it('ends a subscription whose handler fails, and says so', async () => {
      await store.append(newStream(), events(1), NO_STREAM)
      const error = await new Promise((resolve) => store.subscribe(0, () => Promise.reject(new Error('no')), resolve))
      expect(error).toEqual(new Error('no'))
    })

    it('keeps everything when it is closed and opened again', async () => {
      if (!opened.reopen) return
      const all = await store.readAll(0, 10_000)
      store = await opened.reopen()
      expect(await store.readAll(0, 10_000)).toEqual(all)
      await store.append(newStream(), events(1), NO_STREAM)
      expect(await store.head()).toBe(all.length)
    })
  })
}

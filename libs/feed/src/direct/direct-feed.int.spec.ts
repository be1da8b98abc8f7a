import { NO_STREAM, SqliteEventStore } from '@circumspect/event-store'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { describeFeed } from '../../../../test/contracts/feed'
import { newEvent, newEvents, newStream } from '../../../../test/support/events'
import { testFolder } from '../../../../test/support/folder'
import type { FeedBatch } from '../feed'
import type { Parked } from '../strip'
import { DirectFeed } from './direct-feed'

describeFeed('straight from SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-feed-'))
  const store = new SqliteEventStore(join(directory, 'history.db'))
  const parked: Parked[] = []
  const end = async () => {
    await store.close()
    rmSync(directory, { recursive: true })
  }
  return { store, feed: new DirectFeed(store, (event) => void parked.push(event)), parked: () => parked, end }
})

const unexpected = (error: unknown) => expect.fail(String(error))

it('catches up in batches of at most 5,000, in the order of position', async () => {
  const store = new SqliteEventStore(join(testFolder(), 'history.db'))
  for (let i = 0; i < 6; i++) await store.append(newStream(), newEvents(2000), NO_STREAM)
  const batches: FeedBatch[] = []
  const feed = new DirectFeed(store, () => expect.fail('nothing to put aside'))
  const { stop } = await feed.subscribe(new Map([[0, 999]]), async (batch) => void batches.push(batch), unexpected)
  await vi.waitFor(() => expect(batches.at(-1)?.upTo).toBe(11_999), { timeout: 60_000 })
  await stop()
  expect(batches.map((b) => [b.partition, b.events.length, b.upTo])).toEqual([[0, 5000, 5999], [0, 5000, 10_999], [0, 1000, 11_999]])
  expect(batches.flatMap((b) => b.events).map((e) => e.position)).toEqual(Array.from({ length: 11_000 }, (_, i) => 1000 + i))
  await store.close()
})

it('hands a batch on only when what it put aside is kept, and ends where that fails', async () => {
  const store = new SqliteEventStore(join(testFolder(), 'history.db'))
  await store.append(newStream(), [newEvent({ type: 'unheard-of' }), newEvent()], NO_STREAM)
  const order: string[] = []
  const keep = new DirectFeed(store, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    order.push('kept')
  })
  const { stop } = await keep.subscribe(new Map(), async () => void order.push('taken'), unexpected)
  await vi.waitFor(() => expect(order).toEqual(['kept', 'taken']), { timeout: 60_000 })
  await stop()

  const failing = new DirectFeed(store, () => Promise.reject(new Error('not kept')))
  const error = await new Promise((resolve) => void failing.subscribe(new Map(), () => expect.fail('taken'), resolve))
  expect(error).toEqual(new Error('not kept'))
  await store.close()
})

it('says nothing of what was recorded where an event does not fit its schema', async () => {
  const store = new SqliteEventStore(join(testFolder(), 'history.db'))
  const secret = 'unmistakable-secret'
  await store.append(newStream(), [newEvent({ type: 'behaviour-assessed', data: { tool: { scheme: secret } } }), newEvent()], NO_STREAM)
  const parked: Parked[] = []
  const taken: FeedBatch[] = []
  const feed = new DirectFeed(store, (event) => void parked.push(event))
  const { stop } = await feed.subscribe(new Map(), async (batch) => void taken.push(batch), unexpected)
  await vi.waitFor(() => expect(taken[0]).toMatchObject({ upTo: 1, events: [{ position: 1 }] }), { timeout: 60_000 })
  await stop()
  expect(parked).toMatchObject([{ position: 0, reason: 'behaviour-assessed version 1 does not fit its schema.' }])
  await store.close()
})

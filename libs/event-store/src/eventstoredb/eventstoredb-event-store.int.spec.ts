import { setTimeout as sleep } from 'node:timers/promises'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeEventStore } from '../../../../test/contracts/event-store'
import { newEvent, newEvents, newStream } from '../../../../test/support/events'
import { startEventStoreDb } from '../../../../test/support/eventstoredb'
import { startEventStoreDbDouble, type EventStoreDbDouble } from '../../../../test/support/eventstoredb-double/double'
import { buildAndFork } from '../../../../test/support/run-ts'
import { DuplicateEventError, NO_STREAM, UnavailableError } from '../event-store'
import { MerkleTree, leafHash } from '../merkle/tree'
import { verifyHistory } from '../merkle/verify'
import { canonicalEvent } from '../canonical'
import { EventStoreDbEventStore } from './eventstoredb-event-store'

describeEventStore('EventStoreDB', async () => {
  const server = await startEventStoreDb()
  const open = () => new EventStoreDbEventStore({ connectionString: server.connectionString })
  let store = open()
  return {
    store,
    reopen: async () => {
      await store.close()
      return (store = open())
    },
    end: async () => {
      await store.close()
      await server.end()
    },
  }
})

describe('the adapter of EventStoreDB, on a double', () => {
  let double: EventStoreDbDouble
  let store: EventStoreDbEventStore
  const open = () => new EventStoreDbEventStore({ connectionString: double.url })
  beforeAll(async () => {
    double = await startEventStoreDbDouble({ quiet: true })
    store = open()
  })
  afterAll(async () => {
    await store.close()
    double.stop()
  })

  it('counts no event but ours: not the server’s own, not claims, not those of other programs', async () => {
    const before = await store.head()
    const client = EventStoreDBClient.connectionString(double.url)
    for (const other of ['orders-1', 'case-1', 'cases', `case-${randomUUID()}-copy`, '$$case-x'])
      await client.appendToStream(other, jsonEvent({ type: 'other', data: {} }))
    await client.dispose()
    const ours = await store.append(newStream(), newEvents(2), NO_STREAM)
    expect(await store.head()).toBe(before + 2)
    expect((await store.readAll(before + 1, 10)).map((e) => e.id)).toEqual(ours.events.map((e) => e.id))
    expect(double.log.records.filter((r) => r.stream.startsWith('$stats')).length).toBeGreaterThan(0)
    expect(double.log.records.filter((r) => r.stream.startsWith('id-')).length).toBeGreaterThan(0)
  })

  it('keeps ids, types and times of recording as they are, never expecting any revision', async () => {
    const stream = newStream()
    const event = newEvent({ data: { count: 3 } })
    await store.append(stream, [event], NO_STREAM)
    const [kept] = double.log.stream(stream)
    expect(kept).toMatchObject({ id: event.id, type: event.type, revision: 0, json: true })
    expect(JSON.parse(String(kept!.data))).toEqual({ count: 3 })
    expect(JSON.parse(String(kept!.metadata))).toMatchObject({ recordedAt: event.recordedAt, recordedBy: event.recordedBy, version: 1 })
  })

  it('gives the id to nobody else while an append may still land, and to another once it cannot', async () => {
    const client = EventStoreDBClient.connectionString(double.url)
    const [stream, other] = [newStream(), newStream()]
    const [event, overtaking] = newEvents(2)
    // What a process leaves that ends between claiming and appending.
    await client.appendToStream(`id-${event!.id}`, jsonEvent({ type: 'id-claimed', data: { stream, expected: NO_STREAM } }))
    await client.dispose()
    await expect(store.append(other, [event!], NO_STREAM)).rejects.toThrow(DuplicateEventError)
    await store.append(stream, [overtaking!], NO_STREAM)
    expect((await store.append(other, [event!], NO_STREAM)).revision).toBe(0)
    await expect(store.append(stream, [event!], 0)).rejects.toThrow(DuplicateEventError)
  })

  it('says what to do with a batch that is too large, and writes nothing of it', async () => {
    const stream = newStream()
    const large = Array.from({ length: 12 }, () => newEvent({ data: { filler: 'x'.repeat(100_000) } }))
    await expect(store.append(stream, large, NO_STREAM)).rejects.toThrow('larger than the 1048576 bytes')
    expect(await store.readStream(stream)).toEqual([])
  })

  it('gives a history that verifies, and names the event that was altered', async () => {
    await store.append(newStream(), newEvents(3), NO_STREAM)
    const tree = new MerkleTree()
    const all = await store.readAll(0, 10_000)
    for (const event of all) tree.add(leafHash(canonicalEvent(event)))
    expect(await verifyHistory(store)).toEqual({ ok: true, size: all.length, root: tree.root() })
    const victim = double.log.records.findLast((r) => r.stream === all.at(-2)!.stream && r.id === all.at(-2)!.id)!
    const metadata = Buffer.from(victim.metadata)
    victim.metadata.write(String(metadata).replace('2026-01-31T10', '2026-01-31T11'))
    expect(await verifyHistory(store)).toMatchObject({ ok: false, position: all.length - 2, id: victim.id })
    metadata.copy(victim.metadata)
  })

  it('finds the leader of a cluster', async () => {
    const cluster = new EventStoreDbEventStore({ connectionString: double.url.replace('esdb://', 'esdb+discover://') })
    expect((await cluster.append(newStream(), newEvents(1), NO_STREAM)).revision).toBe(0)
    await cluster.close()
  })

  it('leaves a process nothing to wait for once it is closed', async () => {
    const program = await buildAndFork('test/support/eventstoredb-program.ts', [double.url])
    expect(await program.ended, program.stderr()).toEqual({ code: 0, signal: null })
    expect(program.lines).toEqual([expect.stringMatching(/^saw \d+$/), 'closed'])
  })

  it.each([0, 300])('closes soon after it began to follow from where it is, %i ms later', async (later) => {
    const before = open()
    await before.append(newStream(), newEvents(5), NO_STREAM)
    await before.close()
    const store = open()
    const head = await store.head()
    expect(await store.readAll(head, 1)).toHaveLength(1)
    const stop = store.subscribe(head + 1, () => Promise.resolve(), () => undefined)
    await sleep(later)
    await stop()
    await store.close()
  })

  it('answers everything after closing with a reason', async () => {
    const closed = open()
    const waiting = closed.append(newStream(), newEvents(2), NO_STREAM)
    await closed.close()
    expect((await waiting).revision).toBe(1)
    const nothing = () => Promise.resolve()
    for (const call of [() => closed.append(newStream(), newEvents(1), NO_STREAM), () => closed.readAll(0, 1), () => closed.head(), () => closed.readStream(newStream())])
      await expect(call()).rejects.toThrow(UnavailableError)
    expect(() => closed.subscribe(0, nothing, () => undefined)).toThrow(UnavailableError)
  })
})

import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { newEvent, newEvents, newStream } from '../../../../test/support/events'
import { startEventStoreDbDouble, type EventStoreDbDouble } from '../../../../test/support/eventstoredb-double/double'
import { testFolder } from '../../../../test/support/folder'
import { DuplicateEventError, NO_STREAM, UnavailableError } from '../event-store'
import { verifyHistory } from '../merkle/verify'
import { SqliteEventStore } from '../sqlite/sqlite-event-store'
import { EventStoreDbEventStore } from './eventstoredb-event-store'
import { ForeignHistoryError } from './take-over'

/** 60 events in 6 streams, woven: alone, in batches, and twice the same stream one after the other. */
async function source(): Promise<SqliteEventStore> {
  const store = new SqliteEventStore(join(testFolder(), 'history.db'))
  const streams = Array.from({ length: 6 }, newStream)
  for (let round = 0; round < 4; round++)
    for (const [i, stream] of streams.entries()) {
      const revision = ((await store.readStream(stream)).at(-1)?.revision ?? NO_STREAM)
      await store.append(stream, newEvents(1 + (i % 3)), revision)
      if (i === 2) await store.append(stream, newEvents(2), revision + 3)
    }
  return store
}

describe('taking over a history into EventStoreDB, on a double', () => {
  let double: EventStoreDbDouble
  let target: EventStoreDbEventStore
  let from: SqliteEventStore
  const open = () => (target = new EventStoreDbEventStore({ connectionString: double.url }))
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ quiet: true })
    from = await source()
    open()
    return async () => {
      await target.close()
      await from.close()
      double.stop()
    }
  })
  const all = () => from.readAll(0, 1000)
  const takenOver = async () => {
    let here = 0
    for await (here of target.takeOver(from));
    return here
  }
  const isWhole = async () => {
    expect(await target.readAll(0, 1000)).toEqual(await all())
    expect(await verifyHistory(target)).toEqual(await verifyHistory(from))
  }

  it('keeps every event as it is, at its position, with the root of the history', async () => {
    expect(await takenOver()).toBe((await all()).length)
    await isWhole()
  })

  it('goes on wherever the server went away, whether the last append was written or not, and changes nothing when it is done', async () => {
    const append = double.log.append.bind(double.log)
    for (let cut = 1; (await target.head()) < (await from.head()); cut++) {
      let left = cut * 3
      double.log.append = (stream, expected, events) => {
        if (stream.startsWith('id-') || left-- > 0) return append(stream, expected, events)
        double.stop()
        return cut % 2 === 0 ? append(stream, expected, events) : { written: false, current: -1 }
      }
      await takenOver().catch((error: unknown) => expect(error).toBeInstanceOf(UnavailableError))
      await target.close()
      double.stop()
      double.log.append = append
      await double.start()
      open()
    }
    await isWhole()
    const before = double.log.records.filter(({ stream }) => !stream.startsWith('$')).length
    expect(await takenOver()).toBe((await all()).length)
    expect(double.log.records.filter(({ stream }) => !stream.startsWith('$'))).toHaveLength(before)
  })

  it('is refused where another history stands, is longer, or has an event between, and then writes nothing', async () => {
    const client = EventStoreDBClient.connectionString(double.url)
    await client.appendToStream('orders-1', jsonEvent({ type: 'of-another-program', data: {} }))
    expect(await takenOver()).toBe((await all()).length)
    await client.dispose()
    await target.append(newStream(), newEvents(1), NO_STREAM)
    const records = double.log.records.length
    await expect(takenOver()).rejects.toMatchObject({ code: 'foreign-history', position: (await all()).length })
    expect(double.log.records).toHaveLength(records)
  })

  it('is refused where the first event is another', async () => {
    await target.append(newStream(), newEvents(1), NO_STREAM)
    await expect(takenOver()).rejects.toThrow(ForeignHistoryError)
    expect(await target.head()).toBe(0)
  })

  it('leaves a history that is appended to, with ids that nobody else is given', async () => {
    await takenOver()
    const [first] = await all()
    await expect(target.append(newStream(), [first!], NO_STREAM)).rejects.toThrow(DuplicateEventError)
    const last = (await target.readStream(first!.stream)).at(-1)!
    expect((await target.append(first!.stream, newEvents(1), last.revision)).revision).toBe(last.revision + 1)
    expect((await target.append(first!.stream, [first!], last.revision + 1)).revision).toBe(0)
  })

  it('takes over what is together larger than one append may be', async () => {
    const stream = newStream()
    const large = () => Array.from({ length: 6 }, () => newEvent({ data: { filler: 'x'.repeat(100_000) } }))
    for (let i = 0; i < 3; i++) await from.append(stream, large(), i * 6 - 1)
    await takenOver()
    await isWhole()
  })
})

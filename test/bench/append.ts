import { NO_STREAM, SqliteEventStore } from '@circumspect/event-store'
import { streamId, type NewEvent } from '@circumspect/domain'
import Database from 'libsql'
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { canonicalEvent } from '../../libs/event-store/src/canonical'
import { FeedGenerator } from './generator'
import { asRecorded } from './recorded'
import { figure, median, perSecond, type Measured } from './table'

const WRITERS = 32
const ROUNDS = 5

const rate = async (events: number, run: () => Promise<void> | void): Promise<number> => {
  const start = performance.now()
  await run()
  return (events / (performance.now() - start)) * 1000
}

/** Durable appends of `count` events in each of five rounds, one after the other and by 32 writers, against plain inserts in between. */
export async function measureAppend(directory: string, count: number): Promise<Measured[]> {
  const store = new SqliteEventStore(join(directory, 'append.db'))
  const plain = new Database(join(directory, 'plain.db'))
  plain.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000')
  plain.exec('CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT, stream TEXT, revision INTEGER, envelope TEXT, hash BLOB) STRICT')
  const insert = plain.prepare('INSERT INTO events (id, stream, revision, envelope, hash) VALUES (?, ?, ?, ?, ?)')
  const [made] = new FeedGenerator(Math.max(50, count / 10)).batches(count)
  const sample = made!.map(asRecorded)
  const events = (): NewEvent[] => sample.map((event) => ({ ...event, id: randomUUID() }))
  const rates = { single: [] as number[], plain: [] as number[], group: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second, third] = [events(), events(), events()]
    const lines = first.map((event) => {
      const stream = streamId('case', randomUUID())
      const envelope = canonicalEvent({ ...event, stream, revision: 0 })
      return [event.id, stream, 0, envelope, createHash('sha256').update(envelope).digest()]
    })
    rates.plain.push(await rate(lines.length, () => lines.forEach((line) => insert.run(...line))))
    rates.single.push(await rate(second.length, () => writeAll(store, second, 1)))
    rates.group.push(await rate(third.length, () => writeAll(store, third, WRITERS)))
  }
  await store.close()
  plain.close()
  const [single, baseline, group] = [median(rates.single), median(rates.plain), median(rates.group)]
  return [
    {
      section: 'append', what: 'durable single appends', figure: `${figure(single / baseline)} × (${perSecond(single)})`,
      against: `plain inserts of the same bytes, same driver, same durability (${perSecond(baseline)})`, aim: '≥ 0.8 ×', reached: single / baseline >= 0.8,
    },
    {
      section: 'append', what: `appends by ${WRITERS} writers at once`, figure: `${figure(group / single)} × (${perSecond(group)})`,
      against: 'single appends', aim: '≥ 5 ×', reached: group / single >= 5,
    },
  ]
}

/** Each writer appends one event after the other, each to a stream of its own. */
async function writeAll(store: SqliteEventStore, events: NewEvent[], writers: number): Promise<void> {
  const left = [...events]
  const write = async () => {
    for (let event = left.pop(); event; event = left.pop()) await store.append(streamId('case', randomUUID()), [event], NO_STREAM)
  }
  await Promise.all(Array.from({ length: writers }, write))
}

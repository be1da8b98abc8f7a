import type { RecordedEvent } from '@circumspect/domain'
import { canonicalEvent } from '../canonical'
import type { EventStore } from '../event-store'
import type { Claims } from './claims'
import type { Connection, Entry } from './client'
import type { Counting } from './counting'
import { toEntry, toStored } from './record'

/** Where a history is to be taken over to, something stands that is not of it. */
export class ForeignHistoryError extends Error {
  readonly code = 'foreign-history'
  constructor(readonly position: number) {
    super(`At position ${position} the event store holds another event than the history that is to be taken over.`)
  }
}

export interface TakeOverTarget {
  readonly connection: Connection
  readonly claims: Claims
  readonly counting: Counting
}

type Source = Pick<EventStore, 'readAll'>

/** Events that follow each other in one stream: appended at once, they stand together. */
interface Stretch {
  readonly stream: string
  readonly expected: number
  readonly entries: readonly Entry[]
}

const PAGE = 1000
/** Characters of one append: well below what the server takes at once (1 MiB). */
const LARGEST = 256 * 1024

/**
 * Appends the events of a source one stretch after the other, so that the log has them in their order, and the ids are claimed as every
 * append claims them. Where it is cut off, what is there is the beginning of the source, and the next run goes on behind it.
 */
export async function* takeOver(source: Source, { connection, claims, counting }: TakeOverTarget): AsyncGenerator<number, void> {
  let here = await alreadyThere(source, counting)
  yield here
  for (let page = await source.readAll(here, PAGE); page.length > 0; page = await source.readAll(here, PAGE)) {
    const stretches = stretchesOf(page)
    await claims.claim(stretches.flatMap(({ stream, expected, entries }) => entries.map(({ id }) => ({ id, stream, expected }))))
    for (const { stream, expected, entries } of stretches) {
      if ((await connection.append(stream, entries, expected)) !== undefined) throw new ForeignHistoryError(here)
      yield (here += entries.length)
    }
  }
}

/** How many events of the source stand in the log, which has to begin with them and hold no other of ours. */
async function alreadyThere(source: Source, counting: Counting): Promise<number> {
  let page: readonly RecordedEvent[] = []
  let there = 0
  for await (const { record, position } of counting.read(0)) {
    if (position >= (page.at(-1)?.position ?? -1) + 1) page = await source.readAll(position, PAGE)
    const [stored, wanted] = [toStored(record), page[position - (page[0]?.position ?? 0)]]
    if (!stored || !wanted || canonicalEvent(stored) !== canonicalEvent(wanted)) throw new ForeignHistoryError(position)
    there++
  }
  return there
}

function stretchesOf(events: readonly RecordedEvent[]): Stretch[] {
  const stretches: { stream: string; expected: number; entries: Entry[] }[] = []
  let size = 0
  for (const { position: _, ...event } of events) {
    const entry = toEntry(event, event.stream, event.revision)
    const length = JSON.stringify(entry).length
    const last = stretches.at(-1)
    if (last?.stream === event.stream && size + length <= LARGEST) last.entries.push(entry)
    else stretches.push({ stream: event.stream, expected: event.revision - 1, entries: [entry] })
    size = stretches.at(-1) === last ? size + length : length
  }
  return stretches
}

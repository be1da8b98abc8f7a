import type { NewEvent, RecordedEvent, StoredEvent, StreamId } from '@circumspect/domain'
import Database from 'libsql'
import { canonicalEvent } from '../canonical'
import {
  DuplicateEventError, UnavailableError, WrongExpectedRevisionError, type Appended, type EventStore, type Unsubscribe,
} from '../event-store'
import { leafHash } from '../merkle/tree'
import type { HistoryRow, HistorySource } from '../merkle/verify'
import schema from './schema.sql?raw'
import { follow } from './subscription'

interface Pending {
  readonly stream: StreamId
  readonly events: readonly NewEvent[]
  readonly expectedRevision: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

interface Row {
  readonly position: number
  readonly envelope: string
}

/**
 * The history in one SQLite file, written through to the disk. One process owns the file. Appends that come together are made
 * durable together: one transaction, one sync, each append judged on its own.
 */
export class SqliteEventStore implements EventStore, HistorySource {
  private readonly db: Database.Database
  private readonly statements: ReturnType<typeof prepare>
  private pending: Pending[] = []
  private flushing = false
  private next: number
  private readonly listeners = new Set<() => void>()
  private readonly subscriptions = new Set<Unsubscribe>()

  constructor(file: string) {
    this.db = openExclusively(file)
    this.statements = prepare(this.db)
    this.next = this.lastPosition() + 1
  }

  append(stream: StreamId, events: readonly NewEvent[], expectedRevision: number): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.pending.push({ stream, events, expectedRevision, resolve, reject })
      if (this.flushing) return
      this.flushing = true
      setImmediate(() => this.flush())
    })
  }

  readStream(stream: StreamId, fromRevision = 0): Promise<readonly RecordedEvent[]> {
    return Promise.resolve((this.statements.stream.all(stream, fromRevision) as Row[]).map(toRecorded))
  }

  readAll(fromPosition: number, limit: number): Promise<readonly RecordedEvent[]> {
    return Promise.resolve((this.statements.all.all(fromPosition, limit) as Row[]).map(toRecorded))
  }

  head(): Promise<number> {
    return Promise.resolve(this.next - 1)
  }

  subscribe(fromPosition: number, handle: (events: readonly RecordedEvent[]) => Promise<void>, onError: (error: unknown) => void): Unsubscribe {
    const stop = follow(this, this.listeners, fromPosition, handle, onError)
    const unsubscribe = async () => {
      this.subscriptions.delete(unsubscribe)
      await stop()
    }
    this.subscriptions.add(unsubscribe)
    return unsubscribe
  }

  /** The history as it lies on the disk, for verification. */
  *history(): Iterable<HistoryRow> {
    const page = this.db.prepare(
      'SELECT coalesce(e.position, l.position) AS position, e.id, e.stream, e.revision, e.envelope, l.hash FROM events e FULL JOIN leaves l ON l.position = e.position WHERE coalesce(e.position, l.position) >= ? ORDER BY 1 LIMIT 1000',
    )
    for (let from = Number.MIN_SAFE_INTEGER; ; ) {
      const rows = page.all(from) as (Omit<HistoryRow, 'leaf'> & { hash: ArrayBuffer | null })[]
      for (const { position, id, stream, revision, envelope, hash } of rows)
        yield { position, id, stream, revision, envelope, leaf: hash === null ? undefined : Buffer.from(hash) }
      if (rows.length < 1000) return
      from = rows.at(-1)!.position + 1
    }
  }

  /** At most `limit` leaf hashes from a position on, in order. */
  leaves(fromPosition: number, limit: number): Buffer[] {
    const rows = this.db.prepare('SELECT hash FROM leaves WHERE position >= ? ORDER BY position LIMIT ?').all(fromPosition, limit) as { hash: ArrayBuffer }[]
    return rows.map(({ hash }) => Buffer.from(hash))
  }

  async close(): Promise<void> {
    if (!this.db.open) return
    for (const stop of [...this.subscriptions]) await stop()
    while (this.pending.length > 0 || this.flushing) await new Promise((resolve) => setImmediate(resolve))
    // The driver keeps the file open until its statements are collected; the lock goes at once.
    this.db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM events LIMIT 1')
    this.db.close()
  }

  /** One transaction for all that is waiting; nobody hears of success before it is committed. */
  private flush(): void {
    const batch = this.pending
    this.pending = []
    this.flushing = false
    const settled: (() => void)[] = []
    const before = this.next
    try {
      this.db.exec('BEGIN IMMEDIATE')
      for (const append of batch) settled.push(this.judge(append))
      this.db.exec('COMMIT')
    } catch (error) {
      this.next = before
      if (this.db.inTransaction) this.db.exec('ROLLBACK')
      const failure = new UnavailableError('The event could not be written to the disk. Nothing was recorded; is there room?', { cause: error })
      for (const append of batch) append.reject(failure)
      return
    }
    for (const settle of settled) settle()
    if (this.next > before) for (const wake of this.listeners) wake()
  }

  /** Writes one append, or finds what speaks against it before anything is written. */
  private judge({ stream, events, expectedRevision, resolve, reject }: Pending): () => void {
    const found = events.map((e) => this.statements.byId.get(e.id) as { stream: string; revision: number } | undefined)
    const there = found.findIndex((f) => f !== undefined)
    if (there >= 0) return this.repeated(stream, events, found, there, resolve, reject)
    const actual = this.lastRevision(stream)
    if (actual !== expectedRevision) return () => reject(new WrongExpectedRevisionError(stream, expectedRevision, actual))
    const twice = events.find((e, i) => events.findIndex((other) => other.id === e.id) !== i)
    if (twice) return () => reject(new DuplicateEventError(twice.id))
    events.forEach((event, i) => this.write({ ...event, stream, revision: actual + 1 + i }))
    return () => resolve(receipt(stream, events, actual + 1))
  }

  private repeated(
    stream: StreamId, events: readonly NewEvent[], found: readonly ({ stream: string; revision: number } | undefined)[],
    there: number, resolve: Pending['resolve'], reject: Pending['reject'],
  ): () => void {
    const first = found[0]?.revision
    const whole = first !== undefined && found.every((f, i) => f?.stream === stream && f.revision === first + i)
    return whole ? () => resolve(receipt(stream, events, first)) : () => reject(new DuplicateEventError(events[there]!.id))
  }

  private write(event: StoredEvent): void {
    const envelope = canonicalEvent(event)
    this.statements.insert.run(this.next, event.id, event.stream, event.revision, envelope)
    this.statements.leaf.run(this.next, leafHash(envelope))
    this.next++
  }

  private lastRevision(stream: StreamId): number {
    return (this.statements.lastRevision.get(stream) as { revision: number | null }).revision ?? -1
  }

  private lastPosition(): number {
    return (this.db.prepare('SELECT max(position) AS position FROM events').get() as { position: number | null }).position ?? -1
  }
}

const receipt = (stream: StreamId, events: readonly NewEvent[], first: number): Appended => ({
  stream,
  revision: first + events.length - 1,
  events: events.map(({ id }, i) => ({ id, revision: first + i })),
})

const toRecorded = ({ position, envelope }: Row): RecordedEvent => ({ ...(JSON.parse(envelope) as StoredEvent), position })

const prepare = (db: Database.Database) => ({
  insert: db.prepare('INSERT INTO events (position, id, stream, revision, envelope) VALUES (?, ?, ?, ?, ?)'),
  leaf: db.prepare('INSERT INTO leaves (position, hash) VALUES (?, ?)'),
  byId: db.prepare('SELECT stream, revision FROM events WHERE id = ?'),
  lastRevision: db.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
  stream: db.prepare('SELECT position, envelope FROM events WHERE stream = ? AND revision >= ? ORDER BY revision'),
  all: db.prepare('SELECT position, envelope FROM events WHERE position >= ? ORDER BY position LIMIT ?'),
})

function openExclusively(file: string): Database.Database {
  try {
    const db = new Database(file)
    db.exec('PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    db.exec(schema)
    // Taken only now: a lock taken before the log is opened could not be given back.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    return db
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message))
      throw new UnavailableError(`The history ${file} is in use by another process. Stop that one first.`, { cause: error })
    throw error
  }
}

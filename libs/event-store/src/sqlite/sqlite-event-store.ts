import type { NewEvent, RecordedEvent, StoredEvent, StreamId } from '@circumspect/domain'
import type Database from 'libsql'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { canonicalEvent } from '../canonical'
import {
  DuplicateEventError, UnavailableError, UnreadableEventError, WrongExpectedRevisionError, type Appended, type EventStore, type Unsubscribe,
} from '../event-store'
import { signNote, type SignedCheckpoint, type Signer } from '../merkle/note'
import { leafHash, MerkleTree } from '../merkle/tree'
import type { HistoryRow, HistorySource } from '../merkle/verify'
import { closeFile, openFile } from './file'
import { historyOf } from './history'
import { follow } from './subscription'

/** An event as it will be written, if it may be. */
interface Line {
  readonly id: string
  readonly revision: number
  readonly envelope: string
  readonly leaf: Buffer
}

interface Pending {
  readonly stream: StreamId
  readonly lines: readonly Line[]
  readonly expectedRevision: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

interface Row {
  readonly position: number
  readonly envelope: ArrayBuffer
}

const LEAVES_AT_ONCE = 5000

/**
 * The history in one SQLite file, written through to the disk. One process owns the file. Appends that come together are made
 * durable together: one transaction, one sync, each append judged on its own.
 */
export class SqliteEventStore implements EventStore, HistorySource {
  private readonly db: Database.Database
  private readonly statements: ReturnType<typeof prepare>
  private pending: Pending[] = []
  private next: number
  private readonly tree = new MerkleTree()
  private readonly listeners = new Set<() => void>()
  private readonly subscriptions = new Set<Unsubscribe>()
  private closing: Promise<void> | undefined

  /** @throws UnavailableError where another process has the file */
  constructor(file: string) {
    this.db = openFile(file)
    this.statements = prepare(this.db)
    this.next = (this.statements.lastPosition.get() as { position: number | null }).position ?? -1
    this.next++
  }

  async append(stream: StreamId, events: readonly NewEvent[], expectedRevision: number): Promise<Appended> {
    this.mustBeOpen()
    // Made here and not in the transaction: an event that cannot be written as JSON is its caller's trouble alone.
    const lines = events.map((event, i) => lineOf({ ...event, stream, revision: expectedRevision + 1 + i }))
    return new Promise((resolve, reject) => {
      if (this.pending.push({ stream, lines, expectedRevision, resolve, reject }) === 1) setImmediate(() => this.flush())
    })
  }

  async readStream(stream: StreamId, fromRevision = 0): Promise<readonly StoredEvent[]> {
    this.mustBeOpen()
    return (this.statements.stream.all(stream, fromRevision) as Row[]).map(toStored)
  }

  async readAll(fromPosition: number, limit: number): Promise<readonly RecordedEvent[]> {
    this.mustBeOpen()
    return (this.statements.all.all(fromPosition, limit) as Row[]).map((row) => ({ ...toStored(row), position: row.position }))
  }

  async head(): Promise<number> {
    return this.next - 1
  }

  subscribe(fromPosition: number, handle: (events: readonly RecordedEvent[]) => Promise<void>, onError: (error: unknown) => void): Unsubscribe {
    const { stop, ended } = follow(this, this.listeners, fromPosition, handle, onError)
    this.subscriptions.add(stop)
    void ended.then(() => this.subscriptions.delete(stop))
    return stop
  }

  /** The history as it lies on the disk, for verification. */
  history(): Iterable<HistoryRow> {
    return historyOf(this.db)
  }

  /** At most `limit` leaf hashes from a position on, in order. */
  leaves(fromPosition: number, limit: number): Buffer[] {
    return (this.statements.leaves.all(fromPosition, limit) as { hash: ArrayBuffer }[]).map(({ hash }) => Buffer.from(hash))
  }

  /** Signs all that is recorded now. Reads the leaves added since the last time; the first time, all of them. */
  async checkpoint({ privateKey, publicKey }: Signer): Promise<SignedCheckpoint> {
    this.mustBeOpen()
    for (let page = this.leaves(this.tree.size, LEAVES_AT_ONCE); page.length > 0; page = this.leaves(this.tree.size, LEAVES_AT_ONCE)) {
      for (const leaf of page) this.tree.add(leaf)
      // Recording goes before signing.
      await nextTurn()
      this.mustBeOpen()
    }
    const signed = { size: this.tree.size, root: this.tree.root() }
    return { ...signed, note: signNote(signed, privateKey, publicKey) }
  }

  /** Ends the subscriptions after their batch in hand, writes what is waiting, and gives the file back. */
  close(): Promise<void> {
    return (this.closing ??= this.end())
  }

  private async end(): Promise<void> {
    for (const stop of [...this.subscriptions]) await stop()
    while (this.pending.length > 0) await nextTurn()
    closeFile(this.db)
  }

  private mustBeOpen(): void {
    if (!this.db.open) throw new UnavailableError('The history is closed. Open it again.')
  }

  /** One transaction for all that is waiting; nobody hears of success before it is committed. */
  private flush(): void {
    const batch = this.pending
    this.pending = []
    const before = this.next
    try {
      this.db.exec('BEGIN IMMEDIATE')
      const outcomes = batch.map((append) => this.judge(append))
      this.db.exec('COMMIT')
      outcomes.forEach((outcome, i) => (outcome instanceof Error ? batch[i]!.reject(outcome) : batch[i]!.resolve(outcome)))
    } catch (cause) {
      this.next = before
      const failure = new UnavailableError('The history could not be written. Is the disk full? Make room and send the same again.', { cause })
      for (const append of batch) append.reject(failure)
      if (this.db.inTransaction) this.db.exec('ROLLBACK')
    }
    if (this.next > before) for (const wake of this.listeners) wake()
  }

  /** Writes one append, or finds what speaks against it before anything is written. */
  private judge({ stream, lines, expectedRevision }: Pending): Appended | Error {
    const found = lines.map(({ id }) => this.statements.byId.get(stream, id) as { here: number; revision: number } | undefined)
    const first = found[0]?.revision
    if (first !== undefined && found.every((f, i) => f?.here === 1 && f.revision === first + i)) return receipt(stream, lines, first)
    const ids = new Set<string>()
    const twice = lines.find(({ id }, i) => found[i] !== undefined || ids.size === ids.add(id).size)
    if (twice) return new DuplicateEventError(twice.id)
    const actual = (this.statements.lastRevision.get(stream) as { revision: number | null }).revision ?? -1
    if (actual !== expectedRevision) return new WrongExpectedRevisionError(stream, expectedRevision, actual)
    for (const line of lines) {
      this.statements.insert.run(this.next, line.id, stream, line.revision, line.envelope)
      this.statements.leaf.run(this.next++, line.leaf)
    }
    return receipt(stream, lines, expectedRevision + 1)
  }
}

const receipt = (stream: StreamId, lines: readonly Line[], first: number): Appended => ({
  stream,
  revision: first + lines.length - 1,
  events: lines.map(({ id }, i) => ({ id, revision: first + i })),
})

function lineOf(event: StoredEvent): Line {
  const envelope = canonicalEvent(event)
  return { id: event.id, revision: event.revision, envelope, leaf: leafHash(envelope) }
}

function toStored({ position, envelope }: Row): StoredEvent {
  try {
    return JSON.parse(Buffer.from(envelope).toString()) as StoredEvent
  } catch (cause) {
    throw new UnreadableEventError(position, { cause })
  }
}

// Envelopes are read as bytes: the driver ends the whole process on text that is not UTF-8.
const prepare = (db: Database.Database) => ({
  insert: db.prepare('INSERT INTO events (position, id, stream, revision, envelope) VALUES (?, ?, ?, ?, ?)'),
  leaf: db.prepare('INSERT INTO leaves (position, hash) VALUES (?, ?)'),
  byId: db.prepare('SELECT stream = ? AS here, revision FROM events WHERE id = ?'),
  lastRevision: db.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
  lastPosition: db.prepare('SELECT max(position) AS position FROM events'),
  stream: db.prepare('SELECT position, CAST(envelope AS BLOB) AS envelope FROM events WHERE stream = ? AND revision >= ? ORDER BY revision'),
  all: db.prepare('SELECT position, CAST(envelope AS BLOB) AS envelope FROM events WHERE position >= ? ORDER BY position LIMIT ?'),
  leaves: db.prepare('SELECT hash FROM leaves WHERE position >= ? ORDER BY position LIMIT ?'),
})

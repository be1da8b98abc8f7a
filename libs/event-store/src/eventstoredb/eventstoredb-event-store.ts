import type { NewEvent, RecordedEvent, StoredEvent, StreamId } from '@circumspect/domain'
import { canonicalEvent } from '../canonical'
import {
  DuplicateEventError, UnavailableError, UnreadableEventError, WrongExpectedRevisionError, type Appended, type EventStore, type Unsubscribe,
} from '../event-store'
import type { HistoryRow, HistorySource } from '../merkle/verify'
import { Claims } from './claims'
import { Connection } from './client'
import { Counting, type Counted } from './counting'
import { judge, receipt } from './decision'
import type { Mark, Marks } from './marks'
import { leafOf, toEntry, toStored } from './record'
import { takeOver } from './take-over'

/** An event with the place in the server's log behind which to go on after it. */
export interface LocatedEvent {
  readonly event: RecordedEvent
  readonly mark: Mark
}

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113`, or `esdb+discover://…` for a cluster; `?tls=false` where the server has no certificate. */
  readonly connectionString: string
  /** Where marks outlive this process; without, counting begins at the first event once. */
  readonly marks?: Marks
  /** How long a read may be silent, in milliseconds. */
  readonly patience?: number
}

/** How often an append looks again where the server says another was faster and a reading does not show it yet. */
const LOOKS = 5

/**
 * The history in EventStoreDB (KurrentDB), as many processes as like to share it.
 *
 * The server's own idempotency is not relied on: it compares ids and no content, remembers only some of them, and at the right revision
 * none. So every append loads the stream, answers what is there already, and is sent at the exact revision it was decided on.
 */
export class EventStoreDbEventStore implements EventStore, HistorySource {
  private readonly connection: Connection
  private readonly claims: Claims
  private readonly counting: Counting
  private readonly subscriptions = new Set<Unsubscribe>()
  /** The last append to each stream that has not ended: they go one after the other, in the order they came. */
  private readonly turns = new Map<StreamId, Promise<unknown>>()
  private closing: Promise<void> | undefined

  constructor({ connectionString, marks, patience }: EventStoreDbOptions) {
    this.connection = new Connection(connectionString, patience)
    this.claims = new Claims(this.connection)
    this.counting = new Counting(this.connection, marks)
  }

  async append(stream: StreamId, events: readonly NewEvent[], expectedRevision: number): Promise<Appended> {
    this.mustBeOpen()
    const entries = events.map((event, i) => toEntry(event, stream, expectedRevision + 1 + i))
    const send = () => this.send(stream, entries, expectedRevision)
    const sending = (this.turns.get(stream) ?? Promise.resolve()).then(send, send)
    this.turns.set(stream, sending)
    const done = () => this.turns.get(stream) === sending && this.turns.delete(stream)
    sending.then(done, done)
    return sending
  }

  async readStream(stream: StreamId, fromRevision = 0): Promise<readonly StoredEvent[]> {
    this.mustBeOpen()
    return (await this.connection.readStream(stream, fromRevision)).map((record) => {
      const stored = toStored(record)
      if (!stored) throw new Error(`Revision ${record.revision} of a stream is no event as ours are kept. Verify the history.`)
      return stored
    })
  }

  async readAll(fromPosition: number, limit: number): Promise<readonly RecordedEvent[]> {
    this.mustBeOpen()
    const events: RecordedEvent[] = []
    if (limit > 0)
      for await (const counted of this.counting.read(fromPosition)) {
        events.push(toRecorded(counted))
        if (events.length === limit) break
      }
    return events
  }

  async head(): Promise<number> {
    this.mustBeOpen()
    return this.counting.last()
  }

  subscribe(fromPosition: number, handle: (events: readonly RecordedEvent[]) => Promise<void>, onError: (error: unknown) => void): Unsubscribe {
    return this.follow(fromPosition, undefined, (counted) => handle(counted.map(toRecorded)), onError)
  }

  /**
   * Like `subscribe`, for whoever keeps marks: goes on behind one without counting up to it, and gives each event with its own. Where
   * the server goes away it ends with an UnavailableError; begin again behind the last mark.
   */
  subscribeAfter(
    mark: Mark | undefined,
    handle: (events: readonly LocatedEvent[]) => Promise<void>,
    onError: (error: unknown) => void,
  ): Unsubscribe {
    return this.follow((mark?.position ?? -1) + 1, mark, (counted) => handle(counted.map(toLocated)), onError)
  }

  /**
   * Takes over the history of another store, event for event, at the same positions; goes on after the part that is here already.
   * Nobody else may append meanwhile. Gives, again and again, how many events are here.
   * @throws ForeignHistoryError, UnavailableError: after either, what was taken over so far stays
   */
  takeOver(source: Pick<EventStore, 'readAll'>): AsyncGenerator<number, void> {
    this.mustBeOpen()
    return takeOver(source, { connection: this.connection, claims: this.claims, counting: this.counting })
  }

  /** The history as the server has it, for verification. */
  async *history(): AsyncGenerator<HistoryRow> {
    this.mustBeOpen()
    for await (const { record, position } of this.counting.read(0)) {
      const { id, stream, revision } = record
      const stored = toStored(record)
      yield { position, id, stream, revision, envelope: stored ? Buffer.from(canonicalEvent(stored)) : null, leaf: leafOf(record) }
    }
  }

  /** Ends the subscriptions after their batch in hand, waits for what is being appended, and gives the connection back. */
  close(): Promise<void> {
    return (this.closing ??= this.end())
  }

  private async end(): Promise<void> {
    await Promise.all([...this.subscriptions].map((stop) => stop()))
    await Promise.allSettled(this.turns.values())
    await this.connection.close()
  }

  private mustBeOpen(): void {
    if (this.closing) throw new UnavailableError('The history is closed. Open it again.')
  }

  private async send(stream: StreamId, entries: readonly ReturnType<typeof toEntry>[], expected: number): Promise<Appended> {
    const ids = entries.map(({ id }) => id)
    let actual: number | undefined
    for (let look = 0; look < LOOKS; look++) {
      const there = (await this.connection.readStream(stream)).map(({ id }) => id)
      const answer = judge(stream, there, ids, expected)
      if (answer instanceof DuplicateEventError) throw answer
      if (answer && !(answer instanceof Error)) return answer
      // Before anything is claimed: of a batch that is refused, no id must stay claimed. A single event's claim tells by itself.
      const elsewhere = answer || ids.length > 1 ? await this.claims.recordedElsewhere(ids, stream) : undefined
      if (elsewhere !== undefined) throw new DuplicateEventError(elsewhere)
      if (answer) throw answer
      await this.claims.claim(ids.map((id) => ({ id, stream, expected })))
      actual = ids.length === 0 ? undefined : await this.connection.append(stream, entries, expected)
      if (actual === undefined) return receipt(stream, ids, expected + 1)
    }
    throw new WrongExpectedRevisionError(stream, expected, actual!)
  }

  private follow(
    from: number,
    after: Mark | undefined,
    handle: (events: readonly Counted[]) => Promise<void>,
    onError: (error: unknown) => void,
  ): Unsubscribe {
    this.mustBeOpen()
    const following = this.counting.follow(from, after)
    const run = async () => {
      for await (const counted of following.batches()) await handle(counted)
    }
    const ended = run()
      .catch(onError)
      .finally(() => {
        following.stop()
        this.subscriptions.delete(stop)
      })
    const stop = async () => {
      following.stop()
      await ended
    }
    this.subscriptions.add(stop)
    return stop
  }
}

function toRecorded({ record, position }: Counted): RecordedEvent {
  const stored = toStored(record)
  if (!stored) throw new UnreadableEventError(position)
  return { ...stored, position }
}

const toLocated = (counted: Counted): LocatedEvent => ({
  event: toRecorded(counted),
  mark: { position: counted.position, commit: counted.record.at.commit, prepare: counted.record.at.prepare },
})

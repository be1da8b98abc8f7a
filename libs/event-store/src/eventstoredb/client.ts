import { BACKWARDS, END, EventStoreDBClient, NO_STREAM as NO_STREAM_YET, streamNameFilter, type ResolvedEvent } from '@eventstore/db-client'
import { setTimeout as sleep } from 'node:timers/promises'
import { NO_STREAM, UnavailableError } from '../event-store'
import { inOurWords } from './errors'

/** Where an event lies in the log of the server: both numbers are needed to go on behind it. */
export interface LogPosition {
  readonly commit: bigint
  readonly prepare: bigint
}

/** An event as the server gives it. */
export interface LogRecord {
  readonly stream: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly metadata: unknown
  readonly at: LogPosition
}

export interface Entry {
  readonly id: string
  readonly type: string
  readonly data: Record<string, unknown>
  readonly metadata?: Record<string, unknown>
}

export interface Following {
  /** What has arrived since the last time, at most `MOST` at once; waits for the next. Ends when it is stopped. */
  batches(): AsyncGenerator<readonly LogRecord[], void>
  stop(): void
}

const MOST = 1000
/** How long calls may take to end when the connection is closed, ms. */
const DISPOSING = 1000

interface Source<T> {
  read(): T | null
  on(event: 'readable' | 'end' | 'error' | 'confirmation', listener: (error?: unknown) => void): unknown
}

/**
 * The one file that knows the client package.
 *
 * Every append is a call of its own, never the client's shared batch stream: that stream has no deadline, and where it breaks it fails the
 * appends of every client in the process and can end the process by a rejection nobody handles.
 */
export class Connection {
  private readonly client: EventStoreDBClient
  private used = false
  private closed = false

  /** @param patience how long a read may be silent, and a subscription unconfirmed, in milliseconds: the client gives appends a deadline alone */
  constructor(
    connectionString: string,
    private readonly patience = 10_000,
  ) {
    this.client = EventStoreDBClient.connectionString(connectionString)
    Object.assign(this.client, { supports: () => Promise.resolve(false) })
  }

  /**
   * @param expected the exact revision the stream is at
   * @returns undefined when it is written, or was in this very place; else the revision the stream is at
   */
  async append(stream: string, entries: readonly Entry[], expected: number): Promise<number | undefined> {
    const events = entries.map((entry) => ({ ...entry, contentType: 'application/json' as const, metadata: entry.metadata }))
    const expectedRevision = expected === NO_STREAM ? NO_STREAM_YET : BigInt(expected)
    try {
      this.use()
      await this.client.appendToStream(stream, events, { expectedRevision, requiresLeader: true })
      return undefined
    } catch (error) {
      const { type, actualVersion } = (error ?? {}) as { type?: unknown; actualVersion?: unknown }
      if (type !== 'wrong-expected-version') throw inOurWords(error)
      return typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM
    }
  }

  async readStream(stream: string, from = 0): Promise<LogRecord[]> {
    const options = { fromRevision: BigInt(from), requiresLeader: true }
    return this.collect(() => this.client.readStream(stream, options, { highWaterMark: MOST }))
  }

  async lastOf(stream: string): Promise<LogRecord | undefined> {
    const open = () => this.client.readStream(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true })
    return (await this.collect(open))[0]
  }

  /** Everything in the log behind a position, or from its beginning, to its end as it is now; the server's own events too. */
  async *readLog(after: LogPosition | undefined): AsyncGenerator<LogRecord, void> {
    const options = { requiresLeader: true, ...(after && { fromPosition: after }) }
    for await (const record of this.reading(() => this.client.readAll(options, { highWaterMark: MOST })))
      // The server begins with the event at the position.
      if (!after || isBehind(record.at, after)) yield record
  }

  /** Everything behind a position in streams whose names begin so, what is there and what comes. */
  follow(after: LogPosition | undefined, prefixes: readonly string[]): Following {
    this.use()
    const filter = streamNameFilter({ prefixes: [...prefixes] })
    const stream = this.client.subscribeToAll({ filter, ...(after && { fromPosition: after }) }, { highWaterMark: MOST })
    return following(stream as unknown as Source<ResolvedEvent>, () => void stream.unsubscribe().catch(() => undefined), this.patience)
  }

  /** Ends every call and the connection itself. */
  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    // A call that was left half way may never say that it is over; closing the channel ends it.
    await Promise.race([this.client.dispose(), sleep(DISPOSING, undefined, { ref: false })])
    if (!this.used) return
    const getChannel = Reflect.get(this.client, 'getChannel') as (this: unknown) => Promise<{ close(): void }>
    const closing = getChannel.call(this.client).then((channel) => channel.close(), () => undefined)
    // Where a node is still being looked for, nobody waits until all have been asked.
    await Promise.race([closing, sleep(DISPOSING, undefined, { ref: false })])
  }

  private use(): void {
    if (this.closed) throw new UnavailableError('The history is closed. Open it again.')
    this.used = true
  }

  private async collect(open: () => ReturnType<EventStoreDBClient['readStream']>): Promise<LogRecord[]> {
    const records: LogRecord[] = []
    try {
      for await (const record of this.reading(open)) records.push(record)
      return records
    } catch (error) {
      if (((error as Error).cause as { type?: unknown } | undefined)?.type === 'stream-not-found') return []
      throw error
    }
  }

  /** Reads to the end, with a limit to the server's silence, and leaves no call open behind it. */
  private async *reading(open: () => ReturnType<EventStoreDBClient['readStream']> | ReturnType<EventStoreDBClient['readAll']>): AsyncGenerator<LogRecord, void> {
    this.use()
    const stream = open()
    // The client may report an error again after the reading has ended.
    stream.on('error', () => undefined)
    const silent = () => stream.destroy(new UnavailableError('The event store takes calls and does not answer.'))
    let timer = setTimeout(silent, this.patience)
    try {
      for await (const resolved of stream) {
        clearTimeout(timer)
        yield toRecord(resolved as ResolvedEvent)
        timer = setTimeout(silent, this.patience)
      }
    } catch (error) {
      throw inOurWords(error)
    } finally {
      clearTimeout(timer)
      void stream.cancel().catch(() => undefined)
    }
  }
}

const isBehind = (at: LogPosition, other: LogPosition) => at.commit > other.commit || (at.commit === other.commit && at.prepare > other.prepare)

function toRecord({ event, link }: ResolvedEvent): LogRecord {
  const record = (event ?? link)!
  const { streamId: stream, id, type, data, metadata } = record
  return { stream, revision: Number(record.revision), id, type, data, metadata, at: record.position! }
}

/** @param patience how long the server may take to confirm it, ms; from then on the connection's own keepalive tells that it is gone */
function following(source: Source<ResolvedEvent>, cancel: () => void, patience: number): Following {
  let [over, failure]: [boolean, unknown] = [false, undefined]
  let wake: () => void = () => undefined
  const unconfirmed = setTimeout(() => {
    end(new UnavailableError('The event store takes calls and does not answer.'))
    cancel()
  }, patience)
  const end = (error?: unknown) => {
    clearTimeout(unconfirmed)
    over = true
    failure ??= error
    wake()
  }
  source.on('readable', () => wake())
  source.on('confirmation', () => clearTimeout(unconfirmed))
  source.on('error', end)
  source.on('end', () => end(new UnavailableError('The event store has ended the subscription.')))
  let stopped = false
  const stop = () => {
    stopped = true
    end()
    cancel()
  }
  async function* batches() {
    while (!stopped) {
      const batch: LogRecord[] = []
      for (let next = source.read(); next !== null; next = batch.length < MOST ? source.read() : null) batch.push(toRecord(next))
      if (batch.length > 0) yield batch
      else if (over) throw inOurWords(failure)
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { batches, stop }
}

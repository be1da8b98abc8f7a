import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** What a client proposes to write. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly json: boolean
  readonly data: Buffer
  readonly metadata: Buffer
}

export interface LogRecord extends Proposed {
  readonly stream: string
  readonly revision: number
  /** Ticks of 100 ns since 1970. */
  readonly created: bigint
  readonly commit: bigint
  readonly prepare: bigint
}

export type Expected = number | 'no_stream' | 'any' | 'stream_exists'

/** Success names the last revision and where it lies; otherwise the revision the stream is really at (-1: no stream). */
export type Outcome =
  | { readonly written: true; readonly revision: number; readonly at: LogRecord | undefined }
  | { readonly written: false; readonly current: number }

/** How many ids of committed events the server remembers for appends that expect any revision: memory of its own, gone at a restart. */
const REMEMBERED = 1000
/** A system event is written after so many appends, as the server's statistics are every so often. */
const STATISTICS_EVERY = 5

/**
 * The log of the double: one list in the order of $all, in memory, and in a file where one is given.
 *
 * Decides about an append as the server's index writer does (`CheckCommit`), its well-known weaknesses included: what is compared is ids
 * and never content; at the right revision nothing is compared at all; under `any` only recent ids of this stream are known.
 */
export class Log {
  readonly records: LogRecord[] = []
  private readonly streams = new Map<string, LogRecord[]>()
  private readonly recent = new Map<string, { readonly stream: string; readonly revision: number }>()
  private readonly listeners = new Set<() => void>()
  private end = 0n
  private appends = 0

  constructor(private readonly file?: string) {
    if (file !== undefined && existsSync(file))
      for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') this.keep(parse(line))
  }

  stream(name: string): readonly LogRecord[] {
    return this.streams.get(name) ?? []
  }

  /** Calls back after every write, until the returned function is called. */
  onWrite(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The index of the first record at this place or, where `after`, behind it. */
  indexOf(commit: bigint, prepare: bigint, after: boolean): number {
    let [low, high] = [0, this.records.length]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const at = this.records[middle]!
      const before = at.commit < commit || (at.commit === commit && (after ? at.prepare <= prepare : at.prepare < prepare))
      if (before) low = middle + 1
      else high = middle
    }
    return low
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const outcome = this.judge(stream, expected, events)
    if (outcome !== 'write') return outcome
    this.write(stream, events)
    if (++this.appends % STATISTICS_EVERY === 0) this.writeStatistics()
    for (const listener of this.listeners) listener()
    const last = this.stream(stream).at(-1)
    return { written: true, revision: last?.revision ?? -1, at: last }
  }

  /** What a restart forgets. */
  forget(): void {
    this.recent.clear()
  }

  writeStatistics(): void {
    this.write('$stats-127.0.0.1:2113', [
      { id: crypto.randomUUID(), type: '$statsCollected', json: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
    ])
  }

  private judge(stream: string, expected: Expected, events: readonly Proposed[]): Outcome | 'write' {
    const there = this.stream(stream)
    const current = there.length - 1
    const refused: Outcome = { written: false, current }
    if (expected === 'stream_exists' && current < 0) return refused
    if (expected === 'any' || expected === 'stream_exists') return this.bestEffort(stream, events) ?? 'write'
    const revision = expected === 'no_stream' ? -1 : expected
    if (revision > current) return refused
    if (revision === current) return 'write'
    // Written already? Only ids are compared.
    const last = there[revision + events.length]
    if (events.length === 0 || !last || events.some(({ id }, i) => there[revision + 1 + i]?.id !== id)) return refused
    return { written: true, revision: last.revision, at: last }
  }

  /** Undefined where the first id is not remembered: then all are written, known or not. */
  private bestEffort(stream: string, events: readonly Proposed[]): Outcome | undefined {
    const found = events.map(({ id }) => this.recent.get(id)).map((at) => (at?.stream === stream ? at : undefined))
    if (!found[0]) return undefined
    const last = found.at(-1)
    if (!last || found.includes(undefined)) return { written: false, current: this.stream(stream).length - 1 }
    return { written: true, revision: last.revision, at: this.stream(stream)[last.revision] }
  }

  /** One event is its own commit; several are a transaction: prepared one after the other, with the commit behind them. */
  private write(stream: string, events: readonly Proposed[]): void {
    const first = this.stream(stream).length
    const prepares = events.map((event) => {
      const prepare = this.end
      this.end += BigInt(100 + event.data.length + event.metadata.length)
      return prepare
    })
    const commit = events.length === 1 ? prepares[0]! : this.end
    if (events.length !== 1) this.end += 60n
    const created = BigInt(Date.now()) * 10_000n
    const records = events.map((event, i) => ({ ...event, stream, revision: first + i, created, commit, prepare: prepares[i]! }))
    // A batch is one line, so that a file cut short has it whole or not at all.
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(records, bigintsAsText)}\n`)
    this.keep(records)
    for (const { id, revision } of records) this.remember(id, stream, revision)
  }

  private keep(records: readonly LogRecord[]): void {
    for (const record of records) {
      this.records.push(record)
      const stream = this.streams.get(record.stream)
      if (stream) stream.push(record)
      else this.streams.set(record.stream, [record])
      this.end = record.commit + BigInt(200 + record.data.length + record.metadata.length)
    }
  }

  private remember(id: string, stream: string, revision: number): void {
    this.recent.delete(id)
    this.recent.set(id, { stream, revision })
    if (this.recent.size > REMEMBERED) this.recent.delete(this.recent.keys().next().value!)
  }
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** Buffers come out of JSON as their own description. */
const parse = (line: string): LogRecord[] =>
  (JSON.parse(line) as Record<keyof LogRecord, never>[]).map((r) => ({
    ...(r as unknown as LogRecord),
    data: Buffer.from(r.data),
    metadata: Buffer.from(r.metadata),
    created: BigInt(r.created),
    commit: BigInt(r.commit),
    prepare: BigInt(r.prepare),
  }))

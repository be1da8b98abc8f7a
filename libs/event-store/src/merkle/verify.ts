import { canonicalEvent } from '../canonical'
import type { StoredEvent } from '@circumspect/domain'
import { leafHash, MerkleTree } from './tree'
import type { HistoryCheckpoint } from './note'

/** One event of the history as it lies in the store, with the hash that was kept beside it. */
export interface HistoryRow {
  readonly position: number
  /** Canonical JSON of the event, UTF-8 as stored: bytes, so that none can hide; null where only its hash is left. */
  readonly envelope: Uint8Array | null
  /** 32 bytes; undefined where the hash is gone. */
  readonly leaf: Uint8Array | undefined
  /** The columns kept beside the envelope so that it can be found. */
  readonly id: string | null
  readonly stream: string | null
  readonly revision: number | null
}

/** What any store gives for its history to be verified: rows in the order of position. */
export interface HistorySource {
  history(): AsyncIterable<HistoryRow> | Iterable<HistoryRow>
}

export type Verification =
  | { readonly ok: true; readonly size: number; readonly root: Buffer }
  | {
      readonly ok: false
      /** The first event that does not fit, or the first of those among which it is. */
      readonly position: number
      /** The last position it can be: the same as `position`, unless event and hash were altered together. */
      readonly until: number
      /** The id that stands where it shows; null where no one event shows it. */
      readonly id: string | null
      readonly why: string
    }

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type Problem = Extract<Verification, { ok: false }>

/** What is wrong with one row. `exact`: it is this event; else it shows here, but an earlier one can be the cause. */
interface Finding {
  readonly why: string
  readonly exact: boolean
}

/**
 * Goes through the whole history and names the first event that does not fit: changed, missing, added or out of order. Checkpoints
 * are those signed earlier and kept elsewhere: they give away what was altered together with its hash, between one and the next.
 */
export async function verifyHistory(source: HistorySource, checkpoints: readonly HistoryCheckpoint[] = []): Promise<Verification> {
  const signed = [...checkpoints].sort((a, b) => a.size - b.size)
  const tree = new MerkleTree()
  const revisions = new Map<string, number>()
  /** How many events, from the first on, are those that were signed. */
  let trusted = 0
  /** The signed size that the history as read so far contradicts. */
  const contradicted = (): Problem | undefined => {
    for (; signed[0] && signed[0].size <= tree.size; trusted = signed.shift()!.size)
      if (!tree.root().equals(signed[0].root)) return differs(trusted, signed[0].size)
    return undefined
  }
  for await (const row of source.history()) {
    const problem = contradicted()
    if (problem) return problem
    const finding = examine(row, tree.size, revisions)
    if (finding) return { ok: false, position: finding.exact ? tree.size : trusted, until: tree.size, id: row.id, why: finding.why }
    tree.add(Buffer.from(row.leaf!))
  }
  const problem = contradicted()
  if (problem) return problem
  if (signed[0]) return { ok: false, position: trusted, until: tree.size, id: null, why: endsEarly(tree.size, signed.at(-1)!.size) }
  return { ok: true, size: tree.size, root: tree.root() }
}

const differs = (trusted: number, size: number): Problem => ({
  ok: false,
  position: trusted,
  until: Math.max(size - 1, 0),
  id: null,
  why: `The first ${size} events are not those that were signed: the root differs from the checkpoint of size ${size}.`,
})

const endsEarly = (size: number, signed: number) => `Events are missing: the history ends after ${size} events, but ${signed} were signed.`

function examine(row: HistoryRow, expected: number, revisions: Map<string, number>): Finding | undefined {
  const exact = (why: string): Finding => ({ why, exact: true })
  if (row.position > expected) return exact(`An event is missing: the next one after position ${expected - 1} is at ${row.position}.`)
  if (row.position < expected) return exact(`An event stands at position ${row.position}, where none can be.`)
  if (row.envelope === null) return exact('The event is missing; only its hash is left.')
  const event = read(row.envelope)
  if (!event) return exact('The event cannot be read.')
  if (row.leaf === undefined) return exact('The hash of the event is missing.')
  if (!leafHash(row.envelope).equals(row.leaf)) return exact('The event is not what was recorded: its hash differs.')
  if (!isCanonical(event, row.envelope)) return exact('The event is not in its canonical form.')
  if (event.id !== row.id || event.stream !== row.stream || event.revision !== row.revision)
    return exact('The event does not match its index: id, stream or revision beside it were altered.')
  const revision = (revisions.get(event.stream) ?? -1) + 1
  // Its own hash fits: either this event was moved here or rewritten, or one before it in its stream was.
  if (event.revision !== revision) return { why: `The event is out of order in its stream: revision ${revision} was expected.`, exact: false }
  revisions.set(event.stream, revision)
  return undefined
}

/** The event, if these bytes are JSON that has the look of one. */
function read(envelope: Uint8Array): StoredEvent | undefined {
  try {
    const event: unknown = JSON.parse(utf8.decode(envelope))
    return typeof event === 'object' && event !== null && 'id' in event && 'stream' in event ? (event as StoredEvent) : undefined
  } catch {
    return undefined
  }
}

function isCanonical(event: StoredEvent, envelope: Uint8Array): boolean {
  try {
    return Buffer.from(canonicalEvent(event)).equals(envelope)
  } catch {
    // Nested deeper than the stack: no event of ours.
    return false
  }
}

import { canonicalEvent } from '../canonical'
import type { StoredEvent } from '@circumspect/domain'
import { leafHash, MerkleTree } from './tree'
import type { HistoryCheckpoint } from './note'

/** One event of the history as it lies in the store, with the hash that was kept beside it. */
export interface HistoryRow {
  readonly position: number
  /** Canonical JSON of the event, UTF-8 as stored: bytes, so that none can hide; null where it is gone. */
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

/** What is wrong with one row, and where. */
interface Finding {
  readonly at: number
  /** The first position it can be; undefined where all since the last checkpoint can be the cause. */
  readonly from: number | undefined
  readonly why: string
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
    if (finding) return named(finding, trusted, row)
    tree.add(Buffer.from(row.leaf!))
  }
  const problem = contradicted()
  if (problem) return problem
  if (signed[0]) return { ok: false, position: trusted, until: tree.size, id: null, why: endsEarly(tree.size, signed.at(-1)!.size) }
  return { ok: true, size: tree.size, root: tree.root() }
}

const named = ({ at, from, why }: Finding, trusted: number, row: HistoryRow): Problem => ({
  ok: false,
  position: from ?? trusted,
  until: at,
  id: row.position === at ? row.id : null,
  why,
})

const differs = (trusted: number, size: number): Problem => ({
  ok: false,
  position: trusted,
  until: Math.max(size - 1, 0),
  id: null,
  why: `The first ${size} events are not those that were signed: the root differs from the checkpoint of size ${size}.`,
})

const endsEarly = (size: number, signed: number) => `Events are missing: the history ends after ${size} events, but ${signed} were signed.`

function examine(row: HistoryRow, expected: number, revisions: Map<string, number>): Finding | undefined {
  const here = (why: string, at = expected): Finding => ({ at, from: at, why })
  if (row.position > expected) return here(`An event is missing: nothing stands at position ${expected}, the next is at ${row.position}.`)
  if (row.position < expected) return here(`Something stands at position ${row.position}, where no event can be.`, row.position)
  if (row.envelope === null) return here('The event is missing; only its place is left.')
  const event = read(row.envelope)
  if (!event) return here('The event cannot be read.')
  if (row.leaf === undefined) return here('The hash of the event is missing.')
  if (!leafHash(row.envelope).equals(row.leaf)) return here('The event is not what was recorded: its hash differs.')
  if (!isCanonical(event, row.envelope)) return here('The event is not in its canonical form.')
  if (event.id !== row.id || event.stream !== row.stream || event.revision !== row.revision)
    return here('The event does not match its index: id, stream or revision beside it were altered.')
  const revision = (revisions.get(event.stream) ?? -1) + 1
  // Its own hash fits: either this event was moved here or rewritten, or one before it in its stream was.
  if (event.revision !== revision)
    return { at: expected, from: undefined, why: `The event is out of order in its stream: revision ${revision} was expected.` }
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

import { canonicalEvent } from '../canonical'
import type { StoredEvent } from '@circumspect/domain'
import { leafHash, MerkleTree } from './tree'
import type { HistoryCheckpoint } from './note'

/** One event of the history as it lies in the store, with the hash that was kept beside it. */
export interface HistoryRow {
  readonly position: number
  /** Canonical JSON of the event; null where only its hash is left. */
  readonly envelope: string | null
  /** 32 bytes; undefined where the hash is gone. */
  readonly leaf: Buffer | undefined
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
      /** Where only a signed checkpoint gives it away: the last position it can be. Else the same as `position`. */
      readonly until: number
      readonly why: string
    }

const wrong = (position: number, why: string, until = position): Verification => ({ ok: false, position, until, why })

/**
 * Goes through the whole history and names the first event that does not fit: changed, missing, added or out of order. Checkpoints
 * are those signed earlier and kept elsewhere: they give away what was altered together with its hash, between one and the next.
 */
export async function verifyHistory(source: HistorySource, checkpoints: readonly HistoryCheckpoint[] = []): Promise<Verification> {
  const bySize = new Map(checkpoints.map((c) => [c.size, c.root]))
  const tree = new MerkleTree()
  const revisions = new Map<string, number>()
  let trusted = 0
  for await (const row of source.history()) {
    const problem = problemOf(row, tree.size, revisions)
    if (problem) return wrong(tree.size, problem)
    tree.add(row.leaf!)
    const root = bySize.get(tree.size)
    if (root && !root.equals(tree.root())) return wrong(trusted, `Up to position ${tree.size - 1} this is not the history that was signed.`, tree.size - 1)
    if (root) trusted = tree.size
  }
  const longest = Math.max(0, ...bySize.keys())
  if (longest > tree.size) return wrong(tree.size, `The history ends here, but ${longest} events were signed.`)
  return { ok: true, size: tree.size, root: tree.root() }
}

function problemOf(row: HistoryRow, expected: number, revisions: Map<string, number>): string | undefined {
  if (row.position !== expected) return `An event is missing: position ${expected} is not there.`
  if (row.envelope === null) return 'The event is missing; only its hash is left.'
  const event = parse(row.envelope)
  if (!event) return 'The event cannot be read.'
  if (row.leaf === undefined) return 'The hash of the event is missing.'
  if (!leafHash(row.envelope).equals(row.leaf)) return 'The event is not what was recorded: its hash differs.'
  if (canonicalEvent(event) !== row.envelope) return 'The event is not in its canonical form.'
  if (event.id !== row.id || event.stream !== row.stream || event.revision !== row.revision) return 'The event does not match its index.'
  const revision = (revisions.get(event.stream) ?? -1) + 1
  if (event.revision !== revision) return `The event is out of order in its stream: revision ${revision} was expected.`
  revisions.set(event.stream, revision)
  return undefined
}

function parse(envelope: string): StoredEvent | undefined {
  try {
    const event: unknown = JSON.parse(envelope)
    return typeof event === 'object' && event !== null && 'id' in event && 'stream' in event ? (event as StoredEvent) : undefined
  } catch {
    return undefined
  }
}

import type Database from 'libsql'
import type { HistoryRow } from '../merkle/verify'

const PAGE = 1000

// Everything that is or could have become text is read as bytes: the driver ends the whole process on text that is not UTF-8, and
// cuts text short at a zero byte.
const EVENTS = `
  SELECT position, CAST(id AS BLOB) AS id, CAST(stream AS BLOB) AS stream, CAST(envelope AS BLOB) AS envelope,
    CASE typeof(revision) WHEN 'integer' THEN revision END AS revision
  FROM events WHERE position > ? ORDER BY position LIMIT ${PAGE}`
const LEAVES = `SELECT position, CAST(hash AS BLOB) AS hash FROM leaves WHERE position > ? ORDER BY position LIMIT ${PAGE}`

interface EventRow {
  readonly position: number
  readonly id: ArrayBuffer | null
  readonly stream: ArrayBuffer | null
  readonly revision: number | null
  readonly envelope: ArrayBuffer | null
}

interface LeafRow {
  readonly position: number
  readonly hash: ArrayBuffer | null
}

/** The history as it lies on the disk, for verification: every event and every leaf, matched by position. */
export function* historyOf(db: Database.Database): Generator<HistoryRow> {
  const leaves = paged<LeafRow>(db, LEAVES)
  const nextLeaf = () => leaves.next().value as LeafRow | undefined
  let leaf = nextLeaf()
  for (const event of paged<EventRow>(db, EVENTS)) {
    for (; leaf && leaf.position < event.position; leaf = nextLeaf()) yield alone(leaf)
    const ours = leaf?.position === event.position ? leaf : undefined
    yield {
      position: event.position,
      id: event.id && Buffer.from(event.id).toString(),
      stream: event.stream && Buffer.from(event.stream).toString(),
      revision: event.revision,
      envelope: event.envelope && Buffer.from(event.envelope),
      leaf: ours?.hash ? Buffer.from(ours.hash) : undefined,
    }
    if (ours) leaf = nextLeaf()
  }
  for (; leaf; leaf = nextLeaf()) yield alone(leaf)
}

const alone = ({ position, hash }: LeafRow): HistoryRow => ({
  position, id: null, stream: null, revision: null, envelope: null, leaf: hash ? Buffer.from(hash) : undefined,
})

function* paged<R extends { readonly position: number }>(db: Database.Database, sql: string): Generator<R, undefined> {
  const page = db.prepare(sql)
  for (let after = Number.NEGATIVE_INFINITY; ; ) {
    const rows = page.all(after) as R[]
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!.position
  }
}

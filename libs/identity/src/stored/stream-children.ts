import type { StreamId } from '@circumspect/domain'
import { firstOf, rowsOf, type Work } from './work'

/*
 * Which children a stream is about so far: a text about the case is about all of them. A review is about the children of its case.
 * What writes is to be called inside a transaction.
 */

export function* isErased(child: string): Work<boolean> {
  return (yield* firstOf('SELECT 1 AS one FROM tombstones WHERE child = ?', child)) !== undefined
}

/** Those who are not erased. */
export function* childrenOn(stream: StreamId): Work<string[]> {
  const sql = 'SELECT child FROM stream_children WHERE stream = ? AND child NOT IN (SELECT child FROM tombstones)'
  return (yield* rowsOf<{ child: string }>(sql, stream)).map((row) => row.child)
}

/** A child comes into a stream: what was written there about the case is about this child too. */
export function* join(stream: StreamId, child: string): Work<void> {
  const put = 'INSERT INTO stream_children (stream, child) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING child'
  if ((yield* firstOf(put, stream, child)) === undefined) return
  const tag = `INSERT INTO key_children (key, child) SELECT id, CAST(? AS TEXT) FROM text_keys WHERE stream = ? AND about = 'case'
    ON CONFLICT DO NOTHING`
  yield* rowsOf(tag, child, stream)
  const followers = yield* rowsOf<{ stream: StreamId }>('SELECT stream FROM followed_streams WHERE followed = ?', stream)
  for (const follower of followers) yield* join(follower.stream, child)
}

/** From now on the children of `followed` are those of `stream` too. */
export function* follow(stream: StreamId, followed: StreamId): Work<void> {
  if (stream === followed) return
  const put = 'INSERT INTO followed_streams (followed, stream) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING stream'
  if ((yield* firstOf(put, followed, stream)) === undefined) return
  for (const child of yield* childrenOn(followed)) yield* join(stream, child)
}

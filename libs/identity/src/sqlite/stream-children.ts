import type Database from 'libsql'
import type { StreamId } from '@circumspect/domain'

/**
 * Which children a stream is about so far: a text about the case is about all of them. A review is about the children of its case.
 * What writes is to be called inside a transaction.
 */
export class StreamChildren {
  private readonly sql

  constructor(db: Database.Database) {
    this.sql = {
      join: db.prepare('INSERT OR IGNORE INTO stream_children (stream, child) VALUES (?, ?)'),
      tag: db.prepare("INSERT OR IGNORE INTO key_children (key, child) SELECT id, ? FROM text_keys WHERE stream = ? AND about = 'case'"),
      on: db.prepare('SELECT child FROM stream_children WHERE stream = ? AND child NOT IN (SELECT child FROM tombstones)'),
      follow: db.prepare('INSERT OR IGNORE INTO followed_streams (followed, stream) VALUES (?, ?)'),
      followers: db.prepare('SELECT stream FROM followed_streams WHERE followed = ?'),
      erased: db.prepare('SELECT 1 FROM tombstones WHERE child = ?'),
    }
  }

  isErased(child: string): boolean {
    return this.sql.erased.get(child) !== undefined
  }

  /** Those who are not erased. */
  on(stream: StreamId): string[] {
    return (this.sql.on.all(stream) as { child: string }[]).map((row) => row.child)
  }

  /** A child comes into a stream: what was written there about the case is about this child too. */
  join(stream: StreamId, child: string): void {
    if (this.sql.join.run(stream, child).changes === 0) return
    this.sql.tag.run(child, stream)
    for (const follower of this.sql.followers.all(stream) as { stream: StreamId }[]) this.join(follower.stream, child)
  }

  /** From now on the children of `followed` are those of `stream` too. */
  follow(stream: StreamId, followed: StreamId): void {
    if (stream === followed || this.sql.follow.run(followed, stream).changes === 0) return
    for (const child of this.on(followed)) this.join(stream, child)
  }
}

import type Database from 'libsql'
import type { NewEvent, RecordedEvent } from '@circumspect/domain'
import { sealedContent, spokenContent } from '../content'
import { hmac } from '../crypto'

/** A keyed digest of what each event said before it was sealed, kept for each sealing of it. */
export class Digests {
  private readonly sql

  constructor(
    db: Database.Database,
    private readonly key: Buffer,
  ) {
    this.sql = {
      keep: db.prepare('INSERT OR IGNORE INTO digests (event, sealed, digest) VALUES (?, ?, ?)'),
      of: db.prepare('SELECT digest FROM digests WHERE event = ? AND sealed = ?'),
    }
  }

  /** To be called inside a transaction. */
  keep(sealed: NewEvent, event: NewEvent): void {
    this.sql.keep.run(event.id, sealedContent(sealed), this.digest(event))
  }

  /** Does the event say what the recorded one was made from? Undefined where its digest is not kept, or no longer. */
  agree(recorded: RecordedEvent, event: NewEvent): boolean | undefined {
    const row = this.sql.of.get(recorded.id, sealedContent(recorded)) as { digest: string } | undefined
    return row && row.digest === this.digest(event)
  }

  private digest(event: NewEvent): string {
    return hmac(this.key, spokenContent(event)).toString('hex')
  }
}

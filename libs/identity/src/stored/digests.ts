import type { NewEvent, StoredEvent } from '@circumspect/domain'
import { sealedContent, spokenContent } from '../content'
import { hmac } from '../crypto'
import { firstOf, rowsOf, type Work } from './work'

/** A keyed digest of what each event said before it was sealed, kept for each sealing of it. */
export class Digests {
  constructor(private readonly key: Buffer) {}

  /** To be called inside a transaction. */
  *keep(sealed: NewEvent, event: NewEvent): Work<void> {
    const put = 'INSERT INTO digests (event, sealed, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
    yield* rowsOf(put, event.id, sealedContent(sealed), this.digest(event))
  }

  /** Does the event say what the recorded one was made from? Undefined where its digest is not kept, or no longer. */
  *agree(recorded: StoredEvent, event: NewEvent): Work<boolean | undefined> {
    const sql = 'SELECT digest FROM digests WHERE event = ? AND sealed = ?'
    const row = yield* firstOf<{ digest: string }>(sql, recorded.id, sealedContent(recorded))
    return row && row.digest === this.digest(event)
  }

  private digest(event: NewEvent): string {
    return hmac(this.key, spokenContent(event)).toString('hex')
  }
}

import { randomBytes } from 'node:crypto'
import type { StreamId } from '@circumspect/domain'
import { boundTo, decrypt, encrypt } from '../crypto'
import type { Draft } from '../vault'
import { bytes, firstOf, rowsOf, type Work } from './work'

interface Kept {
  readonly id: string
  readonly account: string
  readonly stream: StreamId
  readonly saved_at: string
  readonly until: string
  readonly wrapped: unknown
  readonly content: unknown
}

/** What people have begun to write, each under a key of its own. What writes is to be called inside a transaction. */
export class Drafts {
  constructor(private readonly master: Buffer) {}

  *keep({ id, account, stream, savedAt, until, content }: Draft): Work<boolean> {
    yield* rowsOf('DELETE FROM drafts WHERE until <= ?', savedAt)
    const owner = yield* firstOf<{ account: string }>('SELECT account FROM drafts WHERE id = ?', id)
    if (owner && owner.account !== account) return false
    const key = randomBytes(32)
    const put = `INSERT INTO drafts (id, account, stream, saved_at, until, wrapped, content) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET stream = excluded.stream, saved_at = excluded.saved_at, until = excluded.until,
        wrapped = excluded.wrapped, content = excluded.content`
    const bound = boundTo('draft', id, account)
    yield* rowsOf(put, id, account, stream, savedAt, until, encrypt(this.master, key, bound), encrypt(key, Buffer.from(content), bound))
    return true
  }

  *of(account: string, now: string): Work<Draft[]> {
    const sql = 'SELECT * FROM drafts WHERE account = ? AND until > ? ORDER BY saved_at DESC, id'
    return (yield* rowsOf<Kept>(sql, account, now)).map((row) => this.open(row))
  }

  *drop(account: string, id: string): Work<void> {
    yield* rowsOf('DELETE FROM drafts WHERE account = ? AND id = ?', account, id)
  }

  /** Deletes the drafts that name this child, and those for records that do. */
  *forget(child: string): Work<void> {
    yield* rowsOf('DELETE FROM drafts WHERE stream IN (SELECT stream FROM stream_children WHERE child = ?)', child)
    for (const row of yield* rowsOf<Kept>('SELECT * FROM drafts'))
      if (this.open(row).content.includes(child)) yield* rowsOf('DELETE FROM drafts WHERE id = ?', row.id)
  }

  private open({ id, account, stream, saved_at, until, wrapped, content }: Kept): Draft {
    const bound = boundTo('draft', id, account)
    const key = decrypt(this.master, bytes(wrapped), bound)
    return { id, account, stream, savedAt: saved_at, until, content: decrypt(key, bytes(content), bound).toString('utf8') }
  }
}

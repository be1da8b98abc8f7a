import { randomBytes } from 'node:crypto'
import { boundTo, decrypt, encrypt } from '../crypto'
import type { KeptAccount } from '../vault'
import { bytes, rowsOf, type Work } from './work'

interface Kept {
  readonly id: string
  readonly role: string
  /** JSON: `"all"`, or an array of ids. */
  readonly schools: string
  readonly wrapped: unknown
  readonly name: unknown
}

/** Who may be let in. Names are encrypted, each under a key of its own. What writes is to be called inside a transaction. */
export class Accounts {
  constructor(private readonly master: Buffer) {}

  *keep({ id, role, schools, name }: KeptAccount): Work<void> {
    const put = `INSERT INTO accounts (id, role, schools, wrapped, name) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET role = excluded.role, schools = excluded.schools, wrapped = excluded.wrapped, name = excluded.name`
    const key = randomBytes(32)
    const bound = boundTo('account', id)
    const sealed = encrypt(key, Buffer.from(JSON.stringify(name ?? null)), bound)
    yield* rowsOf(put, id, role, JSON.stringify(schools), encrypt(this.master, key, bound), sealed)
  }

  *all(): Work<KeptAccount[]> {
    return (yield* rowsOf<Kept>('SELECT id, role, schools, wrapped, name FROM accounts ORDER BY id')).map((row) => this.open(row))
  }

  *drop(id: string): Work<void> {
    yield* rowsOf('DELETE FROM accounts WHERE id = ?', id)
  }

  private open({ id, role, schools, wrapped, name: sealed }: Kept): KeptAccount {
    const bound = boundTo('account', id)
    const key = decrypt(this.master, bytes(wrapped), bound)
    const name = JSON.parse(decrypt(key, bytes(sealed), bound).toString('utf8')) as string | null
    return { id, role, schools: JSON.parse(schools) as KeptAccount['schools'], ...(name !== null && { name }) }
  }
}

import { randomBytes, randomUUID } from 'node:crypto'
import { decrypt, encrypt, hmac } from '../crypto'
import { ConflictingReferencesError, type ChildDetails, type ChildReference } from '../vault'
import type { Secrets } from './secrets'
import { bytes, firstOf, rowsOf, type Work } from './work'

/** The same reference however it is typed: without spaces, in capitals. */
const normalised = (value: string): string => value.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

interface DetailsRow {
  readonly child: string
  readonly wrapped: unknown
  readonly details: unknown
}

/** Who a random id stands for. What writes is to be called inside a transaction. */
export class Children {
  constructor(
    private readonly master: Buffer,
    private readonly secrets: Secrets,
  ) {}

  *childFor(references: readonly ChildReference[], details?: ChildDetails): Work<string> {
    const known = new Set<string>()
    for (const reference of references) {
      const child = yield* this.find(reference)
      if (child !== undefined) known.add(child)
    }
    if (known.size > 1)
      throw new ConflictingReferencesError('These references are of different children. Check them; if it is one child, link the two records.')
    const child = [...known][0] ?? randomUUID()
    yield* rowsOf('INSERT INTO children (child) VALUES (?) ON CONFLICT DO NOTHING', child)
    for (const reference of references) yield* this.refer(reference, child)
    if (details) yield* this.describe(child, details)
    return child
  }

  *find(reference: ChildReference): Work<string | undefined> {
    for (const { id, hash } of yield* this.hashesOf(reference)) {
      const row = yield* firstOf<{ child: string }>('SELECT child FROM child_references WHERE secret = ? AND hash = ?', id, hash)
      if (row) return row.child
    }
    return undefined
  }

  *knows(child: string): Work<boolean> {
    return (yield* firstOf('SELECT 1 AS one FROM children WHERE child = ?', child)) !== undefined
  }

  *details(child: string): Work<ChildDetails | undefined> {
    const row = yield* firstOf<DetailsRow>('SELECT child, wrapped, details FROM children WHERE child = ? AND details IS NOT NULL', child)
    return row && this.opened(row)
  }

  /** The next children after this id of whom anything is known, in the order of their ids. */
  *page(after: string, limit: number): Work<{ child: string; details: ChildDetails }[]> {
    const rows = yield* rowsOf<DetailsRow>(
      'SELECT child, wrapped, details FROM children WHERE details IS NOT NULL AND child > ? ORDER BY child LIMIT ?',
      after,
      limit,
    )
    return rows.map((row) => ({ child: row.child, details: this.opened(row) }))
  }

  private opened({ child, wrapped, details }: DetailsRow): ChildDetails {
    const key = decrypt(this.master, bytes(wrapped), child)
    return JSON.parse(decrypt(key, bytes(details), child).toString('utf8')) as ChildDetails
  }

  *forget(child: string): Work<void> {
    yield* rowsOf('DELETE FROM child_references WHERE child = ?', child)
    yield* rowsOf('DELETE FROM children WHERE child = ?', child)
  }

  /** Kept under the newest secret; what was kept under older ones moves there. */
  private *refer(reference: ChildReference, child: string): Work<void> {
    const [newest, ...older] = yield* this.hashesOf(reference)
    for (const { id, hash } of older) yield* rowsOf('DELETE FROM child_references WHERE secret = ? AND hash = ?', id, hash)
    const put = 'INSERT INTO child_references (secret, hash, child) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
    yield* rowsOf(put, newest!.id, newest!.hash, child)
  }

  private *hashesOf({ issuer, scheme, value }: ChildReference): Work<{ id: string; hash: string }[]> {
    const secrets = yield* this.secrets.references()
    return secrets.map(({ id, key }) => ({ id, hash: hmac(key, issuer, scheme, normalised(value)).toString('hex') }))
  }

  /** Adds to what is known of a child, all of it under a new key of the child's own. */
  private *describe(child: string, details: ChildDetails): Work<void> {
    const key = randomBytes(32)
    const whole = JSON.stringify({ ...(yield* this.details(child)), ...details })
    const [wrapped, kept] = [encrypt(this.master, key, child), encrypt(key, Buffer.from(whole), child)]
    yield* rowsOf('UPDATE children SET wrapped = ?, details = ? WHERE child = ?', wrapped, kept, child)
  }
}

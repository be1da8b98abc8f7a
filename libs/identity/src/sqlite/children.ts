import type Database from 'libsql'
import { randomBytes, randomUUID } from 'node:crypto'
import { decrypt, encrypt, hmac } from '../crypto'
import { ConflictingReferencesError, type ChildDetails, type ChildReference } from '../vault'
import type { Secrets } from './secrets'

interface ChildRow {
  readonly wrapped: ArrayBuffer
  readonly details: ArrayBuffer
}

/** The same reference however it is typed: without spaces, in capitals. */
const normalised = (value: string): string => value.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

/** Who a random id stands for. What writes is to be called inside a transaction. */
export class Children {
  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
    private readonly secrets: Secrets,
  ) {}

  childFor(references: readonly ChildReference[], details?: ChildDetails): string {
    const known = new Set(references.map((r) => this.find(r)).filter((c) => c !== undefined))
    if (known.size > 1)
      throw new ConflictingReferencesError('These references are of different children. Check them; if it is one child, link the two records.')
    const child = [...known][0] ?? randomUUID()
    this.db.prepare('INSERT OR IGNORE INTO children (child) VALUES (?)').run(child)
    for (const reference of references) this.refer(reference, child)
    if (details) this.describe(child, details)
    return child
  }

  find(reference: ChildReference): string | undefined {
    const lookUp = this.db.prepare('SELECT child FROM child_references WHERE secret = ? AND hash = ?')
    for (const { id, hash } of this.hashesOf(reference)) {
      const row = lookUp.get(id, hash) as { child: string } | undefined
      if (row) return row.child
    }
    return undefined
  }

  knows(child: string): boolean {
    return this.db.prepare('SELECT 1 FROM children WHERE child = ?').get(child) !== undefined
  }

  details(child: string): ChildDetails | undefined {
    const found = this.db.prepare('SELECT wrapped, details FROM children WHERE child = ? AND details IS NOT NULL').get(child)
    if (found === undefined) return undefined
    const row = found as ChildRow
    const key = decrypt(this.master, Buffer.from(row.wrapped), child)
    return JSON.parse(decrypt(key, Buffer.from(row.details), child).toString('utf8')) as ChildDetails
  }

  forget(child: string): void {
    this.db.prepare('DELETE FROM child_references WHERE child = ?').run(child)
    this.db.prepare('DELETE FROM children WHERE child = ?').run(child)
  }

  /** Kept under the newest secret; what was kept under older ones moves there. */
  private refer(reference: ChildReference, child: string): void {
    const [newest, ...older] = this.hashesOf(reference)
    for (const { id, hash } of older) this.db.prepare('DELETE FROM child_references WHERE secret = ? AND hash = ?').run(id, hash)
    this.db.prepare('INSERT OR IGNORE INTO child_references (secret, hash, child) VALUES (?, ?, ?)').run(newest!.id, newest!.hash, child)
  }

  private hashesOf({ issuer, scheme, value }: ChildReference): { id: string; hash: string }[] {
    return this.secrets.all('reference').map(({ id, key }) => ({ id, hash: hmac(key, issuer, scheme, normalised(value)).toString('hex') }))
  }

  /** Adds to what is known of a child, all of it under a new key of the child's own. */
  private describe(child: string, details: ChildDetails): void {
    const key = randomBytes(32)
    const whole = JSON.stringify({ ...this.details(child), ...details })
    this.db
      .prepare('UPDATE children SET wrapped = ?, details = ? WHERE child = ?')
      .run(encrypt(this.master, key, child), encrypt(key, Buffer.from(whole), child), child)
  }
}

import type Database from 'libsql'
import { randomUUID } from 'node:crypto'
import { decrypt, encrypt, hmac } from '../crypto'
import { ConflictingReferencesError, type ChildDetails, type ChildReference } from '../vault'
import type { Secrets } from './secrets'

/** The same reference however it is typed: without spaces, in capitals. */
const normalised = (value: string): string => value.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

/** Who a random id stands for. */
export class Children {
  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
    private readonly secrets: Secrets,
  ) {}

  /** To be called inside a transaction. */
  childFor(references: readonly ChildReference[], details?: ChildDetails): string {
    const known = new Set(references.map((r) => this.find(r)).filter((c) => c !== undefined))
    if (known.size > 1) throw new ConflictingReferencesError('These references belong to different children. Check them; if it is one child, link the two records.')
    const child = [...known][0] ?? randomUUID()
    this.db.prepare('INSERT OR IGNORE INTO children (child) VALUES (?)').run(child)
    const { id, key } = this.secrets.all('reference')[0]!
    for (const { issuer, scheme, value } of references)
      this.db
        .prepare('INSERT OR IGNORE INTO child_references (secret, hash, child) VALUES (?, ?, ?)')
        .run(id, hmac(key, issuer, scheme, normalised(value)).toString('hex'), child)
    if (details) this.describe(child, details)
    return child
  }

  find({ issuer, scheme, value }: ChildReference): string | undefined {
    const lookUp = this.db.prepare('SELECT child FROM child_references WHERE secret = ? AND hash = ?')
    for (const { id, key } of this.secrets.all('reference')) {
      const row = lookUp.get(id, hmac(key, issuer, scheme, normalised(value)).toString('hex')) as { child: string } | undefined
      if (row) return row.child
    }
    return undefined
  }

  knows(child: string): boolean {
    return this.db.prepare('SELECT 1 FROM children WHERE child = ?').get(child) !== undefined
  }

  details(child: string): ChildDetails | undefined {
    const row = this.db.prepare('SELECT details FROM children WHERE child = ?').get(child) as { details: ArrayBuffer | null } | undefined
    return row?.details ? (JSON.parse(decrypt(this.master, Buffer.from(row.details), child).toString('utf8')) as ChildDetails) : undefined
  }

  forget(child: string): void {
    this.db.prepare('DELETE FROM child_references WHERE child = ?').run(child)
    this.db.prepare('DELETE FROM children WHERE child = ?').run(child)
  }

  private describe(child: string, details: ChildDetails): void {
    const whole = { ...this.details(child), ...details }
    this.db.prepare('UPDATE children SET details = ? WHERE child = ?').run(encrypt(this.master, Buffer.from(JSON.stringify(whole)), child), child)
  }
}

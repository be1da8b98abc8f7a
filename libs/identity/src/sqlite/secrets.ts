import type Database from 'libsql'
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { decrypt, encrypt } from '../crypto'
import { WrongMasterKeyError } from '../vault'

interface SecretRow {
  readonly id: string
  readonly wrapped: ArrayBuffer
}

/** The vault's own secrets, wrapped by the master key. Of each purpose the newest is used, the older ones are still known. */
export class Secrets {
  private readonly known = new Map<string, { id: string; key: Buffer }[]>()

  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
  ) {}

  /** The secrets of a purpose, the newest first; made if there is none. */
  all(purpose: 'reference' | 'digest'): { id: string; key: Buffer }[] {
    const found = this.of(purpose)
    return found.length > 0 ? found : [this.keep(purpose, randomBytes(32))]
  }

  /** A new secret of this purpose, used from now on. */
  rotate(purpose: 'reference' | 'digest'): void {
    this.keep(purpose, randomBytes(32))
  }

  signingKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
    const found = this.of('signing')[0] ?? this.keep('signing', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }))
    const privateKey = createPrivateKey({ key: found.key, type: 'pkcs8', format: 'der' })
    return { privateKey, publicKey: createPublicKey(privateKey) }
  }

  private of(purpose: string): { id: string; key: Buffer }[] {
    const known = this.known.get(purpose)
    if (known) return known
    const rows = this.db.prepare('SELECT id, wrapped FROM secrets WHERE purpose = ? ORDER BY rowid DESC').all(purpose) as SecretRow[]
    const secrets = rows.map(({ id, wrapped }) => ({ id, key: this.unwrap(id, purpose, Buffer.from(wrapped)) }))
    if (secrets.length > 0) this.known.set(purpose, secrets)
    return secrets
  }

  private keep(purpose: string, key: Buffer): { id: string; key: Buffer } {
    const id = randomUUID()
    this.db.prepare('INSERT INTO secrets (id, purpose, wrapped) VALUES (?, ?, ?)').run(id, purpose, encrypt(this.master, key, `${purpose} ${id}`))
    this.known.delete(purpose)
    return { id, key }
  }

  private unwrap(id: string, purpose: string, wrapped: Buffer): Buffer {
    try {
      return decrypt(this.master, wrapped, `${purpose} ${id}`)
    } catch (error) {
      throw new WrongMasterKeyError('The master key is not the one of this vault. Put back the key that belongs to it.', { cause: error })
    }
  }
}

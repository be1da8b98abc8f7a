import type Database from 'libsql'
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { decrypt, encrypt } from '../crypto'
import { WrongMasterKeyError } from '../vault'

/** What each secret is for, and how it is made. */
const MAKE = {
  reference: () => randomBytes(32),
  digest: () => randomBytes(32),
  ids: () => randomBytes(32),
  signing: () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }),
}
type Purpose = keyof typeof MAKE
const PURPOSES = Object.keys(MAKE) as Purpose[]

interface Secret {
  readonly id: string
  readonly key: Buffer
}

/** The vault's own secrets, wrapped by the master key. Of each purpose the newest is used, the older ones are still known. */
export class Secrets {
  private known = new Map<Purpose, readonly Secret[]>()

  /**
   * Reads them all, and makes those that are missing.
   * @throws WrongMasterKeyError
   */
  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
  ) {
    db.transaction(() => {
      this.reload()
      for (const purpose of PURPOSES) if (this.all(purpose).length === 0) this.add(purpose)
    }).immediate()
    this.reload()
  }

  /** The secrets of a purpose, the newest first. */
  all(purpose: Purpose): readonly Secret[] {
    return this.known.get(purpose) ?? []
  }

  newest(purpose: Purpose): Secret {
    return this.all(purpose)[0]!
  }

  /** Adds a secret, to be used once the transaction it is added in is durable and the secrets are read again. */
  add(purpose: Purpose): void {
    const id = randomUUID()
    const wrapped = encrypt(this.master, MAKE[purpose](), `${purpose} ${id}`)
    this.db.prepare('INSERT INTO secrets (id, purpose, wrapped) VALUES (?, ?, ?)').run(id, purpose, wrapped)
  }

  reload(): void {
    this.known = new Map(PURPOSES.map((purpose) => [purpose, this.read(purpose)]))
  }

  signingKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
    const privateKey = createPrivateKey({ key: this.newest('signing').key, type: 'pkcs8', format: 'der' })
    return { privateKey, publicKey: createPublicKey(privateKey) }
  }

  private read(purpose: Purpose): Secret[] {
    const rows = this.db.prepare('SELECT id, wrapped FROM secrets WHERE purpose = ? ORDER BY number DESC').all(purpose)
    const secret = ({ id, wrapped }: { id: string; wrapped: ArrayBuffer }) => ({ id, key: this.unwrap(id, purpose, Buffer.from(wrapped)) })
    return (rows as Parameters<typeof secret>[0][]).map(secret)
  }

  private unwrap(id: string, purpose: string, wrapped: Buffer): Buffer {
    try {
      return decrypt(this.master, wrapped, `${purpose} ${id}`)
    } catch (cause) {
      const remedy = 'Put back the key that belongs to it, or give it in CIRCUMSPECT_MASTER_KEY.'
      throw new WrongMasterKeyError(`The master key is not the one of this vault. ${remedy}`, { cause })
    }
  }
}

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { decrypt, encrypt } from '../crypto'
import { WrongMasterKeyError } from '../vault'
import { bytes, rowsOf, type Work } from './work'

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

  constructor(private readonly master: Buffer) {}

  /**
   * Reads them all, and makes those that are missing. To be called inside a transaction.
   * @throws WrongMasterKeyError
   */
  *load(): Work<void> {
    yield* this.reload()
    for (const purpose of PURPOSES) if (this.all(purpose).length === 0) yield* this.add(purpose)
    yield* this.reload()
  }

  /** The secrets of a purpose, the newest first. */
  all(purpose: Purpose): readonly Secret[] {
    return this.known.get(purpose) ?? []
  }

  newest(purpose: Purpose): Secret {
    return this.all(purpose)[0]!
  }

  /** Adds a secret, to be used once the transaction it is added in is durable and the secrets are read again. */
  *add(purpose: Purpose): Work<void> {
    const id = randomUUID()
    const wrapped = encrypt(this.master, MAKE[purpose](), `${purpose} ${id}`)
    yield* rowsOf('INSERT INTO secrets (id, purpose, wrapped) VALUES (?, ?, ?)', id, purpose, wrapped)
  }

  *reload(): Work<void> {
    const known = new Map<Purpose, readonly Secret[]>()
    for (const purpose of PURPOSES) known.set(purpose, yield* this.read(purpose))
    this.known = known
  }

  /** The secrets for references, with those that another process may have added meanwhile. */
  *references(): Work<readonly Secret[]> {
    const rows = yield* rowsOf<{ id: string }>("SELECT id FROM secrets WHERE purpose = 'reference'")
    if (rows.length !== this.all('reference').length) yield* this.reload()
    return this.all('reference')
  }

  signingKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
    const privateKey = createPrivateKey({ key: this.newest('signing').key, type: 'pkcs8', format: 'der' })
    return { privateKey, publicKey: createPublicKey(privateKey) }
  }

  private *read(purpose: Purpose): Work<Secret[]> {
    const rows = yield* rowsOf<{ id: string; wrapped: unknown }>('SELECT id, wrapped FROM secrets WHERE purpose = ? ORDER BY number DESC', purpose)
    return rows.map(({ id, wrapped }) => ({ id, key: this.unwrap(id, purpose, bytes(wrapped)) }))
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

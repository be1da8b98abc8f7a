import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WrongMasterKeyError } from '../vault'

/**
 * The key that wraps all others: 32 bytes. Given (base64), or kept in `master.key` beside the vault, which is made with a new vault.
 * Whoever has the vault and this key can read every text: back them up apart.
 */
export function masterKey(vaultFile: string, given?: string): Buffer {
  if (given !== undefined) return checked(Buffer.from(given, 'base64'), 'CIRCUMSPECT_MASTER_KEY')
  const file = join(dirname(vaultFile), 'master.key')
  if (!existsSync(file)) {
    if (existsSync(vaultFile)) throw new WrongMasterKeyError(`The vault ${vaultFile} is there, but its key ${file} is not. Put the key back from its backup.`)
    writeFileSync(file, randomBytes(32).toString('base64') + '\n', { mode: 0o600, flag: 'wx', flush: true })
  }
  return checked(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'), file)
}

function checked(key: Buffer, where: string): Buffer {
  if (key.length !== 32) throw new WrongMasterKeyError(`${where} is not a master key: 32 bytes in base64 were expected.`)
  return key
}

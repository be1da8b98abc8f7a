import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WrongMasterKeyError } from './vault'

const BYTES = 32

/**
 * The key that wraps all others: 32 bytes. Given (base64), or kept in `master.key` beside the vault, which is made with a new vault.
 * Whoever has the vault and this key can read every text: back them up apart.
 * @throws WrongMasterKeyError
 */
export function masterKey(vaultFile: string, given?: string): Buffer {
  if (given !== undefined) return givenMasterKey(given)
  const file = join(dirname(vaultFile), 'master.key')
  if (!existsSync(file)) {
    if (existsSync(vaultFile))
      throw new WrongMasterKeyError(
        `The vault ${vaultFile} is there, but its key ${file} is not. Put it back from its backup, or give it in CIRCUMSPECT_MASTER_KEY.`,
      )
    makeKey(file)
  }
  const bytes = readFileSync(file)
  const key = bytes.length === BYTES ? bytes : fromBase64(bytes.toString('latin1'))
  return checked(key, `${file} is no master key: 32 bytes were expected, as they are or in base64. Put the key back from its backup.`)
}

/** @throws WrongMasterKeyError where `given` is not 32 bytes in base64 */
export const givenMasterKey = (given: string): Buffer =>
  checked(fromBase64(given), 'CIRCUMSPECT_MASTER_KEY is no master key: 32 bytes in base64 were expected.')

/** Whole or not at all, and on the disk before the vault is; where another process was faster, its key stays. */
function makeKey(file: string): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, randomBytes(BYTES), { mode: 0o600, flag: 'wx', flush: true })
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const directory = openSync(dirname(file), 'r')
  fsyncSync(directory)
  closeSync(directory)
}

const fromBase64 = (text: string): Buffer => Buffer.from(text.trim(), 'base64')

function checked(key: Buffer, problem: string): Buffer {
  if (key.length !== BYTES) throw new WrongMasterKeyError(problem)
  return key
}

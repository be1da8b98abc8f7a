import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who may log in to the engine: one writes, one reads. */
export type EngineUser = 'projector' | 'reader'

/** The password of each user. */
export type Credentials = Readonly<Record<EngineUser, string>>

/**
 * The passwords of this folder, made at its first start and kept in `passwords.json`, which only its owner may read. If that file
 * is lost or damaged new ones are made: the engine's configuration is written from them at every start.
 */
export function credentialsIn(directory: string): Credentials {
  const file = join(directory, 'passwords.json')
  const credentials = kept(file) ?? { projector: newPassword(), reader: newPassword() }
  writePrivately(file, JSON.stringify(credentials))
  return credentials
}

/** Writes a file that only its owner may read. After a power cut there is the old file or the new one, never half of one. */
export function writePrivately(file: string, text: string): void {
  const aside = `${file}.${process.pid}.new`
  rmSync(aside, { force: true })
  writeFileSync(aside, text, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(aside, file)
}

const newPassword = () => randomBytes(24).toString('base64url')

function kept(file: string): Credentials | undefined {
  try {
    const { projector, reader } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    return typeof projector === 'string' && projector && typeof reader === 'string' && reader ? { projector, reader } : undefined
  } catch {
    return undefined
  }
}

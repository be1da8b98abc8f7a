import type { Checkpoints } from '@circumspect/identity'
import { z } from 'zod'

/** How far the taking over of a history has come that was recorded elsewhere. */
const schema = z.object({
  /** Names the vault it comes from: a hash, of no use to anybody else. */
  from: z.string(),
  state: z.enum(['begun', 'done']),
})
export type Migration = z.infer<typeof schema>

const NAME = 'migration'

/** A history is being taken over and not all of it is there: nothing may be recorded before. */
export class MigrationUnfinishedError extends Error {
  readonly code = 'migration-unfinished'
  readonly retriable = true
}

export async function readMigration(checkpoints: Checkpoints): Promise<Migration | undefined> {
  const { value } = await checkpoints.read(NAME)
  return value === undefined ? undefined : schema.parse(JSON.parse(value))
}

export async function writeMigration(checkpoints: Checkpoints, migration: Migration): Promise<void> {
  const { version } = await checkpoints.read(NAME)
  if ((await checkpoints.write(NAME, version, JSON.stringify(migration), 0)) === undefined) throw new Error('Another migration into this vault runs at the same time.')
}

/** @throws MigrationUnfinishedError */
export async function mustBeMigrated(checkpoints: Checkpoints): Promise<void> {
  if ((await readMigration(checkpoints))?.state === 'begun') throw new MigrationUnfinishedError('A history is being taken over into this vault. Let migrate finish, or run it again.')
}

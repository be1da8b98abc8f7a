import type { AuditEntry } from '@circumspect/access'
import { verifySigned, writeMigration } from '@circumspect/ingest'
import type { SqliteVault } from '@circumspect/identity'
import type { EventStore, Verification } from '@circumspect/event-store'
import { createHash } from 'node:crypto'
import { RefusedTargetError, stateOf, type Target } from './target'

type Say = (text: string) => void
type Whole = Extract<Verification, { ok: true }>

export interface MigrationSource {
  readonly store: Pick<EventStore, 'readAll'>
  readonly vault: SqliteVault
  readonly audit: readonly AuditEntry[]
  /** What verifying the history has found. */
  readonly whole: Whole
}

export interface Migrated {
  readonly events: number
  readonly rows: number
  readonly audit: number
  /** It had all been taken over before: nothing was done. */
  readonly before: boolean
}

/**
 * Takes a history, its vault and its audit log over into a target: the keys first, so that no event lacks its own; then event by event;
 * and compares all of it with where it came from. Cut off at any point, it goes on from there when it is run again.
 * @throws RefusedTargetError, ForeignHistoryError, ForeignAuditError, UnavailableError, VaultUnavailableError
 */
export async function migrate(source: MigrationSource, target: Target, say: Say): Promise<Migrated> {
  const tables = source.vault.tables()
  const from = await nameOf(source.vault)
  const state = await stateOf(target, from, tables)
  if (state === 'done') return alreadyDone(source, target)

  await writeMigration(target.rows.checkpoints, { from, state: 'begun' })
  const rows = await target.rows.replace(tables)
  say(`The vault: ${rows} rows in ${tables.length} tables.`)
  await takeOverHistory(source, target, say)
  await target.audit.takeOver(source.audit)
  say(`The audit log: ${source.audit.length} entries.`)

  say('Comparing with where it came from …')
  await compare(source, target)
  await writeMigration(target.rows.checkpoints, { from, state: 'done' })
  return { events: source.whole.size, rows, audit: source.audit.length, before: false }
}

async function takeOverHistory({ store, whole }: MigrationSource, target: Target, say: Say): Promise<void> {
  let told = -1
  for await (const here of target.store.takeOver(store)) {
    const percent = whole.size === 0 ? 100 : Math.floor((here / whole.size) * 100)
    if (Math.floor(percent / 10) > told) say(`The history: ${here} of ${whole.size} events (${percent} %)`)
    told = Math.max(told, Math.floor(percent / 10))
  }
}

/** Every event under the signed checkpoints that came along, the root of both histories, every row of the vault, every audit entry. */
async function compare({ vault, audit, whole }: MigrationSource, target: Target): Promise<void> {
  const differing = await target.rows.differing(vault.tables())
  if (differing.length > 0) throw new RefusedTargetError(`The vault there is not as it was written (${differing.join(', ')}): somebody else writes to it. Stop that, and run this again.`)
  const opened = await target.vault()
  try {
    const found = await verifySigned(target.store, opened)
    if (!found.ok) throw new RefusedTargetError(`The history there is not whole. Position ${found.position}: ${found.why}`)
    if (found.size !== whole.size || !found.root.equals(whole.root))
      throw new RefusedTargetError(`The history there is another: ${found.size} events, root ${found.root.toString('hex')}. Somebody else writes to it; begin again with empty stores.`)
  } finally {
    await opened.close()
  }
  const entries = (await target.audit.entries()).length
  if (entries !== audit.length) throw new RefusedTargetError(`The audit log there has ${entries} entries instead of ${audit.length}: somebody looks at something there. Begin again with empty stores.`)
}

/** Once done, the target goes its own way and is never written to again. */
async function alreadyDone({ store, whole, audit }: MigrationSource, target: Target): Promise<Migrated> {
  const [last] = await store.readAll(whole.size - 1, 1)
  const [there] = await target.store.readAll(whole.size - 1, 1)
  if (last?.id !== there?.id) throw new RefusedTargetError('This folder was taken over before, and something has been recorded in it since: that is not there, and cannot be taken over any more. Record it again there.')
  return { events: whole.size, rows: 0, audit: audit.length, before: true }
}

/** The same for the same vault, whatever is recorded: its key for signing is never changed. */
async function nameOf(vault: SqliteVault): Promise<string> {
  const { publicKey } = await vault.signingKeys()
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex')
}

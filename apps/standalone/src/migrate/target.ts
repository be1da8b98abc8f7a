import { ForeignAuditError, PostgresAuditLog } from '@circumspect/access'
import { EventStoreDbEventStore } from '@circumspect/event-store'
import { readMigration, type Migration } from '@circumspect/ingest'
import { PostgresVault, VaultTakeOver, type VaultTable } from '@circumspect/identity'

export interface TargetSettings {
  readonly CIRCUMSPECT_EVENTSTORE_URL: string
  readonly CIRCUMSPECT_POSTGRES_URL: string
  readonly CIRCUMSPECT_MASTER_KEY: string
}

/** Where a data folder is taken over to: the stores that the services use. */
export interface Target {
  readonly store: EventStoreDbEventStore
  readonly rows: VaultTakeOver
  readonly audit: PostgresAuditLog
  /** Opens the vault there, with the master key that the services are given. */
  vault(): Promise<PostgresVault>
  close(): Promise<void>
}

/** The target holds something else, or a service uses it. */
export class RefusedTargetError extends Error {
  readonly code = 'refused-target'
}

export async function openTarget(settings: TargetSettings): Promise<Target> {
  const postgres = { url: settings.CIRCUMSPECT_POSTGRES_URL }
  const rows = await VaultTakeOver.open(postgres)
  const audit = await PostgresAuditLog.open(postgres)
  const store = new EventStoreDbEventStore({ connectionString: settings.CIRCUMSPECT_EVENTSTORE_URL })
  const close = async () => {
    await store.close()
    await audit.close()
    await rows.close()
  }
  return { store, rows, audit, vault: () => PostgresVault.open(postgres, settings.CIRCUMSPECT_MASTER_KEY), close }
}

/**
 * How far the taking over of this vault has come there; undefined where it has not begun and everything is empty.
 * @throws RefusedTargetError
 */
export async function stateOf({ store, rows, audit }: Target, from: string, tables: readonly VaultTable[]): Promise<Migration['state'] | undefined> {
  const leases = await rows.leasesHeld()
  if (leases.length > 0)
    throw new RefusedTargetError(`A service is running there (${leases.join(', ')}). Stop ingest, projectors and dashboard, and try again after half a minute.`)
  const migration = await readMigration(rows.checkpoints)
  if (migration && migration.from !== from) throw new RefusedTargetError('Another folder has been taken over there. Migrate into stores of their own.')
  if (migration) return migration.state
  // A vault that has only been opened has secrets, and nothing under them.
  const used = await rows.used(tables.filter(({ name }) => name !== 'secrets'))
  if (used.length > 0) throw new RefusedTargetError(`The vault there holds something already (${used.join(', ')}). Migrate into stores that nothing has been recorded in.`)
  if ((await store.readAll(0, 1)).length > 0) throw new RefusedTargetError('The event store there holds a history already. Migrate into stores that nothing has been recorded in.')
  if ((await audit.entries()).length > 0) throw new ForeignAuditError('Somebody has looked at something there already: the audit log is not empty. Migrate into stores of their own.')
  return undefined
}

import { StoredCheckpoints } from '../stored/checkpoints'
import { StoredLeases, type Clock } from '../stored/leases'
import { PostgresStorage, type PostgresOptions } from './postgres-storage'

/** The database's clock, read when the statement is reached and not when its transaction began: it may have waited. */
const CLOCK: Clock = { now: 'clock_timestamp()', later: "(clock_timestamp() + CAST(? AS DOUBLE PRECISION) * INTERVAL '1 millisecond')" }

/**
 * Leases and checkpoints in the schema of a vault, over connections of their own. Close it when done.
 * @throws VaultUnavailableError, VaultFormatError
 */
export async function openPostgresLeases(options: PostgresOptions) {
  const storage = await PostgresStorage.open(options)
  return { leases: new StoredLeases(storage, CLOCK), checkpoints: new StoredCheckpoints(storage), close: () => storage.close() }
}

import { StoredCheckpoints } from '../stored/checkpoints'
import { StoredLeases, type Clock } from '../stored/leases'
import { parkedIn } from '../stored/parked'
import { PostgresStorage, type PostgresOptions } from './postgres-storage'

/** The database's clock, read when the statement is reached and not when its transaction began: it may have waited. */
const CLOCK: Clock = { now: 'clock_timestamp()', later: "(clock_timestamp() + CAST(? AS DOUBLE PRECISION) * INTERVAL '1 millisecond')" }

/**
 * Leases, checkpoints and parked events in the schema of a vault: what needs no master key. Over connections of their own; close it when done.
 * @throws VaultUnavailableError, VaultFormatError
 */
export async function openPostgresLeases(options: PostgresOptions) {
  const storage = await PostgresStorage.open(options)
  return { leases: new StoredLeases(storage, CLOCK), checkpoints: new StoredCheckpoints(storage), parked: () => parkedIn(storage), close: () => storage.close() }
}

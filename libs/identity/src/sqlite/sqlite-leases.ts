import { StoredCheckpoints } from '../stored/checkpoints'
import { StoredLeases, type Clock } from '../stored/leases'
import { SqliteStorage } from './sqlite-storage'

/** Milliseconds since 1970 by the clock of the machine, the only one there is. */
const NOW = "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
const CLOCK: Clock = { now: NOW, later: `(${NOW} + ?)` }

/** Leases and checkpoints in a vault's file. Close it when done. */
export function openSqliteLeases(file: string) {
  const storage = new SqliteStorage(file)
  return { leases: new StoredLeases(storage, CLOCK), checkpoints: new StoredCheckpoints(storage), close: () => storage.close() }
}

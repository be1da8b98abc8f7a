import Database from 'libsql'
import { VaultFormatError } from '../vault'
import schema from './schema.sql?raw'

/** Which tables there are. A new number comes with what turns the one before into it. */
const FORMAT = 1

/**
 * Opens the file and makes the tables of a new one. Every commit is synced to the disk, and what is deleted is overwritten.
 * @throws VaultFormatError
 */
export function openFile(file: string): Database.Database {
  const db = new Database(file)
  try {
    db.exec('PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    db.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000')
    db.transaction(() => makeTables(db, file)).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function makeTables(db: Database.Database, file: string): void {
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
  const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number }
  if (tables > 0 && format !== FORMAT)
    throw new VaultFormatError(
      `The vault ${file} has format ${format}, this program knows format ${FORMAT}. Open it with the version of the program that made it.`,
    )
  db.exec(schema)
  db.exec(`PRAGMA user_version = ${FORMAT}`)
}

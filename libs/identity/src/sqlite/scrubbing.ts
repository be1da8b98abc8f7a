import type Database from 'libsql'
import { VaultUnavailableError } from '../vault'

/**
 * What is deleted is overwritten where it stands, but copies may lie in the log, and in pages from which a row has moved. Scrubbing
 * writes the file anew and empties the log. That it is due is kept in the file, so that a crash leaves nothing behind.
 */
export class Scrubbing {
  constructor(private readonly db: Database.Database) {}

  /** To be called inside the transaction that destroys. */
  due(): void {
    this.db.exec('INSERT OR IGNORE INTO scrub_due (id) VALUES (1)')
  }

  /**
   * Does what is due.
   * @throws VaultUnavailableError where it could not be done now; it stays due
   */
  finish(): void {
    if (this.db.prepare('SELECT 1 FROM scrub_due').get() === undefined) return
    try {
      this.db.exec('VACUUM')
      this.emptyLog()
      this.db.exec('DELETE FROM scrub_due')
    } catch (cause) {
      throw new VaultUnavailableError(
        'The keys are destroyed, but the file still holds traces: another program reads it, or its disk is full. See to that and ask again.',
        { cause },
      )
    }
  }

  /** Does what is due, if it can be done now. */
  attempt(): void {
    try {
      this.finish()
    } catch (error) {
      if (!(error instanceof VaultUnavailableError)) throw error
    }
  }

  private emptyLog(): void {
    const { busy } = this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
    if (busy !== 0) throw new Error('The log is being read.')
  }
}

import Database from 'libsql'

export type AuditedAction = 'read-case' | 'read-report' | 'export-report' | 'sign-in'

/** That somebody looked: who, at what, when. No text of what was seen. */
export interface AuditEntry {
  readonly at: string
  readonly account: string
  readonly action: AuditedAction
  /** The id of the case, the name of the report. */
  readonly subject: string
  /** The position the figures were computed at. */
  readonly position?: number
}

export interface AuditLog {
  /** Resolves once the entry is durable: nothing is shown before. */
  write(entry: AuditEntry): Promise<void>
  entries(): Promise<readonly AuditEntry[]>
  close(): Promise<void>
}

const schema = `
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, account TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, position INTEGER
) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never cut'); END;
`

/** The audit log in one SQLite file; entries are added and never changed. */
export class SqliteAuditLog implements AuditLog {
  private readonly db: Database.Database

  constructor(file: string) {
    this.db = new Database(file)
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    this.db.exec(schema)
  }

  write({ at, account, action, subject, position }: AuditEntry): Promise<void> {
    this.db.prepare('INSERT INTO audit (at, account, action, subject, position) VALUES (?, ?, ?, ?, ?)').run(at, account, action, subject, position ?? null)
    return Promise.resolve()
  }

  entries(): Promise<readonly AuditEntry[]> {
    const rows = this.db.prepare('SELECT at, account, action, subject, position FROM audit ORDER BY number').all() as (Omit<AuditEntry, 'position'> & { position: number | null })[]
    return Promise.resolve(rows.map(({ at, account, action, subject, position }) => ({ at, account, action, subject, ...(position !== null && { position }) })))
  }

  close(): Promise<void> {
    this.db.close()
    return Promise.resolve()
  }
}

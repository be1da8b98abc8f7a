import Database from 'libsql'

export type AuditedAction = 'read-case' | 'print-case' | 'list-cases' | 'read-report' | 'export-report' | 'sign-in'

/** That somebody looked: who, at what, when. No text of what was seen. */
export interface AuditEntry {
  readonly at: string
  readonly account: string
  readonly action: AuditedAction
  /** The id of the case, and of the child it was printed for; the name of the report. */
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
-- REPLACE takes a row away without asking the trigger above.
CREATE TRIGGER IF NOT EXISTS audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
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
    const values = [at, account, action, subject, position ?? null]
    this.db.prepare('INSERT INTO audit (at, account, action, subject, position) VALUES (?, ?, ?, ?, ?)').run(...values)
    return Promise.resolve()
  }

  entries(): Promise<readonly AuditEntry[]> {
    type Row = Omit<AuditEntry, 'position'> & { readonly position: number | null }
    const rows = this.db.prepare('SELECT at, account, action, subject, position FROM audit ORDER BY number').all() as Row[]
    const entry = ({ position, at, account, action, subject }: Row): AuditEntry => ({
      at,
      account,
      action,
      subject,
      ...(position !== null && { position }),
    })
    return Promise.resolve(rows.map(entry))
  }

  close(): Promise<void> {
    this.db.close()
    return Promise.resolve()
  }
}

import Database from 'libsql'
import type { Row, Statement, Storage, Work } from '../stored/work'
import { openFile } from './file'
import { GroupCommit } from './group-commit'
import { Scrubbing } from './scrubbing'

const GIVES_ROWS = /^\s*SELECT|\bRETURNING\b/

/** The rows of a vault in one SQLite file. What is scrubbed is gone from the file and its log too. */
export class SqliteStorage implements Storage {
  readonly db: Database.Database
  private readonly commit: GroupCommit
  private readonly scrubbing: Scrubbing
  private readonly prepared = new Map<string, Database.Statement>()

  /** @throws VaultFormatError */
  constructor(file: string) {
    this.db = openFile(file)
    this.commit = new GroupCommit(this.db)
    this.scrubbing = new Scrubbing(this.db)
  }

  async read<T>(work: () => Work<T>): Promise<T> {
    return this.run(work())
  }

  write<T>(work: () => Work<T>): Promise<T> {
    return this.commit.run(() => this.run(work()))
  }

  /** `write`, done when it returns. */
  writeNow(work: () => Work<void>): void {
    this.db.transaction(() => this.run(work())).immediate()
  }

  async scrub(): Promise<void> {
    this.scrubbing.finish()
  }

  attemptScrub(): void {
    this.scrubbing.attempt()
  }

  async close(): Promise<void> {
    await this.commit.idle()
    if (!this.db.open) return
    this.scrubbing.attempt()
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.db.close()
  }

  private run<T>(work: Work<T>): T {
    let step = work.next()
    while (step.done !== true) step = work.next(this.rows(step.value))
    return step.value
  }

  private rows({ sql, values, first }: Statement): readonly Row[] {
    const statement = this.prepared.get(sql) ?? this.db.prepare(sql)
    this.prepared.set(sql, statement)
    if (first && sql.startsWith('SELECT')) {
      const row = statement.get(...values) as Row | undefined
      return row === undefined ? [] : [row]
    }
    if (GIVES_ROWS.test(sql)) return statement.all(...values) as Row[]
    statement.run(...values)
    return []
  }
}

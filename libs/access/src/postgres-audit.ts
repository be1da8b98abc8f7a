import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import type { AuditEntry, AuditLog } from './audit'
import tables from './audit.sql?raw'

/** The audit log cannot be written now, so nothing may be shown; trying again later may succeed. */
export class AuditUnavailableError extends Error {
  readonly code = 'unavailable'
  readonly retriable = true
}

/** Entries are there that are not of the log that is to be taken over. */
export class ForeignAuditError extends Error {
  readonly code = 'foreign-audit'
}

const AT_ONCE = 1000

type Row = Omit<AuditEntry, 'position'> & { readonly position: string | null }

/** The audit log in a schema of a PostgreSQL database, shared by all who show anything; entries are added and never changed. */
export class PostgresAuditLog implements AuditLog {
  private closed: Promise<void> | undefined

  private constructor(private readonly pool: pg.Pool) {}

  /**
   * Connects, and makes the schema and its table where they are missing; who comes at the same time waits.
   * @param schema lower-case letters, digits and `_`
   * @throws AuditUnavailableError
   */
  static async open({ url, schema = 'circumspect_audit' }: { readonly url: string; readonly schema?: string }): Promise<PostgresAuditLog> {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new Error(`The schema ${schema} is no name: lower-case letters, digits and _ were expected.`)
    const pool = new pg.Pool({
      connectionString: url, max: 4, statement_timeout: 10_000, connectionTimeoutMillis: 5000,
      options: `-c search_path=${schema} -c synchronous_commit=on`,
    })
    // An idle connection that the server ends is replaced at the next use.
    pool.on('error', () => undefined)
    const log = new PostgresAuditLog(pool)
    try {
      // Several statements sent as one are one transaction.
      const lock = `SELECT pg_advisory_xact_lock(hashtextextended('circumspect audit ${schema}', 0));`
      await log.query(`${lock} CREATE SCHEMA IF NOT EXISTS ${schema}; ${tables}`)
      return log
    } catch (error) {
      await log.close()
      throw error
    }
  }

  async write({ at, account, action, subject, position }: AuditEntry): Promise<void> {
    const put = 'INSERT INTO audit (at, account, action, subject, position) VALUES ($1, $2, $3, $4, $5)'
    await this.query(put, [at, account, action, subject, position ?? null])
  }

  /**
   * Takes over the entries of another log, in their order; goes on behind those of them that are here already.
   * @throws ForeignAuditError where others are here, and then nothing is written; AuditUnavailableError
   */
  async takeOver(entries: readonly AuditEntry[]): Promise<void> {
    const here = await this.entries()
    if (here.length > entries.length || !here.every((entry, i) => isDeepStrictEqual(entry, entries[i])))
      throw new ForeignAuditError('The audit log holds entries of its own. It is never cut, so take over into one in which nobody has looked at anything yet.')
    const put = `INSERT INTO audit (at, account, action, subject, position)
      SELECT at, account, action, subject, position FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
        WITH ORDINALITY AS e (at, account, action, subject, position, number) ORDER BY number`
    for (let from = here.length; from < entries.length; from += AT_ONCE) {
      const some = entries.slice(from, from + AT_ONCE)
      await this.query(put, [some.map((e) => e.at), some.map((e) => e.account), some.map((e) => e.action), some.map((e) => e.subject), some.map((e) => e.position ?? null)])
    }
  }

  async entries(): Promise<readonly AuditEntry[]> {
    const rows = await this.query('SELECT at, account, action, subject, position FROM audit ORDER BY number')
    return rows.map(({ position, ...entry }) => ({ ...entry, ...(position !== null && { position: Number(position) }) }))
  }

  close(): Promise<void> {
    return (this.closed ??= this.pool.end())
  }

  private async query(sql: string, values?: unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.pool.query<Row>(sql, values)).rows
    } catch (cause) {
      throw new AuditUnavailableError('The audit log cannot be reached, so nothing is shown. Try again in a while.', { cause })
    }
  }
}

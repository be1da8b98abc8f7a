import { createHash } from 'node:crypto'
import type { ClickHouse } from '../engine/clickhouse'
import { NIL } from '../ledger/row'
import { folds } from '../schema/apply'

/** Folds whose rows are kept, each with the column that says which school's case a row is from. In the order they rest on each other. */
const KEPT = [
  { name: 'living', school: 'school' },
  { name: 'incidents', school: 'filed_at' },
  { name: 'involvements', school: 'filed_at' },
  { name: 'acts', school: 'filed_at' },
] as const

/** The two databases of the views: the ledger with its folds, and the facts kept from them. */
export interface Databases {
  readonly ledger: string
  readonly facts: string
}
export const DATABASES: Databases = { ledger: 'circumspect', facts: 'circumspect_facts' }

/** Marks a position up to which all that is kept is complete: what readers go by. */
const ALL = 'all'

/** So many generations of a school's rows are kept for questions that are being answered. */
const GENERATIONS = 3
const TIDY_EVERY = 50

/**
 * The facts: what the folds give, kept, so that a question about now need not fold the ledger. The same reports read them: this
 * database has everything under the same names. Rows of a school carry the position they were folded at (the generation); a question
 * at a position sees for each school the last generation up to it, so readers never see half.
 */
export class Facts {
  private refreshes = 0
  private readonly ledgerDatabase: string
  private readonly database: string

  constructor(
    private readonly clickhouse: ClickHouse,
    { ledger, facts }: Databases,
  ) {
    this.ledgerDatabase = ledger
    this.database = facts
  }

  /** Makes the tables, anew where the folds are not those they were made with. */
  async apply(): Promise<void> {
    const version = createHash('sha256').update(JSON.stringify(folds)).digest('hex')
    await this.run(`CREATE DATABASE IF NOT EXISTS ${this.database}`, {}, 'default')
    const [made] = await this.clickhouse.query<{ comment: string }>('SELECT comment FROM system.tables WHERE database = {database:String} AND name = {table:String}', {
      database: this.database,
      table: 'fresh',
    })
    if (made?.comment === version) return
    await this.run(`DROP DATABASE ${this.database} SYNC`, {}, 'default')
    await this.run(`CREATE DATABASE ${this.database}`, {}, 'default')
    for (const table of ['bank_holidays', 'ledger', 'timeline', 'elsewhere', 'progress'])
      await this.run(`CREATE VIEW ${table} AS SELECT * FROM ${this.ledgerDatabase}.${table}`)
    await this.run('CREATE TABLE fresh (kept String, school UUID, generation UInt64) ENGINE = MergeTree ORDER BY (kept, school, generation)')
    for (const { name, sql } of folds) {
      const kept = KEPT.find((k) => name.endsWith(`_${k.name}`))
      await (kept ? this.keep(kept.name, kept.school, sql) : this.run(sql))
    }
    await this.run(`ALTER TABLE fresh MODIFY COMMENT '${version}'`)
  }

  /** The schools with nothing kept yet, or with something recorded since: what to refresh first. */
  async stale(): Promise<string[]> {
    const rows = await this.clickhouse.query<{ school: string }>(
      `SELECT toString(l.school) AS school
       FROM (SELECT school, max(position) AS last FROM ledger GROUP BY school) AS l
       LEFT JOIN (SELECT school, max(generation) AS generation FROM fresh WHERE kept = '${KEPT.at(-1)!.name}' GROUP BY school) AS f ON f.school = l.school
       WHERE f.school != l.school OR f.generation < l.last`,
      {},
      { database: this.database },
    )
    return rows.map((r) => r.school)
  }

  /** Folds these schools again as at a position up to which the ledger is complete, and all schools their facts bear on. */
  async refresh(touched: readonly string[], position: number): Promise<void> {
    const schools = await this.bearingOn(touched)
    const scope = await this.scopeOf(schools)
    for (const { name, school } of KEPT) {
      // The first comes from the ledger; each of the others rests on rows just kept.
      const from = name === 'living' ? `${this.ledgerDatabase}.living` : `${name}_fold`
      await this.run(
        `INSERT INTO ${name}_rows SELECT {position:UInt64} AS generation, * FROM ${from}(schools = {scope:Array(UUID)}, position = {position:UInt64}) WHERE ${school} IN {schools:Array(UUID)}`,
        { schools, scope, position },
      )
      await this.markFresh(name, schools, position)
    }
    await this.markFresh(ALL, [NIL], position)
    if (++this.refreshes % TIDY_EVERY === 0) await this.tidy()
  }

  private async keep(name: string, school: string, fold: string): Promise<void> {
    await this.run(
      `CREATE TABLE ${name}_rows ENGINE = MergeTree ORDER BY (${school}, generation${name === 'living' ? ', kind, stream' : ''}) AS
       SELECT toUInt64(0) AS generation, * FROM ${this.ledgerDatabase}.${name}(schools = [], position = 0) LIMIT 0`,
    )
    if (name !== 'living') await this.run(fold.replace(`VIEW ${name} AS`, `VIEW ${name}_fold AS`))
    await this.run(
      `CREATE VIEW ${name} AS SELECT * EXCEPT (generation) FROM ${name}_rows
       WHERE ${school} IN {schools:Array(UUID)} AND (${school}, generation) IN (
         SELECT school, max(generation) FROM fresh WHERE kept = '${name}' AND school IN {schools:Array(UUID)} AND generation <= {position:UInt64} GROUP BY school)`,
    )
  }

  /** A school's timetable bears on incidents that happened there, wherever they were filed; links between children bear on all. */
  private async bearingOn(touched: readonly string[]): Promise<string[]> {
    const sql = touched.includes(NIL)
      ? 'SELECT DISTINCT toString(school) AS school FROM ledger'
      : 'SELECT DISTINCT toString(filed) AS school FROM elsewhere WHERE counts_at IN {schools:Array(UUID)}'
    const others = await this.clickhouse.query<{ school: string }>(sql, { schools: touched }, { database: this.ledgerDatabase })
    return [...new Set([...touched, ...others.map((r) => r.school)])]
  }

  /** With the schools whose timetable and terms the cases of these schools need. */
  private async scopeOf(schools: readonly string[]): Promise<string[]> {
    const rows = await this.clickhouse.query<{ school: string }>(
      'SELECT DISTINCT toString(counts_at) AS school FROM elsewhere WHERE filed IN {schools:Array(UUID)}',
      { schools },
      { database: this.ledgerDatabase },
    )
    return [...new Set([...schools, ...rows.map((r) => r.school)])]
  }

  private markFresh(kept: string, schools: readonly string[], position: number): Promise<void> {
    return this.clickhouse.insert('fresh', ['kept', 'school', 'generation'], schools.map((school) => [kept, school, position]), { database: this.database })
  }

  private async tidy(): Promise<void> {
    for (const { name, school } of KEPT)
      await this.run(
        `DELETE FROM ${name}_rows WHERE (${school}, generation) NOT IN (
           SELECT school, arrayJoin(arraySlice(arrayReverseSort(groupUniqArray(generation)), 1, ${GENERATIONS})) FROM fresh WHERE kept = '${name}' GROUP BY school)`,
      )
  }

  private run(sql: string, params: Record<string, unknown> = {}, database = this.database): Promise<void> {
    return this.clickhouse.command(sql, params, { database })
  }
}

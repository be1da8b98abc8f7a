import { createHash } from 'node:crypto'
import type { ClickHouse } from '../engine/clickhouse'
import { NIL } from '../ledger/row'
import { folds } from '../schema/apply'

/** The two databases of the views: the ledger with its folds, and the facts kept from them. */
export interface Databases {
  readonly ledger: string
  readonly facts: string
}
export const DATABASES: Databases = { ledger: 'circumspect', facts: 'circumspect_facts' }

/** Folds whose rows are kept, each with the column that says which school's case a row is from. In the order they rest on each other. */
const KEPT = [
  { name: 'living', school: 'school', order: 'kind, stream' },
  { name: 'incidents', school: 'filed_at', order: 'incident' },
  { name: 'involvements', school: 'filed_at', order: 'incident' },
  { name: 'acts', school: 'filed_at', order: 'incident' },
] as const
type Kept = (typeof KEPT)[number]

/** Marks that all up to a position is kept; and that nothing kept up to a generation counts any more, with how far the ledger went then. */
const ALL = 'all'
const NOTHING = 'nothing'

/** So many generations of a school's rows are kept for questions that are being answered. */
const GENERATIONS = 3
const TIDY_EVERY = 50

/**
 * The facts: what the folds give, kept, so that a question about now need not fold the ledger. The same reports read them: this
 * database has everything under the same names. The rows of a school carry the generation of their folding; a question at a position
 * sees for each school the last generation folded up to it.
 */
export class Facts {
  private generation: number | undefined
  private refreshes = 0

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
  ) {}

  /** Makes the tables, anew where the folds are not those they were made with. The position is how far the ledger goes. */
  async apply(position: number): Promise<void> {
    const version = createHash('sha256').update(JSON.stringify([KEPT, folds])).digest('hex')
    const { ledger, facts } = this.databases
    const [made] = await this.clickhouse.query<{ comment: string }>(
      "SELECT comment FROM system.tables WHERE database = {facts:String} AND name = 'version'",
      { facts },
      { database: ledger },
    )
    if (made?.comment === version) return
    await this.forget(position)
    await this.run(`DROP DATABASE IF EXISTS ${facts} SYNC`, {}, ledger)
    await this.run(`CREATE DATABASE ${facts}`, {}, ledger)
    for (const table of ['bank_holidays', 'ledger']) await this.run(`CREATE VIEW ${table} AS SELECT * FROM ${ledger}.${table}`)
    for (const { name, sql } of folds) {
      const kept = KEPT.find((k) => name.endsWith(`_${k.name}`))
      await (kept ? this.keep(kept, sql) : this.run(sql))
    }
    await this.run(`CREATE TABLE version (made UInt8) ENGINE = MergeTree ORDER BY made COMMENT '${version}'`)
  }

  /**
   * From now on questions are answered from the ledger, at the position up to which it is complete now, until everything has been
   * folded again: what has been answered never goes back. What is kept stays for those who are reading it.
   */
  async forget(position: number): Promise<void> {
    if (position < 0) return
    const sql = 'INSERT INTO fresh SELECT {nothing:String}, {nil:UUID}, max(generation), {position:UInt64} FROM fresh'
    await this.run(sql, { nothing: NOTHING, nil: NIL, position }, this.databases.ledger)
  }

  /** The schools not kept yet, or with something recorded since they were. */
  async stale(): Promise<string[]> {
    const rows = await this.clickhouse.query<{ school: string }>(
      `SELECT toString(l.school) AS school
       FROM (SELECT school, max(position) AS last FROM ledger GROUP BY school) AS l
       LEFT JOIN (SELECT school, toNullable(max(position)) AS upto FROM fresh
         WHERE kept = {last:String} AND generation > (SELECT max(generation) FROM fresh WHERE kept = {nothing:String}) GROUP BY school) AS f ON f.school = l.school
       WHERE f.upto IS NULL OR f.upto < l.last`,
      { last: KEPT.at(-1)!.name, nothing: NOTHING },
      { database: this.databases.ledger },
    )
    return rows.map((r) => r.school)
  }

  /** Folds these schools again, and all schools their facts bear on, as at a position up to which the ledger is complete. */
  async refresh(touched: readonly string[], position: number): Promise<void> {
    const { ledger } = this.databases
    const schools = await this.bearingOn(touched)
    const scope = await this.scopeOf(schools)
    const generation = (this.generation = (this.generation ?? (await this.lastGeneration())) + 1)
    for (const { name, school } of KEPT) {
      // The first comes from the ledger; each of the others rests on rows just kept.
      const from = name === 'living' ? `${ledger}.living` : `${name}_fold`
      await this.run(
        `INSERT INTO ${name}_rows SELECT {generation:UInt64} AS generation, * FROM ${from}(schools = {scope:Array(UUID)}, position = {position:UInt64}) WHERE ${school} IN {schools:Array(UUID)}`,
        { schools, scope, position, generation },
      )
      await this.mark(name, schools, generation, position)
    }
    await this.mark(ALL, [NIL], generation, position)
    if (++this.refreshes % TIDY_EVERY === 0) await this.tidy()
  }

  private async keep({ name, school, order }: Kept, fold: string): Promise<void> {
    const { ledger } = this.databases
    await this.run(
      `CREATE TABLE ${name}_rows ENGINE = MergeTree ORDER BY (${school}, generation, ${order}) AS
       SELECT toUInt64(0) AS generation, * FROM ${ledger}.${name}(schools = [], position = 0) LIMIT 0`,
    )
    if (name !== 'living') await this.run(fold.replace(`VIEW ${name} AS`, `VIEW ${name}_fold AS`))
    await this.run(
      `CREATE VIEW ${name} AS SELECT * EXCEPT (generation) FROM ${name}_rows
       WHERE ${school} IN {schools:Array(UUID)} AND (${school}, generation) IN (
         SELECT school, max(generation) FROM ${ledger}.fresh
         WHERE kept = '${name}' AND school IN {schools:Array(UUID)} AND position <= {position:UInt64} GROUP BY school)`,
    )
  }

  /** A school's timetable bears on incidents that happened there, wherever they were filed; links between children bear on all. */
  private async bearingOn(touched: readonly string[]): Promise<string[]> {
    const sql = touched.includes(NIL)
      ? 'SELECT DISTINCT toString(school) AS school FROM ledger'
      : 'SELECT DISTINCT toString(filed) AS school FROM elsewhere WHERE counts_at IN {schools:Array(UUID)}'
    return this.schools(touched, sql)
  }

  /** With the schools whose timetable and terms the cases of these schools need. */
  private scopeOf(schools: readonly string[]): Promise<string[]> {
    return this.schools(schools, 'SELECT DISTINCT toString(counts_at) AS school FROM elsewhere WHERE filed IN {schools:Array(UUID)}')
  }

  private async schools(given: readonly string[], sql: string): Promise<string[]> {
    const others = await this.clickhouse.query<{ school: string }>(sql, { schools: given }, { database: this.databases.ledger })
    return [...new Set([...given, ...others.map((r) => r.school)])]
  }

  /** Of rows as well as of marks: whoever stopped in between has left rows without a mark. */
  private async lastGeneration(): Promise<number> {
    const tables = [...KEPT.map(({ name }) => `${name}_rows`), `${this.databases.ledger}.fresh`]
    const rows = await Promise.all(
      tables.map((table) => this.clickhouse.query<{ last: string }>(`SELECT max(generation) AS last FROM ${table}`, {}, { database: this.databases.facts })),
    )
    return Math.max(...rows.map(([row]) => Number(row!.last)))
  }

  private mark(kept: string, schools: readonly string[], generation: number, position: number): Promise<void> {
    const rows = schools.map((school) => [kept, school, generation, position])
    return this.clickhouse.insert('fresh', ['kept', 'school', 'generation', 'position'], rows, { database: this.databases.ledger })
  }

  private async tidy(): Promise<void> {
    for (const { name, school } of KEPT)
      await this.run(
        `DELETE FROM ${name}_rows WHERE (${school}, generation) NOT IN (
           SELECT school, arrayJoin(arraySlice(arrayReverseSort(groupUniqArray(generation)), 1, ${GENERATIONS}))
           FROM ${this.databases.ledger}.fresh WHERE kept = '${name}' GROUP BY school)`,
      )
  }

  private run(sql: string, params: Record<string, unknown> = {}, database = this.databases.facts): Promise<void> {
    return this.clickhouse.command(sql, params, { database })
  }
}

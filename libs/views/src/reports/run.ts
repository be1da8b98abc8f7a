import { appraisals, appraiseHere, type Appraiser } from '../appraisals'
import type { ClickHouse } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'
import {
  MOST_CASES_LISTED,
  REPORT_NAMES,
  type Appraisal,
  type Assumption,
  type CaseAround,
  type CaseCursor,
  type CaseFound,
  type CaseListed,
  type CaseSought,
  type CasesBehind,
  type CasesFound,
  type Cell,
  type Column,
  type FigureAsked,
  type ReportName,
  type ReportRequest,
  type ReportResult,
  type Reports,
  type ReviewListed,
  type Table,
} from '../report'
import { Answers } from './answers'
import type { ReportDefinition, Row, TableDefinition } from './definition'
import { agreedAround, incidentAround } from './around'
import { behindSql, caseBehind, rowParams, type BehindRow } from './behind'
import agreedSql from './cases/agreed.sql?raw'
import aroundSql from './cases/around.sql?raw'
import casesSql from './cases/cases.sql?raw'
import findSql from './cases/find.sql?raw'
import reviewsOfSql from './cases/reviews-of.sql?raw'
import reviewsSql from './cases/reviews.sql?raw'
import { hotspots } from './hotspots/hotspots'
import { lessons } from './lessons/lessons'
import { patterns } from './patterns/patterns'
import { repeats } from './repeats/repeats'
import { reporting } from './reporting/reporting'
import { responses } from './responses/responses'
import { reviews } from './reviews/reviews'
import { Scopes, type Ask, type Scope } from './scope'
import { timeToReferral } from './time-to-referral/time-to-referral'
import { todayOf, type Today } from '../today/today'
import { trend } from './trend/trend'

const definitions: Record<ReportName, ReportDefinition> = {
  hotspots, patterns, repeats, 'time-to-referral': timeToReferral, responses, reviews, lessons, reporting, trend,
}

/** Title and definition of every report, without asking for figures. */
export const reportTitles = REPORT_NAMES.map((name) => ({ name, title: definitions[name].title, definition: definitions[name].definition }))

/** Before any record, and after any: what an open end of a period stands for. */
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2199-12-31'
const EARLIEST = '1900-01-01'
const DAY_MS = 86_400_000
const NIL = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

interface Asked extends Scope {
  readonly at: Date
}

/** The reports, out of ClickHouse. Reads only. Appraisals are worked out by `appraiser`, here or in a worker. */
export class ClickHouseReports implements Reports {
  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
    private readonly now: () => Date,
    private readonly appraiser: Appraiser = appraiseHere,
    private readonly scopes = new Scopes(clickhouse, databases),
    private readonly answers = new Answers<readonly Table[]>((tables) => tables.reduce((cells, { rows, columns }) => cells + rows.length * columns.length, 1)),
  ) {}

  together(about: readonly string[] = []): Reports {
    return new ClickHouseReports(this.clickhouse, this.databases, this.now, this.appraiser, this.scopes.together(about), this.answers)
  }

  async watermark(): Promise<number> {
    return (await this.scopes.of([], undefined)).position
  }

  async notCarried<E extends { readonly position: number }>(events: readonly E[]): Promise<readonly E[]> {
    if (events.length === 0) return []
    const sql = 'SELECT DISTINCT position FROM timeline WHERE position IN {positions:Array(UInt64)}'
    const positions = events.map(({ position }) => position)
    const { ledger } = await this.scopes.look()
    const rows = await this.clickhouse.query<{ position: string }>(sql, { positions }, { database: ledger })
    const carried = new Set(rows.map((row) => Number(row.position)))
    return events.filter(({ position }) => !carried.has(position))
  }

  schools(): Promise<string[]> {
    return this.scopes.schools()
  }

  async cases(schools: readonly string[], limit: number, after: CaseCursor = { told: LAST_DAY, case: LAST_ID }): Promise<readonly CaseListed[]> {
    const { position, ask } = await this.scopes.of(schools, undefined)
    if (position < 0) return []
    const params = { schools, position, limit, before_date: after.told, before_case: after.case }
    const rows = await ask<{ id: string; school: string; told: string; kind: CaseListed['kind'] }>(casesSql, params)
    return rows.map(({ id, ...rest }) => ({ case: id, ...rest }))
  }

  async find({ schools, children, place, behaviour, yearGroup, state, from, to }: CaseSought, limit: number, offset: number): Promise<CasesFound> {
    const { position, ask } = await this.scopes.of(schools, undefined)
    if (position < 0) return { position, cases: [], total: 0 }
    const params = {
      schools, position, limit, offset,
      by_child: children !== undefined, children: children ?? [], place: place ?? NIL, behaviour: behaviour ?? '', year_group: yearGroup ?? '', state: state ?? '',
      from: within(from ?? EARLIEST), to: within(to ?? LAST_DAY),
    }
    const rows = await ask<CaseFound & { total: string }>(findSql, params)
    return { position, cases: rows.map(({ total: _, ...found }) => found), total: Number(rows[0]?.total ?? 0) }
  }

  async today(schools: readonly string[], cases: readonly string[] = []): Promise<Today> {
    const { at, ask, ...where } = await this.asked({ schools: [...schools] })
    return todayOf(ask, { ...where, schools, day: localDate(at), cases })
  }

  async around(caseId: string, school: string): Promise<CaseAround> {
    const asked = await this.asked({ schools: [school] })
    const { position } = asked
    const to = localDate(asked.at)
    const from = new Date(Date.parse(to) - 364 * DAY_MS).toISOString().slice(0, 10)
    if (position < 0) return { from, to, position, incidents: [], agreed: [], reviews: [] }
    const of = asking({ schools: [school], from, to }, asked)
    const ask = (sql: string) => of<Row>(sql, { case: caseId })
    const [around, agreed, reviews] = await Promise.all([ask(aroundSql), ask(agreedSql), ask(reviewsOfSql)])
    const incidents = around.map(incidentAround)
    return { from, to, position, incidents, agreed: agreedAround(agreed, incidents), reviews: reviews.map((row) => String(row.review)) }
  }

  async reviews(schools: readonly string[], limit: number, period: Omit<ReportRequest, 'schools'> = {}): Promise<readonly ReviewListed[]> {
    const { position, ask } = await this.asked({ schools: [...schools], ...period })
    if (position < 0) return []
    const params = { schools, position, limit, from: within(period.from ?? FIRST_DAY), to: within(period.to ?? LAST_DAY) }
    return ask<{ review: string; school: string }>(reviewsSql, params)
  }

  async run(name: ReportName, request: ReportRequest): Promise<ReportResult> {
    return this.runAt(name, request, await this.asked(request))
  }

  private async runAt(name: ReportName, request: ReportRequest, asked: Asked): Promise<ReportResult> {
    const { title, definition } = definitions[name]
    const { at, position, version } = asked
    // All that the figures depend on. The position itself is not: where nothing of these schools has changed they are the same at the next.
    const key = JSON.stringify([name, version, { ...commonParams(request, asked), position: undefined }])
    const tables = await this.answers.get(key, () => this.tables(name, request, asked))
    return { report: name, title, definition, request, position, at: at.toISOString(), tables }
  }

  private async tables(name: ReportName, request: ReportRequest, asked: Asked): Promise<readonly Table[]> {
    const { position } = asked
    const { tables } = definitions[name]
    const ask = asking(request, asked)
    const rows = new Map<string, Row[]>()
    const shown: Table[] = []
    // All at once: most of a question's time is its planning. Position -1 is an empty store: there is nothing to ask.
    const rowsOf = async ({ sql, params = {}, within }: TableDefinition) => (position < 0 || within !== undefined ? [] : ask<Row>(sql, params))
    const answers = await Promise.all(tables.map(rowsOf))
    for (const [i, table] of tables.entries()) {
      const found = table.within === undefined ? answers[i]! : rows.get(table.within)!
      rows.set(table.name, found)
      const finished = table.finish ? table.finish(found, rows) : found
      const { name, title, columns, caseKeys } = table
      if (!table.hidden) shown.push({ name, title, columns, ...(caseKeys && { caseKeys }), rows: finished.map((row) => shownRow(row, table.columns)) })
    }
    return shown
  }

  async appraise(name: ReportName, request: ReportRequest, assumed: readonly Assumption[] = []): Promise<Appraisal> {
    const asked = await this.asked(request)
    const { at, position } = asked
    const report = await this.runAt(name, request, asked)
    const about = { report: name, request, position, at: at.toISOString() }
    if (position < 0) return { ...about, findings: [], tables: [] }
    const ask = asking(request, asked)
    const rows: Record<string, Row[]> = {}
    for (const [question, { sql, params }] of Object.entries(appraisals[name].questions))
      rows[question] = await ask<Row>(sql, { at_ms: at.getTime(), ...params })
    return { ...about, ...(await this.appraiser(name, { report, rows, assumed })) }
  }

  async behind(name: ReportName, request: ReportRequest, { table: asked, column: key, row }: FigureAsked): Promise<CasesBehind | undefined> {
    const table = definitions[name].tables.find((t) => t.name === asked && !t.hidden)
    const column = table?.columns.find((c) => c.key === key && c.cases)
    if (!table?.caseKeys || !column || !Object.keys(row).every((k) => table.caseKeys!.includes(k))) return undefined
    const where = await this.asked(request)
    const { position } = where
    const found = { table: { name: table.name, title: table.title }, column, position }
    if (position < 0) return { ...found, cases: [], total: 0 }
    const params = { ...table.params, limit: MOST_CASES_LISTED, ...rowParams(row) }
    const rows = await asking(request, where)<BehindRow>(behindSql(table, key, Object.keys(row)), params)
    return { ...found, cases: rows.map(caseBehind), total: Number(rows[0]?.total ?? 0) }
  }

  /** The instant asked about, and where the question is answered. */
  private async asked(request: ReportRequest): Promise<Asked> {
    const at = request.asOf === undefined ? this.now() : new Date(request.asOf)
    return { at, ...(await this.scopes.of(request.schools, request.asOf === undefined ? undefined : at)) }
  }
}

/** Asks with what all questions of a request take; for the first school day only where one counts them. */
function asking(request: ReportRequest, asked: Asked): Ask {
  const common = commonParams(request, asked)
  return async (sql, params) => asked.ask(sql, { ...common, ...(sql.includes('{first_day:') && { first_day: await asked.firstDay() }), ...params })
}

/** Of the clock the day alone, so that an answer can be kept: figures change with what is recorded, and at midnight. */
function commonParams(request: ReportRequest, { position, scope, at }: Asked): Record<string, unknown> {
  const atDate = localDate(at)
  return {
    schools: request.schools,
    scope,
    position,
    from: within(request.from ?? FIRST_DAY),
    to: within(request.to ?? LAST_DAY),
    dated: request.from !== undefined || request.to !== undefined,
    at_date: atDate,
    last_day: request.to !== undefined && request.to < atDate ? request.to : atDate,
  }
}

/** The nearest day that the views can hold: a date typed half way can be in any century. */
const within = (day: string): string => (day < EARLIEST ? EARLIEST : day > LAST_DAY ? LAST_DAY : day)

/** The day it is in London. */
const localDate = (at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' }).format(at)

/** Only the columns that are shown; 64-bit integers come as strings and are well below 2^53 here. */
function shownRow(row: Row, columns: readonly Column[]): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ key, unit }) => [key, cell(row[key], unit !== undefined)]))
}

function cell(value: unknown, isNumber: boolean): Cell {
  if (value === null || value === undefined) return null
  return isNumber || typeof value === 'number' ? Number(value) : String(value)
}

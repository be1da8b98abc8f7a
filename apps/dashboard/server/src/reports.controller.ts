import { badRequest, notFound } from '@circumspect/http'
import {
  REPORT_NAMES,
  reportTitles,
  requestSchema,
  type ReportName,
  type ReportRequest,
  type ReportResult,
  type Table,
} from '@circumspect/views'
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { toCsv } from './csv'
import { mustBeAllowed } from './leaving'
import { Names, reviewsIn, withNames } from './names'
import { parkedUpTo, type ParkedReason } from './parked'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'
import { badQuery } from './query'
import { fileName, reportSheets } from './report-file'
import { workbook } from './workbook'

const querySchema = requestSchema.omit({ schools: true }).extend({
  schools: z
    .string()
    .max(40_000)
    .transform((list) => list.split(',').filter((id) => id !== ''))
    .pipe(requestSchema.shape.schools)
    .optional(),
  format: z.enum(['json', 'csv', 'xlsx']).optional(),
  table: z.string().max(60).optional(),
})

/** `<place>:<times>,…` */
const busySchema = z
  .string()
  .max(4000)
  .transform((list) => list.split(',').map((part) => ({ place: part.slice(0, part.indexOf(':')), times: Number(part.slice(part.indexOf(':') + 1)) })))
  .pipe(z.array(z.object({ place: z.uuid(), times: z.number().min(0.01).max(1000) })).max(100))
const findingsSchema = querySchema.omit({ format: true, table: true }).extend({ busy: busySchema.optional() })
const figureSchema = querySchema.omit({ format: true, table: true }).extend({ table: z.string().max(60), column: z.string().max(60) })

const EXPECTED: Readonly<Record<string, string>> = {
  schools: 'Give ids of schools, with commas between them.',
  from: 'Give a date as YYYY-MM-DD.',
  to: 'Give a date as YYYY-MM-DD.',
  asOf: 'Give an instant as 2026-01-31T10:45:00Z.',
  format: 'Give json, csv or xlsx.',
  table: 'Give the name of one table of the report.',
  column: 'Give the name of one column of the table.',
  busy: 'Give places and how many times as busy they are, from 0.01 to 1000: <id>:2,<id>:0.5.',
  '': 'Only schools, from, to, asOf, format and table are known here; table, column and row. for the cases behind a figure; busy for findings.',
}

@Controller('api/reports')
export class ReportsController {
  private readonly names: Names

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
  }

  @Get()
  titles() {
    return reportTitles
  }

  @Get(':name')
  async report(@Param('name') name: string, @Query() query: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!isReport(name)) throw notFound('report')
    const { format, table, schools: asked = [], ...rest } = parsed(query, querySchema)
    const account = this.ports.accountOf(request)
    this.ports.gate.report(account, name)
    const reports = this.ports.reports.together(asked)
    const schools = this.ports.gate.schoolsFor(account, asked, await reports.schools())
    const whole = await reports.run(name, {
      ...definedOnly(rest),
      schools: [...schools],
    })
    const result = { ...whole, tables: this.ports.gate.tablesFor(account, name, whole.tables) }
    const names = new Map([...(await this.names.byId(schools)), ...(await this.names.actions(reviewsIn(result)))])
    const parked = await parkedUpTo(this.ports, result.position)
    if (format === 'xlsx') return this.asWorkbook(result, parked, names, account.id, response)
    const asCsv = format === 'csv' || (format === undefined && request.accepts(['application/json', 'text/csv']) === 'text/csv')
    if (asCsv) mustBeAllowed(this.ports.leaving)
    const shown = asCsv ? tableOf(result, table) : undefined
    const entry = {
      at: this.ports.now().toISOString(),
      account: account.id,
      subject: name,
      position: result.position,
    } as const
    await this.ports.audit.write({
      ...entry,
      action: asCsv ? 'export-report' : 'read-report',
    })
    // In the headers, for a file of figures has no room for them. Percent-encoded: a header holds no more than Latin letters.
    response.setHeader('X-Store-Position', String(result.position))
    response.setHeader('X-Events-Not-Carried', String(parked.reduce((sum, { events }) => sum + events, 0)))
    response.setHeader('X-Report-Definition', encodeURIComponent(result.definition))
    if (!shown)
      return void response.json({
        ...result,
        parked,
        names: Object.fromEntries(names),
      })
    response.setHeader('Content-Disposition', `attachment; filename="${fileName(result, shown.name)}.csv"`)
    response.type('text/csv; charset=utf-8').send(toCsv(shown, names))
  }

  /** All tables of a report, and what they were computed from, as one file. */
  private async asWorkbook(result: ReportResult, parked: readonly ParkedReason[], names: ReadonlyMap<string, string>, account: string, response: Response): Promise<void> {
    mustBeAllowed(this.ports.leaving)
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account, action: 'export-report', subject: result.report, position: result.position })
    const bytes = await workbook(reportSheets(result, parked, names))
    response.setHeader('X-Store-Position', String(result.position))
    response.setHeader('Content-Disposition', `attachment; filename="${fileName(result)}.xlsx"`)
    response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(bytes)
  }

  /** What can be said of the figures, and how sure; names in their places. */
  @Get(':name/findings')
  async findings(@Param('name') name: string, @Query() query: unknown, @Req() request: Request) {
    if (!isReport(name)) throw notFound('report')
    const { schools: asked = [], busy = [], ...rest } = parsed(query, findingsSchema)
    const account = this.ports.accountOf(request)
    this.ports.gate.report(account, name)
    const reports = this.ports.reports.together(asked)
    const schools = this.ports.gate.schoolsFor(account, asked, await reports.schools())
    const { findings, ...whole } = await reports.appraise(name, { ...definedOnly(rest), schools: [...schools] }, busy)
    const appraisal = { ...whole, tables: this.ports.gate.tablesFor(account, name, whole.tables) }
    const names = new Map([...(await this.names.byId(schools)), ...(await this.names.actions(reviewsIn(appraisal)))])
    const entry = { at: this.ports.now().toISOString(), account: account.id, subject: name, position: appraisal.position } as const
    await this.ports.audit.write({ ...entry, action: 'read-report' })
    const named = findings.map((finding) => ({ ...finding, text: withNames(finding.text, names), caution: withNames(finding.caution, names) }))
    return { ...appraisal, findings: named, names: Object.fromEntries(names) }
  }

  /** The cases that a figure was counted from: `row.<column>` says of which row, for the columns that tell the table's rows apart. */
  @Get(':name/cases')
  async casesBehind(@Param('name') name: string, @Query() query: Record<string, unknown>, @Req() request: Request) {
    if (!isReport(name)) throw notFound('report')
    const row = Object.entries(query).filter(([key]) => key.startsWith('row.'))
    const others = Object.fromEntries(Object.entries(query).filter(([key]) => !key.startsWith('row.')))
    const { table, column, schools: asked = [], ...rest } = parsed(others, figureSchema)
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together(asked)
    const schools = this.ports.gate.casesFor(account, asked, await reports.schools())
    const figure = {
      table,
      column,
      row: Object.fromEntries(row.map(([key, value]) => [key.slice(4), String(value)])),
    }
    const behind = await reports.behind(name, { ...definedOnly(rest), schools: [...schools] }, figure)
    if (!behind)
      throw badRequest('This report has no such figure with cases behind it.', [
        {
          field: 'column',
          message: 'Take the address from the figure on the report’s page.',
        },
      ])
    const entry = {
      at: this.ports.now().toISOString(),
      account: account.id,
      subject: name,
      position: behind.position,
    } as const
    await this.ports.audit.write({ ...entry, action: 'list-cases' })
    return {
      ...behind,
      names: Object.fromEntries(await this.names.byId(schools)),
    }
  }
}

const isReport = (name: string): name is ReportName => (REPORT_NAMES as readonly string[]).includes(name)

function tableOf({ tables }: ReportResult, wanted: string | undefined): Table {
  const table = wanted === undefined ? tables[0]! : tables.find((t) => t.name === wanted)
  if (table) return table
  throw badRequest('This report has no such table.', [
    {
      field: 'table',
      message: `Give one of: ${tables.map((t) => t.name).join(', ')}.`,
    },
  ])
}

function parsed<T extends { from?: string | undefined; to?: string | undefined }>(query: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(query)
  if (!result.success) throw badQuery(result.error, EXPECTED)
  const { from, to } = result.data
  if (from !== undefined && to !== undefined && from > to)
    throw badRequest('The period ends before it starts.', [{ field: 'to', message: 'Give a day on or after the first.' }])
  return result.data
}

const definedOnly = (rest: {
  from?: string | undefined
  to?: string | undefined
  asOf?: string | undefined
}): Omit<ReportRequest, 'schools'> => Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))

import { badRequest, notFound } from '@circumspect/http'
import { REPORT_NAMES, reportTitles, requestSchema, type ReportName, type ReportRequest, type ReportResult } from '@circumspect/views'
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { toCsv } from './csv'
import { Names } from './names'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'

const querySchema = requestSchema.omit({ schools: true }).extend({
  schools: z
    .string()
    .max(40_000)
    .transform((list) => list.split(',').filter((id) => id !== ''))
    .pipe(requestSchema.shape.schools)
    .optional(),
  format: z.enum(['json', 'csv']).optional(),
  table: z.string().max(60).optional(),
})

const EXPECTED: Readonly<Record<string, string>> = {
  schools: 'Give ids of schools, with commas between them.',
  from: 'Give a date as YYYY-MM-DD.',
  to: 'Give a date as YYYY-MM-DD.',
  asOf: 'Give an instant as 2026-01-31T10:45:00Z.',
  format: 'Give json or csv.',
  '': 'Only schools, from, to, asOf, format and table are known here.',
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
    if (!(REPORT_NAMES as readonly string[]).includes(name)) throw notFound('report')
    const { format, table, schools: asked = [], ...rest } = parsed(query)
    const account = this.ports.accountOf(request)
    const schools = this.ports.gate.schoolsFor(account, asked, await this.ports.reports.schools())
    const result = await this.ports.reports.run(name as ReportName, { ...definedOnly(rest), schools: [...schools] })
    const names = await this.names.byId(schools)
    const asCsv = format === 'csv' || (format === undefined && request.accepts(['application/json', 'text/csv']) === 'text/csv')
    const entry = { at: this.ports.now().toISOString(), account: account.id, subject: name, position: result.position } as const
    await this.ports.audit.write({ ...entry, action: asCsv ? 'export-report' : 'read-report' })
    response.setHeader('X-Store-Position', String(result.position))
    if (asCsv) this.sendCsv(response, result, table, names)
    else response.json({ ...result, names: Object.fromEntries(names) })
  }

  private sendCsv(response: Response, result: ReportResult, wanted: string | undefined, names: ReadonlyMap<string, string>): void {
    const table = wanted === undefined ? result.tables[0]! : result.tables.find((t) => t.name === wanted)
    if (!table) throw badRequest('This report has no such table.', [{ field: 'table', message: `Give one of: ${result.tables.map((t) => t.name).join(', ')}.` }])
    response.setHeader('Content-Disposition', `attachment; filename="${result.report}-${table.name}.csv"`)
    response.type('text/csv; charset=utf-8').send(toCsv(table, names))
  }
}

function parsed(query: unknown): z.infer<typeof querySchema> {
  const result = querySchema.safeParse(query)
  if (result.success) {
    const { from, to } = result.data
    if (from !== undefined && to !== undefined && from > to) throw badRequest('The period ends before it starts.', [{ field: 'to', message: 'Give a day on or after the first.' }])
    return result.data
  }
  const errors = result.error.issues.map(({ path }) => ({ field: String(path[0] ?? ''), message: EXPECTED[String(path[0] ?? '')] ?? 'This is not as expected.' }))
  throw badRequest('Something after the ? of the address is not as expected.', errors)
}

const definedOnly = (rest: { from?: string | undefined; to?: string | undefined; asOf?: string | undefined }): Omit<ReportRequest, 'schools'> =>
  Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))

import { badRequest } from '@circumspect/http'
import type { Reports } from '@circumspect/views'
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { mustBeAllowed } from '../leaving'
import { DASHBOARD_PORTS, type DashboardPorts } from '../ports'
import { badQuery } from '../query'
import { workbook } from '../workbook'
import { AnnualQuestions, lastRecorded } from './ask'
import { annualDocument } from './content'
import { annualFileName } from './file-name'
import type { AnnualDocument } from './model'
import { annualPdf } from './pdf/pdf'
import { annualSheets } from './sheets'
import { lastWholeYear } from './years'

const querySchema = z.strictObject({
  year: z.string().regex(/^20\d\d$/).transform(Number).optional(),
  schools: z
    .string()
    .max(40_000)
    .transform((list) => list.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.uuid()).max(1000))
    .optional(),
  asOf: z.iso.datetime({ offset: true }).optional(),
})

const EXPECTED: Readonly<Record<string, string>> = {
  year: 'Give the year in which the school year begins, from 2000 to 2099.',
  schools: 'Give ids of schools, with commas between them.',
  asOf: 'Give an instant as 2026-01-31T10:45:00Z.',
  '': 'Only year, schools and asOf are known here.',
}

/** The annual report for governors and for the trust's board. */
@Controller('api')
export class AnnualController {
  private readonly questions: AnnualQuestions

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.questions = new AnnualQuestions(ports)
  }

  @Get('annual')
  document(@Query() query: unknown, @Req() request: Request): Promise<AnnualDocument> {
    return this.made(query, request, 'read-report')
  }

  @Get('annual.pdf')
  async pdf(@Query() query: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const document = await this.made(query, request, 'export-report')
    send(response, document, 'pdf', 'application/pdf', await annualPdf(document))
  }

  @Get('annual.xlsx')
  async sheets(@Query() query: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const document = await this.made(query, request, 'export-report')
    send(response, document, 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', await workbook(annualSheets(document)))
  }

  /** Made, and written down that it was. Nothing that comes later changes it: where no instant is given, it is that of the last record. */
  private async made(query: unknown, request: Request, action: 'read-report' | 'export-report'): Promise<AnnualDocument> {
    mustBeAllowed(this.ports.leaving)
    const parsed = querySchema.safeParse(query)
    if (!parsed.success) throw badQuery(parsed.error, EXPECTED)
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.schoolsFor(account, parsed.data.schools ?? [], await reports.schools())
    const asOf = await this.asOf(parsed.data.asOf, reports)
    const asked = { year: parsed.data.year ?? lastWholeYear(asOf), schools: [...schools].sort(), asOf }
    const document = annualDocument(await this.questions.ask(asked, reports))
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account: account.id, action, subject: 'annual', position: document.position })
    return document
  }

  /** A time to come is refused: what will be recorded until then would change the report. */
  private async asOf(asked: string | undefined, reports: Reports): Promise<string> {
    const last = await lastRecorded({ ...this.ports, reports })
    if (asked === undefined) return last
    if (new Date(asked) <= this.ports.now() || new Date(asked) <= new Date(last)) return new Date(asked).toISOString()
    throw badRequest('The report cannot be as of a time to come.', [{ field: 'asOf', message: 'Give an instant that has passed.' }])
  }
}

function send(response: Response, document: AnnualDocument, ending: 'pdf' | 'xlsx', type: string, bytes: Buffer): void {
  response.setHeader('X-Store-Position', String(document.position))
  response.setHeader('Content-Disposition', `attachment; filename="${annualFileName(document)}.${ending}"`)
  response.type(type).send(bytes)
}

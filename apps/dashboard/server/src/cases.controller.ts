import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { caseAsked } from './case-asked'
import { ChronologyReader, type Chronology } from './chronology/read-chronology'
import type { Leaving } from './leaving'
import { Names, type SchoolName } from './names'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'
import { badQuery } from './query'

const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z
    .string()
    .transform((cursor) => ({
      told: cursor.slice(0, 10),
      case: cursor.slice(11),
    }))
    .pipe(z.object({ told: z.iso.date(), case: z.uuid() }))
    .optional(),
})

const EXPECTED: Readonly<Record<string, string>> = {
  limit: 'Give a whole number from 1 to 500.',
  after: 'Give what the page before called next, as it stood there.',
  '': 'Only limit and after are known here.',
}

@Controller('api')
export class CasesController {
  private readonly names: Names
  private readonly reader: ChronologyReader

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
    this.reader = new ChronologyReader(ports.store, ports.vault, this.names)
  }

  /** Whether figures may leave as files, and if not, why. */
  @Get('leaving')
  leaving(): Leaving {
    return this.ports.leaving
  }

  /** The schools this account may see, with their places. */
  @Get('schools')
  async schools(@Req() request: Request): Promise<SchoolName[]> {
    const ids = this.ports.gate.schoolsFor(this.ports.accountOf(request), [], await this.ports.reports.schools())
    const schools = await Promise.all(ids.map((id) => this.names.school(id)))
    return schools.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  }

  /** The cases this account may read, the last told first, page by page. */
  @Get('cases')
  async list(@Query() query: unknown, @Req() request: Request) {
    const parsed = listSchema.safeParse(query)
    if (!parsed.success) throw badQuery(parsed.error, EXPECTED)
    const { limit, after } = parsed.data
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.casesFor(this.ports.accountOf(request), [], await reports.schools())
    const cases = await reports.cases(schools, limit, after)
    const last = cases.at(-1)
    return {
      cases,
      ...(cases.length === limit && last && { next: `${last.told},${last.case}` }),
    }
  }

  /** Everything recorded in a case, in order, corrections shown as corrections. Reading it is itself recorded. */
  @Get('cases/:id')
  async chronology(@Param('id') id: string, @Req() request: Request): Promise<Chronology> {
    const { caseId, school, account } = await caseAsked(this.ports, id, request)
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account, action: 'read-case', subject: caseId })
    return this.reader.read(caseId, school)
  }
}

import { notFound } from '@circumspect/http'
import type { Today } from '@circumspect/views'
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { caseAsked } from '../case-asked'
import { Names } from '../names'
import { DASHBOARD_PORTS, type DashboardPorts } from '../ports'
import { badQuery } from '../query'
import { forChild, wholeCase, type PrintedChronology } from './for-child'
import { ChronologyReader } from './read-chronology'
import { sameChildren } from './same-child'

/** What waits for somebody in one case. */
export interface CaseWaiting extends Today {
  /** The views have taken in all that is recorded: nothing is on its way. */
  readonly upToDate: boolean
  /** What actions agreed in its reviews are, by id. */
  readonly names: Readonly<Record<string, string>>
}

const querySchema = z.strictObject({ for: z.uuid().toLowerCase().optional() })
const EXPECTED: Readonly<Record<string, string>> = { for: 'Give the id of a child of this case.', '': 'Only for is known here.' }

/** What a case page needs beside the record itself: what waits, and the chronology to be printed. */
@Controller('api')
export class ChronologyController {
  private readonly names: Names
  private readonly reader: ChronologyReader

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
    this.reader = new ChronologyReader(ports.store, ports.vault, this.names)
  }

  /**
   * The serious incident chronology of a case: whole, or for one of its children with every other child masked here, so that no browser
   * is told who they are. It is the school's own record of the case, for its own proceedings, and no file of figures: whoever may read
   * the case may print it. That it was is written down, with the child it was for.
   */
  @Get('cases/:id/chronology')
  async chronology(@Param('id') id: string, @Query() query: unknown, @Req() request: Request): Promise<PrintedChronology> {
    const asked = querySchema.safeParse(query)
    if (!asked.success) throw badQuery(asked.error, EXPECTED)
    const { caseId, school, account } = await caseAsked(this.ports, id, request)
    const child = asked.data.for
    const chronology = await this.reader.read(caseId, school)
    if (child !== undefined && !chronology.children.includes(child)) throw notFound('child')
    const at = this.ports.now().toISOString()
    await this.ports.audit.write({ at, account, action: 'print-case', subject: child === undefined ? caseId : `${caseId} for ${child}` })
    return child === undefined ? wholeCase(chronology, at) : forChild(chronology, child, await sameChildren(this.ports.store, chronology.children), at)
  }

  /** What waits in this case, by the rules of what waits today. */
  @Get('cases/:id/waiting')
  async waiting(@Param('id') id: string, @Req() request: Request): Promise<CaseWaiting> {
    const { caseId, school, account } = await caseAsked(this.ports, id, request)
    const head = await this.ports.store.head()
    const today = await this.ports.reports.today([school], [caseId])
    const { position } = today
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account, action: 'read-case', subject: caseId, position })
    const reviews = new Set(today.groups.flatMap(({ items }) => items.flatMap(({ review }) => review ?? [])))
    return { ...today, upToDate: position >= head, names: Object.fromEntries(await this.names.actions([...reviews])) }
  }
}

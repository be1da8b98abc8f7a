import type { Today } from '@circumspect/views'
import { Controller, Get, Inject, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { Names } from './names'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'
import { badQuery } from './query'

/** What waits for somebody today, with what schools, children and actions are called, by id. */
export interface NamedToday extends Today {
  readonly names: Readonly<Record<string, string>>
}

const querySchema = z.strictObject({ school: z.uuid().toLowerCase().optional() })
const EXPECTED: Readonly<Record<string, string>> = { school: 'Give the id of a school.', '': 'Only school is known here.' }

@Controller('api')
export class TodayController {
  private readonly names: Names

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
  }

  /** Names of children are shown: who looked is written down. */
  @Get('today')
  async today(@Query() query: unknown, @Req() request: Request): Promise<NamedToday> {
    const parsed = querySchema.safeParse(query)
    if (!parsed.success) throw badQuery(parsed.error, EXPECTED)
    const account = this.ports.accountOf(request)
    const { school } = parsed.data
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.casesFor(account, school === undefined ? [] : [school], await reports.schools())
    const today = await reports.today(schools)
    await this.ports.audit.write({
      at: this.ports.now().toISOString(),
      account: account.id,
      action: 'read-report',
      subject: 'today',
      position: today.position,
    })
    const items = today.groups.flatMap((group) => group.items)
    const named = <K extends 'child' | 'review'>(key: K) => [...new Set(items.flatMap((item) => item[key] ?? []))]
    const names = await Promise.all([this.names.byId(schools), this.names.children(named('child')), this.names.actions(named('review'))])
    return { ...today, names: Object.fromEntries(names.flatMap((map) => [...map])) }
  }
}

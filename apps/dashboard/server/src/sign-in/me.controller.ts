import type { Opens } from '@circumspect/access'
import { Controller, Get, Inject, Req } from '@nestjs/common'
import type { Request } from 'express'
import { Names } from '../names'
import { DASHBOARD_PORTS, type DashboardPorts } from '../ports'
import type { Person } from './people'

/** Whoever looks at the pages, and what they may open. */
export interface Me extends Omit<Person, 'id'> {
  readonly opens: Opens
  /** Where no figures are open: why. */
  readonly why: string | null
}

@Controller('api')
export class MeController {
  private readonly names: Names

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
  }

  @Get('me')
  async me(@Req() request: Request): Promise<Me> {
    const { id, role, schools } = this.ports.accountOf(request)
    const opens = this.ports.gate.opens({ id, role, schools })
    const kept = (await this.ports.vault.accounts()).find((account) => account.id === id)
    const named = schools === 'all' ? schools : await Promise.all(schools.map(async (school) => (await this.names.school(school)).name))
    return { role, name: kept?.name ?? null, schools: named, opens, why: opens.figures || this.ports.leaving.allowed ? null : this.ports.leaving.why }
  }
}

import { Controller, Get, Header, Inject, Res } from '@nestjs/common'
import type { Response } from 'express'
import { parkedNow } from './parked'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'

/** Whether it lives, whether the figures can be trusted to be up to date, and by how much not. */
@Controller()
export class HealthController {
  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {}

  @Get('api/health')
  health() {
    return { status: 'up' }
  }

  @Get('api/ready')
  async ready(@Res() response: Response): Promise<void> {
    const state = await this.state()
    response.status(state.ready ? 200 : 503).json(state)
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    const { head, watermark, parked } = await this.state()
    return [
      metric('circumspect_store_events', 'Events in the history.', head + 1),
      metric('circumspect_views_events', 'Events the views have taken in without a gap.', watermark + 1),
      metric('circumspect_views_lag_events', 'Events the views have not taken in yet.', head - watermark),
      metric('circumspect_parked_events', 'Events that could not be carried to the views.', parked),
    ].join('')
  }

  private async state() {
    const head = await this.ports.store.head()
    const watermark = await this.ports.reports.watermark().catch(() => -1)
    // Where the views are away nobody knows which of them a later version could carry.
    const parked = (await parkedNow(this.ports).catch(() => this.ports.vault.parked())).length
    const parts = this.ports.parts()
    return {
      ready: Object.values(parts).every((part) => part === 'up'),
      head,
      watermark,
      parked,
      parts,
    }
  }
}

const metric = (name: string, help: string, value: number) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`

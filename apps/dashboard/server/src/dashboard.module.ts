import type { StatusByCode } from '@circumspect/http'
import { Module, type DynamicModule } from '@nestjs/common'
import { AnnualController } from './annual/annual.controller'
import { CasesController } from './cases.controller'
import { ChronologyController } from './chronology/chronology.controller'
import { FindController } from './find/find.controller'
import { HealthController } from './health.controller'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'
import { ReportsController } from './reports.controller'
import { ReviewsController } from './reviews/reviews.controller'
import { MeController } from './sign-in/me.controller'
import { TodayController } from './today.controller'

/** What errors of the views, the vault and the gate mean to a reader. */
export const DASHBOARD_STATUSES: StatusByCode = {
  'not-allowed': { status: 403, title: 'Not open to you' },
  'views-unavailable': { status: 503, title: 'Not now' },
  'report-too-large': { status: 422, title: 'Too much at once' },
  'tampered-text': {
    status: 500,
    title: 'This record is not as it was recorded',
    detail:
      'A text in it was changed outside this program, so nothing of it is shown. Ask whoever runs this service to stop it and run: npm run verify',
  },
  unavailable: { status: 503, title: 'Not now' },
}

/** The only reader: reports, cases, health. */
@Module({})
export class DashboardModule {
  static register(ports: DashboardPorts): DynamicModule {
    return {
      module: DashboardModule,
      controllers: [MeController, ReportsController, AnnualController, CasesController, ChronologyController, ReviewsController, TodayController, FindController, HealthController],
      providers: [{ provide: DASHBOARD_PORTS, useValue: ports }],
    }
  }
}

import { jsonBody, ProblemFilter } from '@circumspect/http'
import type { Say } from '@circumspect/service'
import { Module, type DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Request } from 'express'
import { DASHBOARD_STATUSES, DashboardModule } from '../dashboard.module'
import { pages } from '../pages'
import { NOT_YET } from '../leaving'
import type { DashboardPorts } from '../ports'
import { accountOf } from '../sign-in/account'
import { guard } from '../sign-in/guard'
import { People } from '../sign-in/people'
import { signInNote } from '../sign-in/note'
import { recordingGate } from '../sign-in/recording'
import { Sessions } from '../sign-in/sessions'
import { SignInModule } from '../sign-in/sign-in.module'
import type { Settings } from './config'
import { forwardToIngest } from './forward'

@Module({})
class WholeModule {
  static of(...imports: DynamicModule[]): DynamicModule {
    return { module: WholeModule, imports }
  }
}

const MEGABYTE = 1024 * 1024
const LINK_COMMAND = 'docker-compose exec dashboard node dist/server/dashboard.js link'

interface Where {
  readonly config: Settings
  readonly port: number
  /** The folder of the built pages. */
  readonly web: string
}

/** The dashboard's own answers behind the door, and the way on to ingest. */
export async function createDashboardApp(ports: Omit<DashboardPorts, 'accountOf' | 'parts' | 'leaving'>, { config, port, web }: Where, say: Say) {
  const sessions = new Sessions(ports.now, config.CIRCUMSPECT_LINK_TOKEN)
  const address = config.CIRCUMSPECT_ADDRESS ?? `http://127.0.0.1:${port}`
  const people = new People({ ...ports, sessions, address: () => address.replace(/\/$/, '') })
  const ingest = { url: config.CIRCUMSPECT_INGEST_URL, token: config.CIRCUMSPECT_INGEST_TOKEN, accountOf: (request: Request) => accountOf(request).id }
  const module = DashboardModule.register({ ...ports, accountOf, leaving: NOT_YET, parts: () => ({}) })
  const app = await NestFactory.create<NestExpressApplication>(WholeModule.of(module, SignInModule.register(people)), { bodyParser: false, logger: false })
  app.disable('x-powered-by')
  app.use(
    guard(sessions, { address: config.CIRCUMSPECT_ADDRESS, linkCommand: LINK_COMMAND, signedIn: signInNote(ports) }),
    recordingGate(ports.gate, ports.store),
    pages(web),
    forwardToIngest(ingest),
    jsonBody({ '/api/': MEGABYTE }),
  )
  app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, say))
  return app.init()
}

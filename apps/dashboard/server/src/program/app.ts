import { jsonBody, ProblemFilter } from '@circumspect/http'
import type { Say } from '@circumspect/service'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { RequestHandler } from 'express'
import { DASHBOARD_STATUSES, DashboardModule } from '../dashboard.module'
import { pages } from '../pages'
import { NOT_YET } from '../leaving'
import type { DashboardPorts } from '../ports'
import { LOCAL_ACCOUNT } from '../sign-in/account'
import { guard } from '../sign-in/guard'
import { Sessions } from '../sign-in/sessions'
import type { Settings } from './config'
import { forwardToIngest } from './forward'

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
  const ingest = { url: config.CIRCUMSPECT_INGEST_URL, token: config.CIRCUMSPECT_INGEST_TOKEN, accountOf: () => LOCAL_ACCOUNT.id }
  const module = DashboardModule.register({ ...ports, accountOf: () => LOCAL_ACCOUNT, leaving: NOT_YET, parts: () => ({}) })
  const app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: false })
  app.disable('x-powered-by')
  app.use(
    guard(sessions, { address: config.CIRCUMSPECT_ADDRESS, linkCommand: LINK_COMMAND }),
    givingLinks(sessions, address),
    pages(web),
    forwardToIngest(ingest),
    jsonBody({ '/api/': MEGABYTE }),
  )
  app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, say))
  return app.init()
}

/** `POST /api/links`: a link that lets one browser in, once. Stands behind the guard. */
function givingLinks(sessions: Sessions, address: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'POST' || request.path !== '/api/links') return next()
    response.status(201).json({ link: new URL(`/sign-in?token=${sessions.issueLink()}`, address).href })
  }
}

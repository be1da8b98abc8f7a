import { Gate, SqliteAuditLog } from '@circumspect/access'
import { DASHBOARD_STATUSES, DashboardModule, guard, LOCAL_ACCOUNT, NOT_YET, type Leaving, pages, Sessions } from '@circumspect/dashboard'
import { DirectFeed } from '@circumspect/feed'
import { jsonBody, ProblemFilter } from '@circumspect/http'
import { INGEST_STATUSES, IngestModule } from '@circumspect/ingest'
import { Projector } from '@circumspect/projector'
import { AppraisalWorker, ClickHouseReports, DATABASES, startEngine, type Reports } from '@circumspect/views'
import { Module, type DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config'
import { openHistory, type History } from './history'
import { announce, withdraw } from './service-file'
import { TOOLS, ToolsController, type Tools } from './tools.controller'

const MEGABYTE = 1024 * 1024
const PATIENCE_MS = 30_000

@Module({})
class WholeModule {
  static of(tools: Tools, ...imports: DynamicModule[]): DynamicModule {
    return { module: WholeModule, imports, controllers: [ToolsController], providers: [{ provide: TOOLS, useValue: tools }] }
  }
}

export interface Service {
  readonly url: string
  /** A link that lets one browser in, once. */
  link(): string
  stop(): Promise<void>
}

/** Everything in one process, with the ClickHouse engine as its child: history, vault, ingest, feed, projector, views, dashboard. */
export async function startService(config: Config, log: (message: string) => void, leaving: Leaving = NOT_YET): Promise<Service> {
  const now = () => new Date()
  const history = await openHistory(config, now)
  const { store, vault, recorder } = history
  const audit = new SqliteAuditLog(join(config.directory, 'audit.db'))
  const engine = await startEngine({ directory: join(config.directory, 'views'), childScript: config.engine, log })
  const writer = engine.client('projector')
  const reader = engine.client('reader')
  const feed = new DirectFeed(store, (parked) => {
    log(`An event cannot be carried to the views: position ${parked.position}.`)
    return vault.park(parked)
  })
  const projector = new Projector({ feed, clickhouse: writer, databases: DATABASES, now, log })
  await projector.start()
  const appraisals = new AppraisalWorker(config.appraisals)
  const reports = new ClickHouseReports(reader, DATABASES, now, appraisals.appraise)
  await untilCaughtUp(store, reports, log)

  let url = ''
  const sessions = new Sessions(now)
  const link = () => `${url}/sign-in?token=${sessions.issueLink()}`
  const parts = () => ({ engine: engine.state(), projector: projector.state() === 'following' ? 'up' : projector.state() })
  const app = await NestFactory.create<NestExpressApplication>(
    WholeModule.of(
      { newLink: () => link(), rebuild: () => projector.rebuild() },
      IngestModule.register({ recorder, vault, store, now, accountOf: () => LOCAL_ACCOUNT.id }),
      DashboardModule.register({ reports, store, vault, gate: new Gate(), audit, now, accountOf: () => LOCAL_ACCOUNT, leaving, parts }),
    ),
    { bodyParser: false, logger: false },
  )
  app.disable('x-powered-by')
  app.use(guard(sessions), pages(config.web), jsonBody({ '/api/imports': 64 * MEGABYTE, '/api/': MEGABYTE }))
  app.useGlobalFilters(new ProblemFilter({ ...INGEST_STATUSES, ...DASHBOARD_STATUSES }, log))
  url = await listen(app, config.port)
  announce(config.directory, { url, token: sessions.toolToken, pid: process.pid })

  const stop = async () => {
    withdraw(config.directory)
    await app.close()
    await projector.stop()
    await appraisals.close()
    await Promise.all([writer.close(), reader.close()])
    await engine.stop()
    await audit.close()
    await history.close()
  }
  return { url, link, stop }
}

/** Waits a while for the figures to be up to date: after a start they soon are, after a long import they may not be. */
async function untilCaughtUp(store: History['store'], reports: Reports, log: (message: string) => void): Promise<void> {
  const head = await store.head()
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const watermark = await reports.watermark()
    if (watermark >= head) return
    if (waited % 5000 === 0) log(`Preparing the figures: ${watermark + 1} of ${head + 1} events …`)
    await sleep(100)
  }
  log('The figures are not up to date yet. The pages say how far they are; nothing is missing from the record.')
}

/** On the loopback alone; on another port where this one is taken. */
async function listen(app: NestExpressApplication, port: number): Promise<string> {
  try {
    await app.listen(port, '127.0.0.1')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error
    await app.listen(0, '127.0.0.1')
  }
  const address = app.getHttpServer().address() as { port: number }
  return `http://127.0.0.1:${address.port}`
}

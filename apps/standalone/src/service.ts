import { Gate, SqliteAuditLog } from '@circumspect/access'
import { NOT_YET, type Leaving } from '@circumspect/dashboard'
import { DirectFeed } from '@circumspect/feed'
import { Projector } from '@circumspect/projector'
import { AppraisalWorker, ClickHouseReports, DATABASES, startEngine, type Reports } from '@circumspect/views'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWholeApp } from './app'
import type { Config } from './config'
import { openHistory, type History } from './history'
import { announce, withdraw } from './service-file'

const PATIENCE_MS = 30_000

export interface Service {
  readonly url: string
  /** Lets the commands of this installation in. */
  readonly token: string
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
  const parts = () => ({ engine: engine.state(), projector: projector.state() === 'following' ? 'up' : projector.state() })
  const tools = { rebuild: () => projector.rebuild() }
  const ports = { reports, store, vault, recorder, gate: new Gate(leaving), audit, now, leaving, parts, tools, web: config.web }
  const { app, sessions } = await createWholeApp(ports, () => url, log)
  url = await listen(app, config.port)
  const token = sessions.toolToken
  announce(config.directory, { url, token, pid: process.pid })

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
  return { url, token, stop }
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

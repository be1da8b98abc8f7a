import 'reflect-metadata'
import { readEnvironment, runService, ServiceHost, type Running, type Say } from '@circumspect/service'
import { AppraisalWorker, ClickHouseReports, DATABASES } from '@circumspect/views'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Gate } from '@circumspect/access'
import { askForLink, askForPeople, linkOptions, removePerson } from '../sign-in/commands'
import { createDashboardApp } from './app'
import { PURPOSES, settings, type Settings } from './config'
import { countsOf, figuresOf, openRead, statesOf, type Read } from './read'

const here = import.meta.dirname
const now = () => new Date()

/** The dashboard as a service of its own: the pages, and all that is read; what the pages record goes on to ingest. */
async function start(say: Say, stopping: AbortSignal): Promise<Running> {
  const config = readEnvironment(settings, PURPOSES, process.env)
  const running: { read?: Read; reports?: ClickHouseReports } = {}
  const host = new ServiceHost({
    parts: () => statesOf(running.read, config.CIRCUMSPECT_INGEST_URL),
    metrics: () => (running.read && running.reports ? figuresOf(running.read, running.reports) : Promise.resolve([])),
    counts: () => (running.read && running.reports ? countsOf(running.read, running.reports) : Promise.resolve({})),
  })
  const port = await host.listen(config.CIRCUMSPECT_HOST, config.CIRCUMSPECT_PORT)
  say(`The dashboard listens on ${config.CIRCUMSPECT_HOST}:${port}.`)

  const read = await openRead(config, say, stopping)
  const worker = new AppraisalWorker(resolve(here, 'appraisals.js'))
  const reports = new ClickHouseReports(read.clickhouse, DATABASES, now, worker.appraise)
  const app = await createDashboardApp({ ...read, reports, gate: new Gate(), now }, { config, port, web: resolve(here, '../web') }, say)
  Object.assign(running, { read, reports })
  host.mount(app.getHttpAdapter().getInstance())
  say('The dashboard is ready.')

  const stop = async () => {
    await host.close()
    await app.close()
    await worker.close()
    await read.close()
  }
  return { stop }
}

/** The commands about people ask the dashboard that runs beside them. */
async function ofPeople(command: 'link' | 'accounts', args: readonly string[]): Promise<void> {
  const { CIRCUMSPECT_PORT: port, CIRCUMSPECT_LINK_TOKEN: token }: Settings = readEnvironment(settings, PURPOSES, process.env)
  const door = { url: `http://127.0.0.1:${port}`, token }
  const { values } = parseArgs({ args: [...args], options: { ...linkOptions, remove: { type: 'string' } } })
  if (command === 'link') return say((await askForLink(door, values)).link)
  if (values.remove !== undefined) return removePerson(door, values.remove)
  for (const line of await askForPeople(door)) say(line)
}

const say = (text: string) => void process.stdout.write(`${text}\n`)

const [command, ...args] = process.argv.slice(2)
if (command === 'link' || command === 'accounts')
  await ofPeople(command, args).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error && error.message !== 'fetch failed' ? error.message : 'The dashboard does not answer. /api/ready says what it waits for.'}\n`)
    process.exitCode = 1
  })
else await runService(start)

import { ClickHouseReports, DATABASES } from '@circumspect/views'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialsIn } from '../../libs/views/src/engine/credentials'
import { useClickHouse } from '../support/clickhouse'
import { startEventStoreDb, type TestEventStoreDb } from '../support/eventstoredb'
import { sent } from '../support/ingest'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { SCHOOL } from '../support/least-facts'
import { postgresThere, startPostgres, type TestPostgres } from '../support/postgres'
import { buildAndFork, type Forked } from '../support/run-ts'
import { TESTER, until } from '../support/service'

const TOKEN = randomBytes(24).toString('hex')

/** The services as processes of their own, with nothing but their environment, on real Kafka, PostgreSQL and ClickHouse. */
describe.runIf(kafkaThere() && postgresThere())('ingest and projectors as services', { timeout: 600_000 }, () => {
  const clickhouse = useClickHouse()
  let kafka: TestKafka
  let postgres: TestPostgres
  let eventstore: TestEventStoreDb
  const processes: Forked[] = []

  beforeAll(async () => {
    ;[kafka, postgres, eventstore] = await Promise.all([startKafka(), startPostgres(), startEventStoreDb()])
  })
  afterAll(async () => {
    for (const { child, ended } of processes) {
      child.kill('SIGKILL')
      await ended
    }
    await eventstore.end()
    await postgres.end()
    await kafka.end()
  })

  const common = () => ({ CIRCUMSPECT_PORT: '0', CIRCUMSPECT_POSTGRES_URL: postgres.url, CIRCUMSPECT_KAFKA_BROKERS: kafka.broker })
  const forIngest = () => ({
    ...common(),
    CIRCUMSPECT_EVENTSTORE_URL: eventstore.connectionString,
    CIRCUMSPECT_MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
    CIRCUMSPECT_KAFKA_PARTITIONS: '3',
    CIRCUMSPECT_INGEST_TOKEN: TOKEN,
  })
  const forProjector = () => ({
    ...common(),
    CIRCUMSPECT_CLICKHOUSE_URL: clickhouse.engine().url,
    CIRCUMSPECT_CLICKHOUSE_PASSWORD: credentialsIn(clickhouse.directory).projector,
  })

  async function started(app: 'ingest' | 'projector', env: NodeJS.ProcessEnv) {
    const running = await buildAndFork(`apps/${app}/src/program/main.ts`, [], { PATH: process.env.PATH, ...env })
    processes.push(running)
    const at = () => /on (127\.0\.0\.1:\d+)/.exec(running.stderr())?.[1]
    await until(`${app} listens`, () => Promise.resolve(at() !== undefined))
    return { ...running, url: `http://${at()!}` }
  }
  const isReady = async (url: string) => (await fetch(`${url}/api/ready`)).status === 200
  const post = async (url: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}`, 'X-Circumspect-Account': TESTER, ...headers },
      body: JSON.stringify(body),
    })
  const told = async () => {
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date('2026-11-20T12:00:00Z'))
    const months = (await reports.run('trend', { schools: [SCHOOL] }).catch(() => undefined))?.tables.find((t) => t.name === 'months')?.rows ?? []
    return months.reduce((sum, row) => sum + Number(row.cases), 0)
  }
  const stopped = async ({ child, ended, stderr }: Forked) => {
    child.kill('SIGTERM')
    expect(await ended, stderr()).toEqual({ code: 0, signal: null })
  }

  it('what is recorded at ingest is counted in the views, with one projector and with three, and each ends when told to', async () => {
    const ingest = await started('ingest', forIngest())
    await until('ingest is ready', () => isReady(ingest.url))
    expect((await post(ingest.url, `/api/schools/${SCHOOL}/events`, sent('school-registered'))).status).toBe(201)
    const record = async () => expect((await post(ingest.url, `/api/cases/${randomUUID()}/events?school=${SCHOOL}`, sent('disclosure-made'))).status).toBe(201)
    await record()

    const first = await started('projector', forProjector())
    await until('the projector is ready', () => isReady(first.url))
    await until('the first case is counted', async () => (await told()) === 1)

    const others = [await started('projector', forProjector()), await started('projector', forProjector())]
    for (const each of others) await until('another projector is ready', () => isReady(each.url))
    for (let i = 0; i < 20; i++) await record()
    await until('all cases are counted', async () => (await told()) === 21)
    // The one that folds leaves: another takes over.
    await stopped(first)
    for (let i = 0; i < 5; i++) await record()
    await until('what came since is counted', async () => (await told()) === 26)

    // Views built anew, by the command beside those who work, which go on with them.
    const command = await buildAndFork('apps/projector/src/program/main.ts', ['rebuild'], { PATH: process.env.PATH, ...forProjector() })
    processes.push(command)
    let during = 26
    while (command.child.exitCode === null) {
      if (!command.stderr().includes('served')) await record().then(() => during++)
      expect(await told()).toBeGreaterThanOrEqual(26)
    }
    expect((await command.ended).code, command.stderr()).toBe(0)
    await until('what came meanwhile is counted', async () => (await told()) === during)

    const metrics = await (await fetch(`${others[0]!.url}/metrics`)).text()
    expect(metrics).toMatch(/circumspect_feed_lag_messages\{partition="2"\} \d+/)
    expect(metrics).toContain(`circumspect_views_position ${during}\n`)
    expect(metrics).toMatch(/circumspect_projector_checkpoint_age_seconds \d/)
    expect(await (await fetch(`${ingest.url}/metrics`)).text()).toContain(`circumspect_relay_sent_total ${during + 1}\n`)
    for (const each of [...others, ingest]) await stopped(each)
  })

  it('lets in nobody without the token, and nobody who names no account', async () => {
    const ingest = await started('ingest', forIngest())
    await until('ingest is ready', () => isReady(ingest.url))
    const path = `/api/cases/${randomUUID()}/events?school=${SCHOOL}`
    expect((await post(ingest.url, path, sent('disclosure-made'), { Authorization: `Bearer ${'x'.repeat(48)}` })).status).toBe(401)
    expect((await post(ingest.url, path, sent('disclosure-made'), { 'X-Circumspect-Account': 'somebody' })).status).toBe(400)
    await stopped(ingest)
  })

  it('starts while what it needs is away, says so, and is ready when it is there', async () => {
    await kafka.stop()
    const projector = await started('projector', forProjector())
    expect((await fetch(`${projector.url}/api/health`)).status).toBe(200)
    const ready = await fetch(`${projector.url}/api/ready`)
    expect([ready.status, Object.keys((await ready.json() as { parts: object }).parts)]).toEqual([503, ['projector']])
    await kafka.start()
    await until('the projector is ready', () => isReady(projector.url))
    await stopped(projector)
  })

  it.each([['ingest', forIngest], ['projector', forProjector]] as const)('%s names every setting that is missing, and ends with 2', async (app, wanted) => {
    const running = await buildAndFork(`apps/${app}/src/program/main.ts`, [], { PATH: process.env.PATH })
    expect((await running.ended).code).toBe(2)
    for (const name of Object.keys(wanted()).filter((n) => !['CIRCUMSPECT_PORT', 'CIRCUMSPECT_KAFKA_PARTITIONS'].includes(n)))
      expect(running.stderr()).toContain(`${name}, `)
  })
})

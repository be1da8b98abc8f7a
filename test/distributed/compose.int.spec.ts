import { EventStoreDbEventStore, NO_STREAM } from '@circumspect/event-store'
import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { composeServices, dockerComposeThere, ServiceProcess, type ComposeService } from '../support/compose'
import { startEmptyEventStoreDb, startEventStoreDb, type TestEventStoreDb } from '../support/eventstoredb'
import { newEvent, newStream } from '../support/events'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { newDatabase, postgresThere, startPostgres, type TestPostgres } from '../support/postgres'
import { run } from '../support/run-program'
import { sent } from '../support/ingest'
import { openHistory, until } from '../support/service'

const SECRETS = {
  CIRCUMSPECT_INGEST_TOKEN: randomBytes(32).toString('hex'),
  CIRCUMSPECT_LINK_TOKEN: randomBytes(32).toString('hex'),
  CIRCUMSPECT_MASTER_KEY: randomBytes(32).toString('base64'),
  POSTGRES_PASSWORD: 'a-database-password',
  CLICKHOUSE_PROJECTOR_PASSWORD: 'a-password-to-write',
  CLICKHOUSE_READER_PASSWORD: 'a-password-to-read',
}
const OURS = ['ingest', 'projector', 'projector-2', 'projector-3', 'dashboard']
const SERVERS = ['eventstore', 'kafka', 'clickhouse', 'postgres']
/** The one of the guide that carries a folder over: options, service, program and its arguments. */
const [, OPTIONS, TAKES, COMMAND] = /^docker-compose run (.*) (\w+) node (.*)$/m.exec(readFileSync('docs/guide-operator.md', 'utf8')) as unknown as [string, string, string, string]
const MAPPING: unknown = JSON.parse(readFileSync('test/fixtures/made-up-mapping.json', 'utf8'))

describe('docker-compose.yml', () => {
  const services = composeServices(SECRETS)

  it('has every service, pinned, confined, limited, asked how it is', () => {
    expect(Object.keys(services).sort()).toEqual([...SERVERS, ...OURS].sort())
    for (const [name, service] of Object.entries(services)) {
      expect(service.image, name).toMatch(/:\d+\.\d+/)
      expect(service, name).toMatchObject({ healthcheck: {}, cap_drop: ['ALL'], deploy: { resources: { limits: {} } }, security_opt: ['no-new-privileges:true'] })
    }
    for (const name of OURS) expect(services[name], name).toMatchObject({ user: 'node', read_only: true })
  })

  it('has no password of its own', () => {
    const text = readFileSync('docker-compose.yml', 'utf8')
    for (const secret of Object.keys(SECRETS)) expect(text).toContain(`\${${secret}:?`)
    const plain = text.split('\n').filter((line) => /(password|secret|key)\w*:/i.test(line) && !line.includes(':?') && !line.trim().startsWith('#'))
    expect(plain).toEqual([])
  })

  it.skipIf(!dockerComposeThere())('is read by docker-compose, which asks for what is not given', () => {
    const config = (env: Readonly<Record<string, string>>) =>
      execFileSync('docker-compose', ['--profile', 'three', '-f', 'docker-compose.yml', 'config'], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
    const read = config(SECRETS)
    for (const name of [...OURS, ...SERVERS]) expect(read).toContain(`  ${name}:\n`)
    for (const name of Object.keys(SECRETS)) expect(() => config({ ...SECRETS, [name]: '' }), name).toThrow()
    const known = execFileSync('docker-compose', ['run', '--help']).toString()
    for (const option of OPTIONS.match(/--[a-z-]+/g)!) expect(known, option).toMatch(new RegExp(`${option}\\b`))
  })
})

describe.runIf([kafkaThere(), postgresThere()].every(Boolean))('the services, as docker-compose.yml starts them', () => {
  const clickhouse = useClickHouse()
  const services = composeServices(SECRETS)
  const processes = new Map<string, ServiceProcess>()
  let eventstore: TestEventStoreDb
  let kafka: TestKafka
  let postgres: TestPostgres
  let addresses: Record<string, string>

  /** Of what is elsewhere, what this service is told of. */
  const elsewhere = ({ environment }: ComposeService, given: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => environment![name] !== undefined))
  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const service = services[name]!
    const user = service.environment!.CIRCUMSPECT_CLICKHOUSE_USER as 'projector' | 'reader' | undefined
    const password = user === undefined ? {} : { CIRCUMSPECT_CLICKHOUSE_PASSWORD: clickhouse.engine().credentials[user] }
    const running = await ServiceProcess.start(service, elsewhere(service, { ...addresses, ...password, ...more }))
    processes.set(name, running)
    return running
  }
  const post = async (url: string, headers: Record<string, string>, body: unknown) => {
    const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const service = { Authorization: `Bearer ${SECRETS.CIRCUMSPECT_INGEST_TOKEN}` }
  const tool = { Authorization: `Bearer ${SECRETS.CIRCUMSPECT_LINK_TOKEN}` }
  const account = { ...service, 'X-Circumspect-Account': randomUUID() }

  beforeAll(async () => {
    ;[eventstore, kafka, postgres] = await Promise.all([startEventStoreDb(), startKafka(), startPostgres()])
    addresses = {
      CIRCUMSPECT_EVENTSTORE_URL: eventstore.connectionString,
      CIRCUMSPECT_KAFKA_BROKERS: kafka.broker,
      CIRCUMSPECT_POSTGRES_URL: postgres.url,
      CIRCUMSPECT_CLICKHOUSE_URL: clickhouse.engine().url,
    }
  })
  afterAll(async () => {
    for (const each of processes.values()) await each.stop('SIGKILL')
    await kafka?.end()
    await postgres?.end()
    await eventstore?.end()
  })

  it('says everything that is wrong with its configuration, and ends', async () => {
    const broken = ServiceProcess.start(services.dashboard!, { CIRCUMSPECT_CLICKHOUSE_URL: 'hush', CIRCUMSPECT_LINK_TOKEN: 'hush', CIRCUMSPECT_MASTER_KEY: 'hush' })
    await expect(broken).rejects.toThrow(/MASTER_KEY.*\n.*CLICKHOUSE_URL.*\n.*LINK_TOKEN/)
    await expect(broken).rejects.not.toThrow(/hush/)
  })

  it('starts while a server is away, and says which', async () => {
    const nowhere = 'postgres://circumspect@127.0.0.1:9/circumspect'
    for (const name of ['ingest', 'dashboard', 'projector']) {
      const waiting = await start(name, { CIRCUMSPECT_POSTGRES_URL: nowhere, CIRCUMSPECT_INGEST_URL: 'http://127.0.0.1:9' })
      await until('it says which', () => Promise.resolve(/Waiting for (the vault|PostgreSQL)/.test(waiting.output)))
      expect((await waiting.ready()).status).toBe(503)
      expect((await fetch(`${waiting.url}/api/health`)).status).toBe(200)
      expect((await fetch(`${waiting.url}/api/cases`)).status).toBe(503)
      expect(await waiting.stop()).toMatchObject({ code: 0 })
    }
  })

  it('carries a case from ingest to a report of the dashboard, and what a page records from the dashboard to ingest', async () => {
    const ingest = await start('ingest')
    await ingest.untilReady()
    for (const name of ['projector', 'projector-2', 'projector-3']) await start(name)
    const dashboard = await start('dashboard', { CIRCUMSPECT_INGEST_URL: ingest.url })
    for (const each of processes.values()) await each.untilReady()

    const school = randomUUID()
    expect((await post(`${ingest.url}/api/schools/${school}/events`, account, sent('school-registered'))).status).toBe(201)
    expect((await post(`${ingest.url}/api/schools/${school}/events`, {}, sent('school-registered'))).status).toBe(401)
    expect((await post(`${ingest.url}/api/schools/${school}/events`, service, sent('school-registered'))).status).toBe(400)
    const file = ['case,school,day,time,place,what,child,role,sex', ...[1, 2, 3].map((n) => `${n},School 1,2026-01-1${n},10:30,Corridor 1,physical,a${n},alleged-perpetrator,M`)].join('\n')
    const { status, body } = await post(`${dashboard.url}/api/imports`, tool, { csv: file, mapping: MAPPING, mode: 'import' })
    expect(status, JSON.stringify(body)).toBe(202)
    const get = async (path: string) => (await (await fetch(dashboard.url + path, { headers: tool })).json()) as Record<string, unknown>
    await until('the import is done', async () => (await get(`/api/imports/${String(body.id)}`)).state === 'done')
    const told = randomUUID()
    expect((await post(`${ingest.url}/api/cases/${told}/events?school=${school}`, account, sent('disclosure-made'))).status).toBe(201)
    await until('the case is in the figures', async () => JSON.stringify(await get('/api/cases')).includes(told))
    type Report = { tables: { rows: { incidents?: number }[] }[] }
    await until('the incidents are in the report', async () => {
      const { tables } = (await get('/api/reports/hotspots')) as unknown as Report
      return tables[0]!.rows.reduce((sum, row) => sum + (row.incidents ?? 0), 0) === 3
    })
    expect((await fetch(`${dashboard.url}/api/cases`)).status).toBe(401)
  })

  it('gives a link that opens the pages, once', async () => {
    const { url } = processes.get('dashboard')!
    const { body } = await post(`${url}/api/links`, tool, {})
    expect((await fetch(String(body.link))).status).toBe(200)
    expect((await fetch(String(body.link))).status).toBe(401)
  })

  it('lets somebody in as who they are, and hands on to ingest only what they may record', async () => {
    const { url } = processes.get('dashboard')!
    const { body } = await post(`${url}/api/links`, tool, { role: 'trust-board', name: 'Somebody (made up)' })
    const Cookie = (await fetch(String(body.link))).headers.get('set-cookie')!.split(';')[0]!
    expect(await (await fetch(`${url}/api/me`, { headers: { Cookie } })).json()).toMatchObject({
      role: 'trust-board', name: 'Somebody (made up)', opens: { cases: false, figures: false, recording: false }, why: expect.stringContaining('A small number') as string,
    })
    const refused = await post(`${url}/api/cases/${randomUUID()}/events?school=${randomUUID()}`, { Cookie }, sent('disclosure-made'))
    expect([refused.status, refused.body.code]).toEqual([403, 'not-allowed'])
    for (const path of ['/api/cases', '/api/reports/trend', '/api/drafts', '/api/accounts']) expect((await fetch(url + path, { headers: { Cookie } })).status, path).toBe(403)
    const { accounts } = (await (await fetch(`${url}/api/accounts`, { headers: tool })).json()) as { accounts: { name: string }[] }
    expect(accounts.map(({ name }) => name)).toEqual(['Somebody (made up)'])
  })

  it('measures how far each is, and how it answers', async () => {
    const [ingest, projector, dashboard] = ['ingest', 'projector', 'dashboard'].map((name) => processes.get(name)!)
    const head = await dashboard!.metric('store_events')
    expect(head).toBeGreaterThan(10)
    expect(await ingest!.metric('relay_sent_total')).toBe(head)
    expect(await ingest!.metric('relay_checkpoint_age_seconds')).toBeGreaterThan(0)
    expect(await projector!.metric('views_position')).toBe(head! - 1)
    const taken = await Promise.all(['projector', 'projector-2', 'projector-3'].map((name) => processes.get(name)!.metric('projector_events_total')))
    expect(taken.reduce<number>((sum, events) => sum + events!, 0)).toBeGreaterThanOrEqual(head!)
    expect(await ingest!.metric('store_events')).toBe(head)
    expect(await dashboard!.metric('views_lag_events')).toBe(0)
    for (const each of [projector, dashboard]) expect(await each!.metric('parked_events')).toBe(0)
    for (const each of [ingest, projector, dashboard]) expect(await each!.metric('request_seconds_count')).toBeGreaterThan(0)
  })

  it('counts and shows an event that cannot be carried, and goes on after it', async () => {
    const [ingest, projector, dashboard] = ['ingest', 'projector', 'dashboard'].map((name) => processes.get(name)!)
    const store = new EventStoreDbEventStore({ connectionString: eventstore.connectionString })
    await store.append(newStream(), [newEvent({ type: 'unheard-of' })], NO_STREAM)
    await store.close()
    const school = randomUUID()
    expect((await post(`${ingest!.url}/api/schools/${school}/events`, account, sent('school-registered'))).status).toBe(201)
    await until('what came after it is in the figures', async () => (await dashboard!.metric('views_lag_events')) === 0)
    for (const each of [ingest, projector, dashboard]) expect(await each!.metric('parked_events')).toBe(1)
    expect(await ingest!.metric('relay_lag_events')).toBe(0)
    const { head, watermark, parked } = (await (await fetch(`${dashboard!.url}/api/ready`)).json()) as Record<string, number>
    expect([watermark, parked]).toEqual([head, 1])
    const report = (await (await fetch(`${dashboard!.url}/api/reports/trend`, { headers: tool })).json()) as { parked: unknown }
    expect(report.parked).toEqual([{ reason: 'This type of event is not known to this version of the program.', events: 1 }])
  })

  it('goes on without a projector, and says what is away', async () => {
    expect(await processes.get('projector-3')!.stop()).toMatchObject({ code: 0 })
    const ingest = processes.get('ingest')!
    const dashboard = processes.get('dashboard')!
    expect(await ingest.stop()).toMatchObject({ code: 0 })
    await until('the dashboard says so', async () => (await dashboard.ready()).parts.ingest !== 'up')
    const { status, body } = await post(`${dashboard.url}/api/cases/${randomUUID()}/events`, tool, sent('disclosure-made'))
    expect([status, body.code]).toEqual([503, 'unavailable'])
  })

  it('carries a folder over by the command of the guide, in the place of the service', async () => {
    const history = await openHistory()
    const school = randomUUID()
    await history.store.append(`school-${school}`, [newEvent()], NO_STREAM)
    await history.store.close()
    await history.vault.close()
    const empty = await startEmptyEventStoreDb()
    const service = services[TAKES]!
    const given = { CIRCUMSPECT_EVENTSTORE_URL: empty.connectionString, CIRCUMSPECT_POSTGRES_URL: await newDatabase(postgres.url) }
    const key = { CIRCUMSPECT_MASTER_KEY: readFileSync(join(history.directory, 'master.key')).toString('base64') }
    const args = COMMAND.split(' ').map((arg) => (arg === '/data' ? history.directory : arg))
    const { code, output } = await run(args, { ...service.environment, ...elsewhere(service, given), ...key })
    expect(output).toMatch(/Done: /)
    expect(code).toBe(0)
    const store = new EventStoreDbEventStore({ connectionString: empty.connectionString })
    expect(await store.head()).toBe(0)
    await store.close()
    await empty.end()
    rmSync(history.directory, { recursive: true, force: true })
  })

  // One that does not end within ten seconds ends itself, with 1.
  it('ends cleanly, each within ten seconds', async () => {
    for (const [name, running] of processes) {
      const { code } = await running.stop()
      expect(code, `${name}: ${running.output}`).toBe(0)
    }
  })
})

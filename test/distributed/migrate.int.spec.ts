import { PostgresAuditLog, SqliteAuditLog, type AuditEntry } from '@circumspect/access'
import { childrenOf, parseCommand, streamId, type RecordedEvent, type StreamId } from '@circumspect/domain'
import { EventStoreDbEventStore, SqliteEventStore, verifyHistory, type EventStore } from '@circumspect/event-store'
import { DirectFeed } from '@circumspect/feed'
import { openPostgresLeases, PostgresVault, SqliteVault, type Vault } from '@circumspect/identity'
import { Recorder, RecordingClock } from '@circumspect/ingest'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { answersOf, fillWithRealFile, fillWithSmallDemo, following, questionsOf, realFileThere, unexpected } from '../support/all-reports'
import { useClickHouse } from '../support/clickhouse'
import { startEmptyEventStoreDb } from '../support/eventstoredb'
import { testFolder } from '../support/folder'
import { sent } from '../support/ingest'
import { newDatabase, postgresThere, startPostgres, type TestPostgres } from '../support/postgres'
import { INGEST, PROGRAM, run, type Env } from '../support/run-program'
import { seedOfRun } from '../support/seed'
import { openHistory, TESTER, type History } from '../support/service'
import { AT } from '../support/texts'

const LOOKED: AuditEntry = { at: AT, account: TESTER, action: 'read-case', subject: 'a case' }

async function allOf(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for (let page = await store.readAll(0, 5000); page.length > 0; page = await store.readAll(events.length, 5000)) events.push(...page)
  return events
}

const opened = (vault: Vault, events: readonly RecordedEvent[]) => Promise.all(events.map((event) => vault.open(event.stream, event)))

describe.runIf(postgresThere())('a folder taken over to EventStoreDB and PostgreSQL', { timeout: 600_000 }, () => {
  const clickhouse = useClickHouse()
  let postgres: TestPostgres
  beforeAll(async () => void (postgres = await startPostgres()))
  afterAll(() => postgres.end())

  /** Stores of its own to take over into, and the environment that names them, with the folder's key. */
  async function target(directory: string) {
    const eventstore = await startEmptyEventStoreDb()
    onTestFinished(() => eventstore.end())
    const env = {
      CIRCUMSPECT_EVENTSTORE_URL: eventstore.connectionString,
      CIRCUMSPECT_POSTGRES_URL: await newDatabase(postgres.url),
      CIRCUMSPECT_MASTER_KEY: readFileSync(join(directory, 'master.key')).toString('base64'),
    }
    const store = new EventStoreDbEventStore({ connectionString: env.CIRCUMSPECT_EVENTSTORE_URL })
    onTestFinished(() => store.close())
    return { env, store, vault: () => PostgresVault.open({ url: env.CIRCUMSPECT_POSTGRES_URL }, env.CIRCUMSPECT_MASTER_KEY) }
  }
  const migrate = (directory: string, env: Env, kill?: Parameters<typeof run>[2]) => run([PROGRAM, 'migrate', '--data', directory], env, kill)

  /** A folder with a history, of which one child has been erased and somebody has looked at something; with all that it says. */
  async function folder(name: string, fill: (history: History) => Promise<void>) {
    const history = await openHistory()
    onTestFinished(() => rmSync(history.directory, { recursive: true, force: true }))
    await fill(history)
    const events = await allOf(history.store)
    const child = events.filter((event) => event.stream.startsWith('case-')).flatMap((event) => childrenOf(event))[0]!
    await history.vault.erase(child, AT, 'asked-for')
    const audit = new SqliteAuditLog(join(history.directory, 'audit.db'))
    for (let i = 0; i < 5; i++) await audit.write({ ...LOOKED, subject: `case ${i}` })
    const asked = await questionsOf(history)
    const views = { ledger: `circumspect_${name}_before`, facts: `circumspect_${name}_before_facts` }
    const projector = await following(clickhouse, views, new DirectFeed(history.store, unexpected))
    const answers = await answersOf(clickhouse, views, events.length - 1, asked)
    await projector.stop()
    const said = { events, texts: await opened(history.vault, events), erasures: await history.vault.erasures(), audit: await audit.entries(), whole: await verifyHistory(history.store) }
    await audit.close()
    await history.store.close()
    await history.vault.close()
    return { directory: history.directory, child, asked, answers, ...said }
  }

  async function comparedFor(name: string, fill: (history: History) => Promise<void>): Promise<void> {
    const before = await folder(name, fill)
    const { env, store, vault } = await target(before.directory)
    const seed = seedOfRun(`migrate ${name}`)
    const chance = new Chance(seed)
    let kills = 0
    for (const at of [/history is whole/, /The vault: /, /The history: .*\([1-9]\d %\)/, /Comparing/]) {
      const { code, output } = await migrate(before.directory, env, { at, after: chance.whole(0, 200) })
      expect(output, `seed ${seed}`).toMatch(at)
      if (code === null) kills++
      if (at.source.startsWith('The vault') && !output.includes('Comparing')) await ingestWaits(env)
    }
    expect(kills, `seed ${seed}`).toBeGreaterThanOrEqual(3)
    const done = await migrate(before.directory, env)
    expect(done, `seed ${seed}`).toMatchObject({ code: 0, output: expect.stringMatching(/Done: |taken over before/) as string })
    await same(before, store, vault, env)

    const views = { ledger: `circumspect_${name}_after`, facts: `circumspect_${name}_after_facts` }
    const projector = await following(clickhouse, views, new DirectFeed(store, unexpected))
    expect(await answersOf(clickhouse, views, before.events.length - 1, before.asked)).toBe(before.answers)
    await projector.stop()

    await goesOn(before.directory, env, store, vault)
  }

  /** Ingest does not begin before all is there. */
  async function ingestWaits(env: Env): Promise<void> {
    const service = { CIRCUMSPECT_KAFKA_BROKERS: '127.0.0.1:9', CIRCUMSPECT_INGEST_TOKEN: randomUUID(), CIRCUMSPECT_PORT: '0' }
    const { output } = await run([INGEST], { ...env, ...service }, { at: /Waiting for the history that is taken over/, after: 0 })
    expect(output).toMatch(/Waiting for the history that is taken over/)
    expect(output).not.toContain('Ingest is ready')
  }

  async function same(before: Awaited<ReturnType<typeof folder>>, store: EventStoreDbEventStore, open: () => Promise<Vault>, env: Env): Promise<void> {
    expect(await allOf(store)).toEqual(before.events)
    expect(await verifyHistory(store)).toEqual(before.whole)
    const vault = await open()
    expect(await opened(vault, before.events)).toEqual(before.texts)
    expect(await vault.erasures()).toEqual(before.erasures)
    expect([await vault.knowsChild(before.child), await vault.details(before.child)]).toEqual([false, undefined])
    await vault.close()
    const audit = await PostgresAuditLog.open({ url: env.CIRCUMSPECT_POSTGRES_URL! })
    expect(await audit.entries()).toEqual(before.audit)
    await audit.close()
  }

  /** What is recorded there comes behind it; the whole verifies; and it is not taken over again. */
  async function goesOn(directory: string, env: Env, store: EventStoreDbEventStore, open: () => Promise<Vault>): Promise<void> {
    const vault = await open()
    const head = await store.head()
    const recorder = new Recorder(store, vault, new RecordingClock(() => new Date()))
    const parsed = parseCommand('case', { ...sent('disclosure-made'), id: randomUUID() })
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
    const school = (await store.readAll(0, 1))[0]!.school
    const { events } = await recorder.record(streamId('case', randomUUID()), [parsed.command], { recordedBy: TESTER, school })
    expect((await store.readAll(head + 1, 10)).map((e) => e.id)).toEqual(events.map((e) => e.id))
    await vault.close()
    expect(await run([INGEST, 'verify'], env)).toEqual({ code: 0, output: expect.stringContaining(`whole: ${head + 2} events`) as string })
    expect(await migrate(directory, env)).toEqual({ code: 0, output: expect.stringContaining('taken over before') as string })
    expect(await store.head()).toBe(head + 1)
  }

  it('the made-up trust, killed again and again: everything is the same, and all reports', () => comparedFor('demo', fillWithSmallDemo))

  it('the real file likewise', async ({ skip }) => {
    realFileThere(skip)
    await comparedFor('real', fillWithRealFile)
  })

  /** A folder with one case in it. */
  async function small() {
    const directory = testFolder()
    const store = new SqliteEventStore(join(directory, 'history.db'))
    const vault = new SqliteVault(join(directory, 'vault.db'))
    const stream: StreamId = streamId('school', randomUUID())
    const recorder = new Recorder(store, vault, new RecordingClock(() => new Date()))
    const parsed = parseCommand('school', { ...sent('school-registered'), id: randomUUID() })
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
    await recorder.record(stream, [parsed.command], { recordedBy: TESTER })
    return { directory, store, vault, close: () => Promise.all([store.close(), vault.close()]) }
  }

  it('is refused while another process has the folder, with another key, and where there is no folder', async () => {
    const source = await small()
    const { env, store } = await target(source.directory)
    expect(await migrate(source.directory, env)).toEqual({ code: 1, output: expect.stringContaining('in use by another process') as string })
    await source.close()
    expect(await migrate(source.directory, { ...env, CIRCUMSPECT_MASTER_KEY: Buffer.alloc(32, 3).toString('base64') })).toEqual({ code: 1, output: expect.stringContaining('master key is not the one of this vault') as string })
    expect(await migrate(testFolder(), env)).toEqual({ code: 1, output: expect.stringContaining('There is no history.db') as string })
    const unset = await migrate(source.directory, {})
    for (const name of Object.keys(env)) expect(unset.output).toContain(`${name}, `)
    expect(await store.head()).toBe(-1)
  })

  it('is refused where something else stands, or a service runs', async () => {
    const source = await small()
    await source.close()
    const another = await small()
    await another.close()
    const first = await target(source.directory)
    expect(await migrate(source.directory, first.env)).toMatchObject({ code: 0 })
    const key = { CIRCUMSPECT_MASTER_KEY: readFileSync(join(another.directory, 'master.key')).toString('base64') }
    expect(await migrate(another.directory, { ...first.env, ...key })).toEqual({ code: 1, output: expect.stringContaining('Another folder has been taken over there') as string })

    const second = await target(source.directory)
    expect(await migrate(source.directory, { ...second.env, CIRCUMSPECT_EVENTSTORE_URL: first.env.CIRCUMSPECT_EVENTSTORE_URL })).toEqual({ code: 1, output: expect.stringContaining('holds a history already') as string })
    const { leases, close } = await openPostgresLeases({ url: second.env.CIRCUMSPECT_POSTGRES_URL })
    const lease = await leases.acquire('relay of the services', randomUUID(), 60_000)
    expect(await migrate(source.directory, second.env)).toEqual({ code: 1, output: expect.stringContaining('A service is running there (relay of the services)') as string })
    await leases.release(lease!)
    await close()

    const vault = await second.vault()
    const child = await vault.childFor([{ issuer: 'dfe', scheme: 'upn', value: 'A1' }])
    expect(await migrate(source.directory, second.env)).toEqual({ code: 1, output: expect.stringContaining('holds something already (child_references, children)') as string })
    expect(await vault.knowsChild(child)).toBe(true)
    await vault.close()
  })
})

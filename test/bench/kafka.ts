import type { FeedEvent, NewEvent, StreamId } from '@circumspect/domain'
import { SqliteEventStore } from '@circumspect/event-store'
import { DirectFeed } from '@circumspect/feed'
import { Projector } from '@circumspect/projector'
import { applySchema, ClickHouseReports, least, LedgerWriter, startEngine, type Databases, type Engine } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { credentialsIn } from '../../libs/views/src/engine/credentials'
import { forkProgram, type Forked } from '../support/forked'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { kafkaPathOf } from '../support/kafka-feed'
import type { ProjectorChild } from '../support/projector-child'
import { FeedGenerator } from './generator'
import { asRecorded } from './recorded'
import { figure, perSecond, type Measured } from './table'
import type { Programs } from './views'

/** More than this adds time and says nothing new. */
const MOST_CASES = 7000
const BURST = 100_000
const PARTITIONS = 6
const LOOK_EVERY_MS = 50
const PATIENCE_MS = 180_000

/** What is measured with, alike for every figure. */
interface Ground {
  readonly engine: Engine
  readonly credentials: { readonly projector: string; readonly reader: string }
  readonly kafka: TestKafka
  readonly store: SqliteEventStore
  readonly path: ReturnType<typeof kafkaPathOf>
  readonly events: number
  readonly leases: string
  readonly program: string
}

/** Relay, Kafka feed and projectors on a real broker, against the feed of one process over the same events. */
export async function measureKafka(cases: number, directory: string, programs: Programs): Promise<Measured[]> {
  if (!kafkaThere()) return [{ section: 'kafka', what: 'relay and feed through Kafka', figure: 'not measured: no Java or no Maven', against: '' }]
  const folder = join(directory, 'kafka')
  mkdirSync(folder)
  const store = new SqliteEventStore(join(folder, 'history.db'))
  const generator = new FeedGenerator(Math.min(cases, MOST_CASES), 3)
  for (const batch of generator.batches(5000)) await appendAll(store, batch)
  const kafka = await startKafka()
  const path = kafkaPathOf(kafka, { store, directory: folder }, PARTITIONS)
  const engine = await startEngine({ directory: join(folder, 'engine'), childScript: programs.engine, log: () => undefined })
  const credentials = credentialsIn(join(folder, 'engine'))
  const ground: Ground = { engine, credentials, kafka, store, path, events: generator.position, leases: join(folder, 'projectors.db'), program: programs.projector }
  try {
    return await measured(ground, generator)
  } finally {
    await path.close()
    await engine.stop()
    await kafka.end()
    await store.close()
  }
}

async function measured(ground: Ground, generator: FeedGenerator): Promise<Measured[]> {
  const direct = await throughDirect(ground)
  const relayed = await relay(ground)
  const one = await throughKafka(ground, 1)
  const three = await throughKafka(ground, 3)
  const baseline = `the direct feed → projector, the same ${ground.events.toLocaleString('en-GB')} events (${perSecond(direct)})`
  const ratio = (what: string, rate: number): Measured => ({
    section: 'kafka', what, figure: `${figure(rate / direct)} × (${perSecond(rate)})`, against: baseline, aim: '≥ 0.5 ×', reached: rate / direct >= 0.5,
  })
  return [
    ratio('relay: history → topic', relayed),
    ratio('Kafka feed → one projector', one),
    { section: 'kafka', what: 'three projectors, each a process', figure: `${figure(three / one)} × (${perSecond(three)})`, against: `one (${perSecond(one)})` },
    await burst(ground, generator),
  ]
}

/** Events a second from the store straight into empty views. */
async function throughDirect(ground: Ground): Promise<number> {
  const databases = await emptyViews(ground, 'direct')
  const fail = ({ reason }: { reason: string }) => {
    throw new Error(reason)
  }
  const projector = new Projector({ feed: new DirectFeed(ground.store, fail), clickhouse: ground.engine.client('projector'), databases, now: () => new Date(), log: () => undefined })
  const start = performance.now()
  await projector.start()
  const spent = (await untilTakenIn(ground, databases)) - start
  await projector.stop()
  return (ground.events / spent) * 1000
}

async function relay({ path, events, store }: Ground): Promise<number> {
  const start = performance.now()
  const relay = path.relay()
  await reached(async () => relay.status().position >= (await store.head()))
  return (events / (performance.now() - start)) * 1000
}

/** Events a second from the topic into empty views, by so many projectors that begin together. */
async function throughKafka(ground: Ground, projectors: number): Promise<number> {
  const databases = await emptyViews(ground, `kafka_${projectors}`)
  const children = await forked(ground, databases, projectors)
  const start = performance.now()
  for (const { child } of children) child.send('begin')
  const spent = (await untilTakenIn(ground, databases)) - start
  await ended(children)
  return (ground.events / spent) * 1000
}

/** A burst comes in as fast as the history takes it, while one projector follows: how far the figures fall behind, and for how long. */
async function burst(ground: Ground, generator: FeedGenerator): Promise<Measured> {
  const databases = await emptyViews(ground, 'burst')
  const children = await forked(ground, databases, 1)
  for (const { child } of children) child.send('begin')
  const reports = new ClickHouseReports(ground.engine.client('reader'), databases, () => new Date())
  const lag = async () => (await ground.store.head()) - (await reports.watermark().catch(() => -1))
  await reached(async () => (await lag()) === 0)
  const size = Math.min(BURST, ground.events)
  const coming: FeedEvent[] = []
  while (coming.length < size) for (const event of generator.anotherCase(new Date())) coming.push(event)
  coming.length = size
  let largest = 0
  const start = performance.now()
  const appended = appendAll(ground.store, coming).then(() => performance.now() - start)
  let all = false
  void appended.then(() => (all = true))
  await reached(async () => {
    const now = await lag()
    largest = Math.max(largest, now)
    return all && now === 0
  })
  const level = performance.now() - start
  await ended(children)
  return {
    section: 'kafka', what: `a burst of ${size.toLocaleString('en-GB')} events: until every figure has it`, figure: `${figure(level / 1000)} s, at most ${largest.toLocaleString('en-GB')} events behind`,
    against: `recorded within ${figure((await appended) / 1000)} s; relay, broker, one projector, folding included`,
  }
}

/** Views of their own, with nothing in them. */
async function emptyViews({ engine }: Ground, name: string): Promise<Databases> {
  const databases = { ledger: `circumspect_${name}`, facts: `circumspect_${name}_facts` }
  await applySchema(engine.client('projector'), databases.ledger)
  return databases
}

async function forked({ engine, credentials, kafka, path, leases, program }: Ground, databases: Databases, count: number): Promise<Forked[]> {
  const given: ProjectorChild = { broker: kafka.broker, topic: path.topic, group: `views-${randomUUID()}`, session: 10_000, url: engine.url, password: credentials.projector, databases, leases, slow: 0 }
  const children = Array.from({ length: count }, () => forkProgram(program, [JSON.stringify(given)]))
  await Promise.all(children.map(({ said }) => said('there')))
  return children
}

async function ended(children: readonly Forked[]): Promise<void> {
  for (const { child, ended } of children) {
    child.kill('SIGKILL')
    await ended
  }
}

/** When all events were in the ledger, by this process's clock. */
async function untilTakenIn({ engine, store }: Ground, { ledger }: Databases): Promise<number> {
  const [writer, head] = [new LedgerWriter(engine.client('projector'), ledger), await store.head()]
  await reached(async () => least(await writer.checkpoint()) >= head)
  return performance.now()
}

async function reached(isThere: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; !(await isThere()); await sleep(LOOK_EVERY_MS))
    if (performance.now() > until) throw new Error(`Not within ${PATIENCE_MS / 1000} seconds.`)
}

/** In the order given, what follows of one stream as one append; all on their way at once. */
async function appendAll(store: SqliteEventStore, events: readonly FeedEvent[]): Promise<void> {
  const appends: { stream: StreamId; from: number; events: NewEvent[] }[] = []
  for (const event of events) {
    const last = appends.at(-1)
    if (last?.stream === event.stream) last.events.push(asRecorded(event))
    else appends.push({ stream: event.stream, from: event.revision, events: [asRecorded(event)] })
  }
  for (let i = 0; i < appends.length; i += 500)
    await Promise.all(appends.slice(i, i + 500).map(({ stream, from, events }) => store.append(stream, events, from - 1)))
}

import { importFile, mappingSchema } from '@circumspect/ingest'
import { DirectFeed, type Feed, type RelaySource } from '@circumspect/feed'
import { Projector, type Sharing } from '@circumspect/projector'
import { ClickHouseReports, least, LedgerWriter, REPORT_NAMES, type Databases, type ReportRequest } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import { useClickHouse } from '../support/clickhouse'
import { inPortions, slowly } from '../support/in-portions'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { kafkaPathOf } from '../support/kafka-feed'
import { openHistory, TESTER, until, type History } from '../support/service'

const NOW = new Date('2026-11-20T18:00:00Z')
const PARTITIONS = 3
/** Events of one request of the relay. */
const PORTION = 100
const SLOW_MS = 20
const file = process.env.CIRCUMSPECT_NIBRS_CSV ?? '../shared/data/nibrs-mn-2018-under-18.csv'

const demo = (history: History) => fillWithDemo(history, { today: '2026-11-20', share: 0.12 })
const real = async (history: History) => {
  const mapping = mappingSchema.parse(JSON.parse(readFileSync('mappings/nibrs-mn-2018.json', 'utf8')))
  expect((await importFile(history, readFileSync(file, 'utf8'), mapping, 'import', TESTER)).problems).toEqual([])
}

/** Holds back what comes after a position until it is released. */
function valve() {
  let release: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (release = resolve))
  const through = (source: RelaySource, after: number): RelaySource => ({
    subscribe: (from, take, onError) =>
      source.subscribe(from, async (events) => {
        if (events[0]!.position > after) await opened
        await take(events)
      }, onError),
  })
  return { through, release: () => release() }
}

/** One history through every way there is: all reports, byte for byte the same at the same watermark. */
describe.runIf(kafkaThere())('one history, by whatever way it comes', { timeout: 600_000 }, () => {
  const clickhouse = useClickHouse()
  let kafka: TestKafka
  beforeAll(async () => void (kafka = await startKafka()))
  afterAll(() => kafka.end())

  it('the made-up trust: straight from the store, through Kafka to one consumer, and to three of which one leaves and another joins half way', () => comparedFor('demo', demo))

  it('the real file likewise', async ({ skip }) => {
    if (!existsSync(file)) {
      process.stderr.write(`\nSKIPPED, LOUDLY: the real file is not at ${file}; set CIRCUMSPECT_NIBRS_CSV to it.\n\n`)
      return process.env.CI ? expect.fail('the real file must be there in CI') : skip('no real file')
    }
    await comparedFor('real', real)
  })

  async function comparedFor(name: string, fill: (history: History) => Promise<void>): Promise<void> {
    const history = await openHistory()
    await fill(history)
    const path = kafkaPathOf(kafka, history, PARTITIONS)
    const open = valve()
    const relay = path.relay({ source: open.through(inPortions(history.store, PORTION), Math.floor((await history.store.head()) / 2)) })
    const views = (way: string): Databases => ({ ledger: `circumspect_${name}_${way}`, facts: `circumspect_${name}_${way}_facts` })
    const asked = await questions(history)

    const direct = await following(views('direct'), new DirectFeed(history.store, unexpected))
    const expected = await answers(history, views('direct'), asked)
    expect(expected.match(/"rows":\[\{/g)!.length).toBeGreaterThan(40)
    await direct.stop()

    // Three share the views from the start, and each batch takes its time: hundreds of them are still to come when one leaves and another joins.
    const group = `three-${randomUUID()}`
    const sharing = () => following(views('three'), slowly(path.feed(group), SLOW_MS), { leases: path.shared.leases, holder: randomUUID(), leaseFor: 3000 })
    await until('the topic is there', () => Promise.resolve(relay.status().position >= 0))
    const [first, ...others] = await Promise.all([0, 1, 2].map(sharing))
    const progress = new LedgerWriter(clickhouse.projector(), views('three').ledger)
    const [head, came] = [await history.store.head(), async () => least(await progress.checkpoint())]
    await until('events have come', async () => (await came()) > head / 10)
    // Who leaves first may be the one that folds, with partitions half read: the others go on with both.
    await first!.stop()
    const left = await came()
    const joined = await sharing()
    expect(left).toBeLessThan(head)
    open.release()
    await path.sentAll(relay)
    expect(await answers(history, views('three'), asked)).toBe(expected)
    expect([joined.taken().events > 0, others.every((each) => each.taken().events > 0)]).toEqual([true, true])
    for (const each of [...others, joined]) await each.stop()

    const one = await following(views('one'), path.feed())
    expect(await answers(history, views('one'), asked)).toBe(expected)
    await one.stop()
    await path.close()
    await history.close()
  }

  async function following(databases: Databases, feed: Feed, sharing?: Sharing): Promise<Projector> {
    const projector = new Projector({ feed, clickhouse: clickhouse.projector(), databases, now: () => NOW, log: () => undefined, ...(sharing && { sharing }) })
    await projector.start()
    return projector
  }

  /** Every answer at the head of the history, as text. */
  async function answers(history: History, databases: Databases, asked: readonly ReportRequest[]): Promise<string> {
    const reports = new ClickHouseReports(clickhouse.reader(), databases, () => NOW)
    const head = await history.store.head()
    await until(`the views are at ${head}`, async () => (await reports.watermark()) >= head)
    const all: string[] = []
    for (const request of asked) for (const name of REPORT_NAMES) all.push(JSON.stringify(await reports.run(name, request)))
    return all.join('\n')
  }
})

const unexpected = ({ reason }: { reason: string }) => expect.fail(reason)

/** All schools; the first; a school year; and what was known half way. */
async function questions({ store }: History): Promise<ReportRequest[]> {
  const events = await store.readAll(0, 100_000)
  const schools = events.filter((e) => e.type === 'school-registered').map((e) => e.school)
  const half = events[Math.floor(events.length / 2)]!.recordedAt
  return [{ schools }, { schools: schools.slice(0, 1) }, { schools, from: '2025-09-01', to: '2026-08-31' }, { schools, asOf: half }]
}

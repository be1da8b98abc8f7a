import { SqliteEventStore } from '@circumspect/event-store'
import { DirectFeed, type Feed } from '@circumspect/feed'
import { openSqliteLeases } from '@circumspect/identity'
import { AnotherRebuildError, Projector, rebuild } from '@circumspect/projector'
import { buildOf, ClickHouseReports, LedgerWriter, REPORT_NAMES, servedBuild, type Databases, type ReportName } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import { credentialsIn } from '../../libs/views/src/engine/credentials'
import { useClickHouse } from '../support/clickhouse'
import { inPortions } from '../support/in-portions'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { kafkaPathOf } from '../support/kafka-feed'
import type { ProjectorChild } from '../support/projector-child'
import { buildAndFork, type Forked } from '../support/run-ts'
import { openHistory, until } from '../support/service'

const NOW = new Date('2026-11-20T18:00:00Z')
const PARTITIONS = 3
const SESSION = 3000
/** Asked all the while. */
const ASKED: readonly ReportName[] = ['hotspots', 'lessons', 'trend']
/** So many of the answers are held to a fold of the ledger at their position, which takes long; all of one position to each other. */
const LOOKED_AT = 8

/** Views that two projectors share, built anew while both work, events come in, and readers ask. */
describe.runIf(kafkaThere())('building views anew that several projectors share', { timeout: 600_000 }, () => {
  const clickhouse = useClickHouse()
  let kafka: TestKafka
  const children: Forked[] = []
  beforeAll(async () => void (kafka = await startKafka()))
  afterAll(async () => {
    for (const { child, ended } of children) {
      child.kill('SIGKILL')
      await ended
    }
    await kafka.end()
  })

  it('every answer is the right one at its position, positions never go back, and the end is the same', async () => {
    const history = await openHistory()
    await fillWithDemo(history, { today: '2026-11-20', share: 0.06 })
    const head = await history.store.head()
    const schools = (await history.store.readAll(0, head + 1)).filter((e) => e.type === 'school-registered').map((e) => e.school)
    const path = kafkaPathOf(kafka, history, PARTITIONS)
    // A third at once, the rest bit by bit, so that events come in all the while.
    let [sent, pause] = [0, 0]
    const source = inPortions(history.store, 4)
    path.relay({
      source: {
        subscribe: (from, take, onError) =>
          source.subscribe(from, async (events) => {
            await sleep((sent += events.length) < head / 3 ? 0 : pause)
            await take(events)
          }, onError),
      },
    })
    pause = 500
    const databases: Databases = { ledger: 'circumspect_shared', facts: 'circumspect_shared_facts' }
    const given: ProjectorChild = {
      broker: kafka.broker, topic: path.topic, group: `views-${randomUUID()}`, session: SESSION, url: clickhouse.engine().url, databases,
      password: credentialsIn(clickhouse.directory).projector, leases: join(history.directory, 'projectors.db'),
    }
    await until('the topic is there', () => Promise.resolve(path.relays[0]!.status().position >= 0))
    for (let i = 0; i < 2; i++) {
      const child = await buildAndFork('test/support/projector-child.ts', [JSON.stringify(given)])
      children.push(child)
      child.child.send('begin')
      await child.said('following')
    }
    const reports = new ClickHouseReports(clickhouse.reader(), databases, () => NOW)
    const watermark = () => reports.watermark().catch(() => -1)
    await until('a third is there', async () => (await watermark()) > head / 3)
    // As after an upgrade: some of what is there was written by an older mapping.
    await clickhouse.projector().insert('ledger', ['school', 'kind', 'stream', 'mapping'], [[schools[0], 'of-old', schools[0], 0]], { database: databases.ledger })
    expect(await new LedgerWriter(clickhouse.projector(), databases.ledger).isOutdated()).toBe(true)

    const answers: { readonly name: ReportName; readonly position: number; readonly text: string; readonly build: number; readonly who: number }[] = []
    let asking = true
    const failures: string[] = []
    const read = async (names: readonly ReportName[], who: number) => {
      while (asking)
        for (const name of names) {
          await sleep(100)
          const answer = await reports.run(name, { schools })
          answers.push({ who, name, position: answer.position, text: JSON.stringify(answer), build: await servedBuild(clickhouse.reader(), databases) })
        }
    }
    const readers = [read(ASKED, 0), read([...ASKED].reverse(), 1)].map((reading) => reading.catch((error: unknown) => void failures.push(String(error))))

    const shared = openSqliteLeases(given.leases)
    const sharing = { leases: shared.leases, holder: randomUUID(), leaseFor: SESSION }
    const options = { feed: path.feed(given.group), clickhouse: clickhouse.projector(), databases, now: () => NOW, log: () => undefined, sharing }
    await expect(rebuild({ ...options, feed: failingAfter(1, options.feed) })).rejects.toThrow('away')
    expect(await servedBuild(clickhouse.reader(), databases)).toBe(0)
    const building = rebuild(options, { stay: 5000, grace: 8000 })
    await sleep(200)
    await expect(rebuild({ ...options, sharing: { ...sharing, holder: randomUUID() } })).rejects.toThrow(AnotherRebuildError)
    await building
    expect(await servedBuild(clickhouse.reader(), databases)).toBe(1)
    expect(await watermark()).toBeLessThan(head)
    pause = 0
    await until('everything is there', async () => (await watermark()) >= head)
    asking = false
    await Promise.all(readers)
    expect(failures).toEqual([])

    const served = buildOf(databases, 1)
    expect(await new LedgerWriter(clickhouse.projector(), served.ledger).isOutdated()).toBe(false)
    expect(children.map(({ lines }) => lines.some((line) => line.includes('Other views are served')))).toEqual([true, true])
    expect(answers.filter((a) => a.build === 0).length).toBeGreaterThan(5)
    expect(answers.filter((a) => a.build === 1).length).toBeGreaterThan(5)
    const known = new Map<string, (typeof answers)[number]>()
    for (const answer of answers) {
      const key = `${answer.name} ${answer.position}`
      expect(answer.text, key).toBe((known.get(key) ?? answer).text)
      known.set(key, answer)
    }
    for (const who of [0, 1]) {
      const positions = answers.filter((a) => a.who === who).map((a) => a.position)
      expect(positions).toEqual([...positions].sort((a, b) => a - b))
    }
    await undisturbed(history.store, async (right) => {
      for (const [i, { name, position, text }] of [...known.values()].entries())
        if (i % Math.ceil(known.size / LOOKED_AT) === 0) expect(text, `${name} ${position}`).toBe(JSON.stringify(await right.at(name, { schools }, position)))
      for (const name of REPORT_NAMES) expect(JSON.stringify(await reports.run(name, { schools }))).toBe(JSON.stringify(await right.run(name, { schools })))
    })
    const left = await clickhouse.projector().query<{ name: string }>("SELECT name FROM system.databases WHERE name LIKE 'circumspect\\_shared%' ORDER BY name")
    expect(left.map((r) => r.name)).toEqual(['circumspect_shared', 'circumspect_shared_1', 'circumspect_shared_facts_1', 'circumspect_shared_facts_1_folding'])
    await shared.close()
    await path.close()
    await history.close()
  })

  /** The reports of the same history that nobody disturbed, also as they are at a position. */
  async function undisturbed(store: SqliteEventStore, look: (reports: ReportsAt) => Promise<void>): Promise<void> {
    const databases = { ledger: 'circumspect_undisturbed', facts: 'circumspect_undisturbed_facts' }
    const projector = new Projector({ feed: new DirectFeed(store, ({ reason }) => expect.fail(reason)), clickhouse: clickhouse.projector(), databases, now: () => NOW, log: () => undefined })
    await projector.start()
    const reports = new ReportsAt(clickhouse.projector(), databases, () => NOW)
    await until('the undisturbed views are there', async () => (await reports.watermark()) >= (await store.head()))
    await look(reports)
    await projector.stop()
  }
})

/** Folds the ledger at any position. */
class ReportsAt extends ClickHouseReports {
  async at(name: ReportName, request: { schools: string[] }, position: number) {
    const asked = await this['asked'](request)
    const ask: typeof asked.ask = (sql, params) => this['clickhouse'].query(sql, params, { database: 'circumspect_undisturbed' })
    return this['runAt'](name, request, { ...asked, ask, position, version: `then ${position}` })
  }
}

/** A feed that ends after so many batches, as where Kafka goes away for long. */
const failingAfter = (batches: number, feed: Feed): Feed => ({
  partitions: () => feed.partitions(),
  subscribe: (checkpoint, take, onError, options) => {
    let left = batches
    return feed.subscribe(checkpoint, (batch) => (left-- > 0 ? take(batch) : Promise.reject(new Error('away'))), onError, options)
  },
})

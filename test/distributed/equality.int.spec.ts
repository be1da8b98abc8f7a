import { DirectFeed, type RelaySource } from '@circumspect/feed'
import { least, LedgerWriter, type Databases } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, fillWithRealFile, fillWithSmallDemo, following, questionsOf, realFileThere, unexpected } from '../support/all-reports'
import { useClickHouse } from '../support/clickhouse'
import { inPortions, slowly } from '../support/in-portions'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { kafkaPathOf } from '../support/kafka-feed'
import { openHistory, until, type History } from '../support/service'

const PARTITIONS = 3
/** Events of one request of the relay. */
const PORTION = 100
const SLOW_MS = 20

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

  it('the made-up trust: straight from the store, through Kafka to one consumer, and to three of which one leaves and another joins half way', () => comparedFor('demo', fillWithSmallDemo))

  it('the real file likewise', async ({ skip }) => {
    realFileThere(skip)
    await comparedFor('real', fillWithRealFile)
  })

  async function comparedFor(name: string, fill: (history: History) => Promise<void>): Promise<void> {
    const history = await openHistory()
    await fill(history)
    const path = kafkaPathOf(kafka, history, PARTITIONS)
    const open = valve()
    const relay = path.relay({ source: open.through(inPortions(history.store, PORTION), Math.floor((await history.store.head()) / 2)) })
    const views = (way: string): Databases => ({ ledger: `circumspect_${name}_${way}`, facts: `circumspect_${name}_${way}_facts` })
    const [asked, head] = [await questionsOf(history), await history.store.head()]
    const answers = (way: string) => answersOf(clickhouse, views(way), head, asked)

    const direct = await following(clickhouse, views('direct'), new DirectFeed(history.store, unexpected))
    const expected = await answers('direct')
    expect(expected.match(/"rows":\[\{/g)!.length).toBeGreaterThan(40)
    await direct.stop()

    // Three share the views from the start, and each batch takes its time: hundreds of them are still to come when one leaves and another joins.
    const group = `three-${randomUUID()}`
    const sharing = () => following(clickhouse, views('three'), slowly(path.feed(group), SLOW_MS), { leases: path.shared.leases, holder: randomUUID(), leaseFor: 3000 })
    await until('the topic is there', () => Promise.resolve(relay.status().position >= 0))
    const [first, ...others] = await Promise.all([0, 1, 2].map(sharing))
    const progress = new LedgerWriter(clickhouse.projector(), views('three').ledger)
    const came = async () => least(await progress.checkpoint())
    await until('events have come', async () => (await came()) > head / 10)
    // Who leaves first may be the one that folds, with partitions half read: the others go on with both.
    await first!.stop()
    const left = await came()
    const joined = await sharing()
    expect(left).toBeLessThan(head)
    open.release()
    await path.sentAll(relay)
    expect(await answers('three')).toBe(expected)
    expect([joined.taken().events > 0, others.every((each) => each.taken().events > 0)]).toEqual([true, true])
    for (const each of [...others, joined]) await each.stop()

    const one = await following(clickhouse, views('one'), path.feed())
    expect(await answers('one')).toBe(expected)
    await one.stop()
    await path.close()
    await history.close()
  }
})

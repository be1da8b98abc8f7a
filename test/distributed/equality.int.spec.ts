import { DirectFeed } from '@circumspect/feed'
import type { Databases } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, fillWithRealFile, fillWithSmallDemo, following, questionsOf, realFileThere, unexpected } from '../support/all-reports'
import { useClickHouse } from '../support/clickhouse'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { kafkaPathOf } from '../support/kafka-feed'
import { openHistory, type History } from '../support/service'

const PARTITIONS = 3

/** One history through every way there is: all reports, byte for byte the same at the same watermark. */
describe.runIf(kafkaThere())('one history, by whatever way it comes', { timeout: 300_000 }, () => {
  const clickhouse = useClickHouse()
  let kafka: TestKafka
  beforeAll(async () => void (kafka = await startKafka()))
  afterAll(() => kafka.end())

  it('the made-up trust: straight from the store, through Kafka to one consumer, and to three of which one leaves', () => comparedFor('demo', fillWithSmallDemo))

  it('the real file likewise', async ({ skip }) => {
    realFileThere(skip)
    await comparedFor('real', fillWithRealFile)
  })

  async function comparedFor(name: string, fill: (history: History) => Promise<void>): Promise<void> {
    const history = await openHistory()
    await fill(history)
    const path = kafkaPathOf(kafka, history, PARTITIONS)
    const relay = path.relay()
    const views = (way: string): Databases => ({ ledger: `circumspect_${name}_${way}`, facts: `circumspect_${name}_${way}_facts` })
    const [asked, head] = [await questionsOf(history), await history.store.head()]
    const answers = (way: string) => answersOf(clickhouse, views(way), head, asked)

    const direct = await following(clickhouse, views('direct'), new DirectFeed(history.store, unexpected))
    const expected = await answers('direct')
    expect(expected.match(/"rows":\[\{/g)!.length).toBeGreaterThan(40)
    await direct.stop()

    await path.sentAll(relay)
    const one = await following(clickhouse, views('one'), path.feed())
    expect(await answers('one')).toBe(expected)
    await one.stop()

    const group = `three-${randomUUID()}`
    const folding = (n: number) => ({ ...path.shared, name: `fold ${group}`, holder: `${n}-${randomUUID()}`, leaseFor: 3000 })
    const three = await Promise.all([0, 1, 2].map((n) => following(clickhouse, views('three'), path.feed(group), folding(n))))
    // Who leaves first may be the one that folds, with partitions half read: the others go on with both.
    await three[0]!.stop()
    expect(await answers('three')).toBe(expected)
    for (const each of three.slice(1)) await each.stop()
    await path.close()
    await history.close()
  }
})

import { afterAll, beforeAll, describe } from 'vitest'
import { describeFeed } from '../../../../test/contracts/feed'
import { kafkaThere, startKafka, type TestKafka } from '../../../../test/support/kafka'
import { throughKafka } from '../../../../test/support/kafka-feed'

describe.runIf(kafkaThere())('on a real broker', () => {
  let kafka: TestKafka
  beforeAll(async () => void (kafka = await startKafka()))
  afterAll(() => kafka.end())

  for (const partitions of [1, 3])
    describeFeed(`through Kafka, ${partitions} partitions`, async () => {
      const { store, parked, relay, sentAll, feed, end } = throughKafka(kafka, partitions)
      await sentAll(relay())
      return { store, feed: feed(), partitions, parked: () => parked, end }
    })
})

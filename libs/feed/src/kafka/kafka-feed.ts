import type { Kafka } from 'kafkajs'
import { randomUUID } from 'node:crypto'
import type { Checkpoint, Feed, FeedBatch, SubscribeOptions, Subscription } from '../feed'
import { KafkaSubscription } from './subscription'
import { countPartitions } from './topic'

export interface KafkaFeedOptions {
  readonly kafka: Kafka
  readonly topic: string
  /** Consumers of one group share the partitions. */
  readonly group: string
  /** After how many milliseconds without a sign of life a consumer's partitions go to others. */
  readonly sessionTimeout?: number
}

/** Carries events from a topic that the relay fills. */
export class KafkaFeed implements Feed {
  constructor(private readonly options: KafkaFeedOptions) {}

  async partitions(): Promise<readonly number[]> {
    const admin = this.options.kafka.admin()
    await admin.connect()
    try {
      return Array.from({ length: await countPartitions(admin, this.options.topic) }, (_, partition) => partition)
    } finally {
      await admin.disconnect()
    }
  }

  async subscribe(
    checkpoint: Checkpoint,
    take: (batch: FeedBatch) => Promise<void>,
    onError: (error: unknown) => void,
    { again, alone = false }: SubscribeOptions = {},
  ): Promise<Subscription> {
    const group = alone ? `${this.options.group}-alone-${randomUUID()}` : this.options.group
    const { kafka, topic, sessionTimeout = 30_000 } = this.options
    const subscription = new KafkaSubscription({ kafka, topic, group, alone, sessionTimeout, checkpoint, again, take, onError })
    await subscription.start()
    return { stop: () => subscription.stop() }
  }

  /**
   * For each partition, how many messages (watermarks among them) nobody of the group has taken in yet. Whoever asks need not be one
   * of them.
   */
  async lag(): Promise<ReadonlyMap<number, number>> {
    const { kafka, topic, group } = this.options
    const admin = kafka.admin()
    await admin.connect()
    try {
      const [ends, [committed]] = await Promise.all([admin.fetchTopicOffsets(topic), admin.fetchOffsets({ groupId: group, topics: [topic] })])
      const next = new Map(committed!.partitions.map((p) => [p.partition, Number(p.offset)]))
      return new Map(ends.map(({ partition, high, low }) => [partition, Number(high) - Math.max(Number(low), next.get(partition) ?? -1)]))
    } finally {
      await admin.disconnect()
    }
  }
}

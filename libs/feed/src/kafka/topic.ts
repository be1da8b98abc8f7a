import type { StreamId } from '@circumspect/domain'
import { Partitioners, type Admin, type ConfigResourceTypes } from 'kafkajs'

/**
 * Where events lie in Kafka: one topic, a stream's events in the partition that its id hashes to. The number of partitions is for
 * ever: with another, the events of a stream would be spread over two, and their order lost. For more, use a new topic.
 */
export interface TopicLayout {
  readonly name: string
  readonly partitions: number
  /** Copies of each partition, on as many brokers; a write counts once more than half have it. */
  readonly replicas: number
}

/** The topic is not as it has to be. */
export class TopicLayoutError extends Error {
  readonly code = 'topic-layout'
}

/** The package names its kinds of resources too, but Node cannot import that name from it. */
const TOPIC: ConfigResourceTypes.TOPIC = 2

/** Nothing is thrown away, after however long: a view can be built anew from the first event. */
const KEPT = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' }

/** Makes the topic where there is none, and refuses one in which events could be lost or lose their order. */
export async function ensureTopic(admin: Admin, layout: TopicLayout): Promise<void> {
  const { name, partitions, replicas } = layout
  if (!(await admin.listTopics()).includes(name)) await admin.createTopics({ waitForLeaders: true, topics: [topicOf(layout)] })
  const found = await countPartitions(admin, name)
  if (found !== partitions)
    throw new TopicLayoutError(`Topic ${name} has ${found} partitions, expected ${partitions}: set that number, or name another topic.`)
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC, name, configNames: Object.keys(KEPT) }],
  })
  const settings = new Map(resources[0]!.configEntries.map((e) => [e.configName, e.configValue]))
  for (const [key, value] of Object.entries(KEPT))
    if (settings.get(key) !== value)
      throw new TopicLayoutError(`Topic ${name} (${replicas} replicas) has ${key}=${settings.get(key) ?? ''}, expected ${value}: events would be lost.`)
}

const topicOf = ({ name, partitions, replicas }: TopicLayout) => ({
  topic: name,
  numPartitions: partitions,
  replicationFactor: replicas,
  configEntries: [...Object.entries(KEPT), ['min.insync.replicas', String(Math.floor(replicas / 2) + 1)] as const].map(([key, value]) => ({ name: key, value })),
})

export async function countPartitions(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  return topics[0]!.partitions.length
}

export type Partitioner = (stream: StreamId) => number

/** The partition of each stream: murmur2 of its id, as Kafka's own clients do it. */
export function partitioner(partitions: number): Partitioner {
  const choose = Partitioners.DefaultPartitioner()
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, partitionErrorCode: 0, leader: 0, replicas: [], isr: [] }))
  return (stream) => choose({ topic: '', partitionMetadata, message: { key: stream, value: null } })
}

import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Checkpoint, FeedBatch } from '../feed'
import { NONE } from './message'
import { read } from './read'
import { countPartitions } from './topic'

/** Messages handed on at once, at most. */
const AT_ONCE = 5000
const MEGABYTE = 2 ** 20

export interface SubscriptionOptions {
  readonly kafka: Kafka
  readonly topic: string
  readonly group: string
  /** The group is this subscription's own, and goes with it. */
  readonly alone: boolean
  readonly sessionTimeout: number
  readonly checkpoint: Checkpoint
  readonly again: (() => Promise<Checkpoint>) | undefined
  readonly take: (batch: FeedBatch) => Promise<void>
  readonly onError: (error: unknown) => void
}

/**
 * One member of a consumer group. Its partitions are taken in side by side, each in order. What one broker has sent is taken in before more
 * is asked of it, so no more than `maxBytes` of each broker wait here, however slow the consumer is. Where to read from is the consumer's own checkpoint, a position; the offset committed to Kafka, with
 * the position up to which everything stands before it, is only the quick way there.
 */
export class KafkaSubscription {
  private readonly admin: Admin
  private readonly consumer: Consumer
  /** Of the partitions this member reads now: everything up to here has been taken. */
  private readonly reading = new Map<number, number>()
  private readonly taken: Map<number, number>
  private joined = 0
  private ending = false
  private closed: Promise<void> | undefined

  constructor(private readonly options: SubscriptionOptions) {
    const { kafka, group, sessionTimeout, checkpoint } = options
    this.taken = new Map(checkpoint)
    this.admin = kafka.admin()
    this.consumer = kafka.consumer({
      groupId: group,
      sessionTimeout,
      heartbeatInterval: sessionTimeout / 10,
      allowAutoTopicCreation: false,
      // Also how long a stop may have to wait.
      maxWaitTimeInMs: 250,
      maxBytesPerPartition: 4 * MEGABYTE,
      maxBytes: 16 * MEGABYTE,
      retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 12, restartOnFailure: () => Promise.resolve(!this.ending) },
    })
  }

  async start(): Promise<void> {
    const { topic } = this.options
    try {
      await this.admin.connect()
      const partitions = await countPartitions(this.admin, topic)
      this.consumer.on('consumer.group_join', ({ payload }) => this.assigned(payload.memberAssignment[topic] ?? []))
      this.consumer.on('consumer.crash', ({ payload }) => void (payload.restart || this.fail(payload.error)))
      await this.consumer.connect()
      await this.consumer.subscribe({ topic, fromBeginning: true })
      const eachBatch = (payload: EachBatchPayload) => this.eachBatch(payload)
      await this.consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: partitions, eachBatch })
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  stop(): Promise<void> {
    this.ending = true
    return (this.closed ??= this.close())
  }

  private async close(): Promise<void> {
    await this.consumer.disconnect()
    if (this.options.alone) await this.admin.deleteGroups([this.options.group]).catch(() => undefined)
    await this.admin.disconnect()
  }

  private fail(error: unknown): void {
    if (this.ending) return
    this.ending = true
    this.closed = this.close()
    void this.closed.catch(() => undefined).then(() => this.options.onError(error))
  }

  /** Nothing is read from the partitions handed out until it is known from where: anybody may have had them until now. */
  private assigned(partitions: readonly number[]): void {
    const { topic } = this.options
    this.reading.clear()
    const mine = ++this.joined
    if (partitions.length === 0) return
    this.consumer.pause([{ topic, partitions: [...partitions] }])
    this.place(partitions, () => mine === this.joined && !this.ending).catch((error: unknown) => this.fail(error))
  }

  private async place(partitions: readonly number[], isCurrent: () => boolean): Promise<void> {
    const { topic, group, again } = this.options
    const [checkpoint, [committed], ends] = await Promise.all([
      again?.() ?? this.taken,
      this.admin.fetchOffsets({ groupId: group, topics: [topic] }),
      this.admin.fetchTopicOffsets(topic),
    ])
    if (!isCurrent()) return
    for (const partition of partitions) {
      const upTo = checkpoint.get(partition) ?? NONE
      const known = committed!.partitions.find((p) => p.partition === partition)
      // Beyond what the consumer has: its views were restored or are built anew. Then from the first message; what it has is left out.
      const isUsable = known !== undefined && Number(known.offset) >= 0 && /^-?\d+$/.test(known.metadata ?? '') && Number(known.metadata) <= upTo
      const offset = isUsable ? known.offset : ends.find((p) => p.partition === partition)!.low
      this.reading.set(partition, upTo)
      this.consumer.seek({ topic, partition, offset })
    }
    this.consumer.resume([{ topic, partitions: [...partitions] }])
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { partition, messages } = payload.batch
    for (let from = 0; from < messages.length; from += AT_ONCE) {
      const upTo = this.reading.get(partition)
      if (this.ending || upTo === undefined || payload.isStale()) return
      const some = messages.slice(from, from + AT_ONCE)
      const batch = await this.handOn(payload, () => read(partition, upTo, some))
      if (!batch) return
      this.reading.set(partition, batch.upTo)
      this.taken.set(partition, batch.upTo)
      await this.resolve(payload, some.at(-1)!.offset, batch.upTo)
    }
  }

  /** Undefined where it failed; the member says that it lives while the consumer is at work. */
  private async handOn({ heartbeat }: EachBatchPayload, reading: () => FeedBatch): Promise<FeedBatch | undefined> {
    const beat = setInterval(() => void heartbeat().catch(() => undefined), this.options.sessionTimeout / 10)
    try {
      const batch = reading()
      if (batch.events.length > 0 || batch.upTo > (this.reading.get(batch.partition) ?? NONE)) await this.options.take(batch)
      return batch
    } catch (error) {
      this.fail(error)
      return undefined
    } finally {
      clearInterval(beat)
    }
  }

  private async resolve(payload: EachBatchPayload, offset: string, upTo: number): Promise<void> {
    const { topic, alone } = this.options
    payload.resolveOffset(offset)
    const next = { partition: payload.batch.partition, offset: String(BigInt(offset) + 1n), metadata: String(upTo) }
    // What fails here, a group that is shared out anew above all, the member deals with by joining again.
    if (!alone) await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [next] }] })
    await payload.heartbeat()
  }
}

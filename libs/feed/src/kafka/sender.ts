import type { RecordedEvent } from '@circumspect/domain'
import type { Kafka, Message, Producer } from 'kafkajs'
import { z } from 'zod'
import { isParked, strip } from '../strip'
import { eventMessage, NONE, watermarkMessage } from './message'
import type { Checkpoints, Lease, Park } from './ports'
import { partitioner, type Partitioner } from './topic'

/** Bytes of one request: well below what a broker takes for one partition (1 MB). */
const REQUEST = 512 * 1024
/** An event larger than this is parked. */
const LARGEST = 256 * 1024

/** Another process has taken over. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost'
}

const saved = z.object({ position: z.int(), last: z.array(z.int()) })
type Saved = z.infer<typeof saved>

export interface SenderOptions {
  readonly kafka: Kafka
  readonly topic: string
  readonly partitions: number
  readonly checkpoints: Checkpoints
  readonly lease: Lease
  readonly park: Park
  /** Called after each checkpoint. */
  readonly onSent: (position: number, events: number) => void
}

/** Sends events to the topic, and keeps how far it has come once the brokers have said that they have them. */
export class Sender {
  private readonly producer: Producer
  private version = 0
  private saved: Saved
  private given = true
  private readonly partitionOf: Partitioner

  constructor(private readonly options: SenderOptions) {
    // One request in flight: a second could overtake a first that is tried again.
    this.producer = options.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // Each message names its partition.
      createPartitioner: () => ({ message }) => message.partition!,
    })
    this.saved = { position: NONE, last: Array.from({ length: options.partitions }, () => NONE) }
    this.partitionOf = partitioner(options.partitions)
  }

  /** Connects, and gives the position it goes on after. Where `fresh`, the topic is empty and everything has to go there again. */
  async open(fresh: boolean): Promise<number> {
    const { checkpoints, lease, partitions } = this.options
    const { version, value } = await checkpoints.read(lease.name)
    this.version = version
    if (value !== undefined && !fresh) this.saved = saved.parse(JSON.parse(value))
    if (this.saved.last.length !== partitions) throw new Error(`The relay's checkpoint is of ${this.saved.last.length} partitions, expected ${partitions}.`)
    await this.producer.connect()
    return this.saved.position
  }

  /** The lease is gone: sends nothing more. */
  giveUp(): void {
    this.given = false
  }

  /** Resolves once all of them are acknowledged and the checkpoint says so. */
  async send(recorded: readonly RecordedEvent[]): Promise<void> {
    let request = this.newRequest()
    for (const event of recorded) {
      await this.add(request, event)
      request.position = event.position
      if (request.bytes < REQUEST) continue
      await this.flush(request)
      request = this.newRequest()
    }
    if (request.position > this.saved.position) await this.flush(request)
  }

  async close(): Promise<void> {
    await this.producer.disconnect()
  }

  private newRequest() {
    const { position, last } = this.saved
    return { messages: [] as Message[], bytes: 0, position, last: [...last] }
  }

  private async add(request: ReturnType<Sender['newRequest']>, event: RecordedEvent): Promise<void> {
    const stripped = strip(event)
    if (isParked(stripped)) return this.options.park(stripped)
    const partition = this.partitionOf(stripped.stream)
    const message = eventMessage(stripped, request.last[partition]!)
    const bytes = Buffer.byteLength(message.value!)
    if (bytes > LARGEST) return this.options.park({ position: event.position, eventId: event.id, reason: `${event.type} version ${event.version} is too large to be carried.` })
    request.messages.push({ ...message, partition })
    request.bytes += bytes
    request.last[partition] = event.position
  }

  private async flush({ messages, position, last }: ReturnType<Sender['newRequest']>): Promise<void> {
    const { topic, checkpoints, lease, onSent } = this.options
    // The brokers take what goes to one partition whole, in this order: its watermark stands behind its events.
    const watermarks = last.map((previous, partition) => ({ ...watermarkMessage(partition, position, previous), partition }))
    if (!this.given) throw new LeaseLostError('Another relay has taken over.')
    await this.producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages: [...messages, ...watermarks] }] })
    const version = await checkpoints.write(lease.name, this.version, JSON.stringify({ position, last }), lease.token)
    if (version === undefined) throw new LeaseLostError('Another relay has taken over.')
    this.version = version
    this.saved = { position, last }
    onSent(position, messages.length)
  }
}

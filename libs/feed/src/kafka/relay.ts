import type { Unsubscribe } from '@circumspect/event-store'
import type { Kafka } from 'kafkajs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkpoints, Lease, Leases, Park, RelaySource } from './ports'
import { LeaseLostError, Sender } from './sender'
import { ensureTopic, type TopicLayout } from './topic'

export interface RelayOptions {
  readonly kafka: Kafka
  readonly topic: TopicLayout
  readonly source: RelaySource
  readonly leases: Leases
  readonly checkpoints: Checkpoints
  readonly park: Park
  /** Names this process run, never used twice. */
  readonly holder: string
  /** How long others wait, in milliseconds, before they take over from a relay that says nothing. */
  readonly leaseFor?: number
  readonly log: (message: string) => void
}

export interface RelayStatus {
  /** `standby`: another relay sends. `retrying`: something is away, and it tries again. */
  readonly state: 'standby' | 'sending' | 'retrying' | 'stopped'
  /** Everything up to here has been acknowledged; -1 for nothing, or not known yet. */
  readonly position: number
  /** Since this process started. */
  readonly sent: number
  readonly parked: number
  /** When the last checkpoint was written, in milliseconds since 1970. */
  readonly checkpointAt: number | undefined
}

const LONGEST_WAIT = 10_000

/**
 * Sends the events of a store to Kafka: at least once, in order for each stream, one relay at a time. It goes on from its checkpoint,
 * which it writes only after the brokers have acknowledged; so what is sent twice after a fault is the last request and no more.
 */
export class KafkaRelay {
  private current: RelayStatus = { state: 'stopped', position: -1, sent: 0, parked: 0, checkpointAt: undefined }
  private readonly stopping = new AbortController()
  private endTurn: () => void = () => undefined
  private running: Promise<void> | undefined

  constructor(private readonly options: RelayOptions) {}

  status(): RelayStatus {
    return this.current
  }

  start(): void {
    this.running ??= this.run()
  }

  /** Ends after the request in hand, and lets another take over at once. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.endTurn()
    await this.running
    this.note({ state: 'stopped' })
  }

  private note(change: Partial<RelayStatus>): void {
    this.current = { ...this.current, ...change }
  }

  private async run(): Promise<void> {
    for (let wait = 250; !this.stopping.signal.aborted; ) {
      const before = this.current.position
      try {
        await this.turn()
        wait = 250
      } catch (error) {
        if (this.current.position !== before) wait = 250
        this.note({ state: error instanceof LeaseLostError ? 'standby' : 'retrying' })
        this.options.log(`The relay to Kafka has to begin again (${error instanceof Error ? error.name : 'error'}); trying in ${wait} ms.`)
        await this.pause(wait)
        wait = Math.min(wait * 2, LONGEST_WAIT)
      }
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined)
  }

  /** Sends until it is stopped, where nobody else does. */
  private async turn(): Promise<void> {
    const { leases, topic, holder, leaseFor = 15_000 } = this.options
    const lease = await leases.acquire(`relay ${topic.name}`, holder, leaseFor)
    if (!lease) {
      this.note({ state: 'standby' })
      return this.pause(leaseFor / 3)
    }
    try {
      await this.lead(lease, leaseFor)
    } finally {
      await leases.release(lease)
    }
  }

  private async lead(lease: Lease, leaseFor: number): Promise<void> {
    const { kafka, topic, source, checkpoints } = this.options
    const sender = new Sender({ kafka, topic: topic.name, partitions: topic.partitions, checkpoints, lease, park: this.park, onSent: this.sent })
    let unsubscribe: Unsubscribe | undefined
    let renewal: NodeJS.Timeout | undefined
    try {
      const position = await sender.open(await this.prepare())
      this.note({ state: 'sending', position })
      await new Promise<void>((resolve, reject) => {
        this.endTurn = resolve
        if (this.stopping.signal.aborted) return resolve()
        renewal = setInterval(() => void this.renew(lease, leaseFor, sender).catch(reject), leaseFor / 3)
        unsubscribe = source.subscribe(position + 1, (events) => sender.send(events), reject)
      })
    } finally {
      clearInterval(renewal)
      await unsubscribe?.()
      await sender.close()
    }
  }

  private async renew(lease: Lease, leaseFor: number, sender: Sender): Promise<void> {
    if (await this.options.leases.renew(lease, leaseFor)) return
    sender.giveUp()
    throw new LeaseLostError('Another relay has taken over.')
  }

  /** Makes the topic; tells whether it is fresh: every request leaves a watermark in every partition, so an empty one has seen none. */
  private async prepare(): Promise<boolean> {
    const { kafka, topic, log } = this.options
    const admin = kafka.admin()
    await admin.connect()
    try {
      await ensureTopic(admin, topic)
      const fresh = (await admin.fetchTopicOffsets(topic.name)).some(({ high }) => high === '0')
      if (fresh) log(`Topic ${topic.name} is empty: sending everything to it, from the first event.`)
      return fresh
    } finally {
      await admin.disconnect()
    }
  }

  private readonly park: Park = async (parked) => {
    await this.options.park(parked)
    this.note({ parked: this.current.parked + 1 })
  }

  private readonly sent = (position: number, events: number): void =>
    this.note({ state: 'sending', position, sent: this.current.sent + events, checkpointAt: Date.now() })
}

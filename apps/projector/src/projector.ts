import type { Feed, FeedBatch, Subscription } from '@circumspect/feed'
import { applySchema, LedgerWriter, type ClickHouse } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProjectorOptions {
  readonly feed: Feed
  readonly clickhouse: ClickHouse
  readonly database: string
  readonly now: () => Date
  readonly log: (message: string) => void
}

export type ProjectorState = 'following' | 'waiting' | 'stopped'

/** Takes events from the feed into the ledger. Keeps no state of its own: what it has taken in stands in the views. */
export class Projector {
  private subscription: Subscription | undefined
  private current: ProjectorState = 'waiting'
  private stopping = false
  private restarting: Promise<void> | undefined
  private readonly writer: LedgerWriter

  constructor(private readonly options: ProjectorOptions) {
    this.writer = new LedgerWriter(options.clickhouse, options.database)
  }

  state(): ProjectorState {
    return this.current
  }

  /** Brings the schema up to date and follows the feed from where the views are. */
  async start(): Promise<void> {
    await applySchema(this.options.clickhouse, this.options.database)
    this.subscription = await this.options.feed.subscribe(await this.writer.checkpoint(), (batch) => this.take(batch), (error) => this.failed(error))
    this.current = 'following'
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.current = 'stopped'
    await this.subscription?.stop()
    await this.restarting
  }

  private async take({ partition, events, upTo }: FeedBatch): Promise<void> {
    await this.writer.write(events)
    await this.writer.advance(partition, upTo, this.options.now())
  }

  /** The views are away, or refuse: nothing is lost, the feed is taken up again from the last position that is durable. */
  private failed(error: unknown): void {
    if (this.stopping || this.restarting) return
    this.current = 'waiting'
    this.options.log(`The views could not take in events (${error instanceof Error ? error.name : 'error'}); trying again.`)
    this.restarting = this.again().finally(() => (this.restarting = undefined))
  }

  private async again(): Promise<void> {
    for (let delay = 250; !this.stopping; delay = Math.min(delay * 2, 10_000)) {
      await sleep(delay)
      if (this.stopping) return
      try {
        return await this.start()
      } catch (error) {
        this.options.log(`Still waiting for the views (${error instanceof Error ? error.name : 'error'}).`)
      }
    }
  }
}

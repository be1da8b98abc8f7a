import type { Feed, FeedBatch, Subscription } from '@circumspect/feed'
import { applySchema, Facts, LedgerWriter, schoolsOf, type ClickHouse, type Databases } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refresher } from './refresher'

export interface ProjectorOptions {
  readonly feed: Feed
  readonly clickhouse: ClickHouse
  /** Where the ledger is kept, and where the facts folded from it. */
  readonly databases: Databases
  readonly now: () => Date
  readonly log: (message: string) => void
}

export type ProjectorState = 'following' | 'waiting' | 'stopped'

/** Takes events from the feed into the ledger, and folds the schools they touch again. What it has taken in stands in the views. */
export class Projector {
  private subscription: Subscription | undefined
  private current: ProjectorState = 'waiting'
  private stopping = false
  private restarting: Promise<void> | undefined
  private readonly writer: LedgerWriter
  private readonly refresher: Refresher

  constructor(private readonly options: ProjectorOptions) {
    const { clickhouse, databases } = options
    this.writer = new LedgerWriter(clickhouse, databases.ledger)
    this.refresher = new Refresher(new Facts(clickhouse, databases), (error) => this.failed(error))
  }

  state(): ProjectorState {
    return this.current
  }

  /** Brings the schema up to date and follows the feed from where the views are. */
  async start(): Promise<void> {
    await this.subscription?.stop()
    await this.refresher.stop()
    await applySchema(this.options.clickhouse, this.options.databases.ledger)
    const checkpoint = await this.writer.checkpoint()
    await this.refresher.start(checkpoint)
    this.subscription = await this.options.feed.subscribe(checkpoint, (batch) => this.take(batch), (error) => this.failed(error))
    this.current = 'following'
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.current = 'stopped'
    await this.subscription?.stop()
    await this.refresher.stop()
    await this.restarting
  }

  private async take({ partition, events, upTo }: FeedBatch): Promise<void> {
    await this.writer.write(events)
    await this.writer.advance(partition, upTo, this.options.now())
    this.refresher.touch(schoolsOf(events), partition, upTo)
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

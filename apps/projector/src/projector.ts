import type { Checkpoint, Feed, FeedBatch, Subscription } from '@circumspect/feed'
import { applySchema, dropRebuild, exchangeRebuilt, Facts, least, LedgerWriter, rebuildDatabase, type ClickHouse, type Databases } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import { oneAfterTheOther } from './one-after-the-other'
import { Refresher, type Folding } from './refresher'

export interface ProjectorOptions {
  readonly feed: Feed
  readonly clickhouse: ClickHouse
  /** Where the ledger is kept, and where the facts folded from it. */
  readonly databases: Databases
  readonly now: () => Date
  readonly log: (message: string) => void
  /** Given where several projectors share the feed and the views. */
  readonly folding?: Folding
}

/** Taking in a batch costs several inserts whatever its size. After a batch of fewer events than this, more are waited for, ms. */
const FEW = 100
const GATHERING_MS = 100
/** How soon it is tried again where the views are away, at first; ms. */
const SOON_MS = 250

export type ProjectorState = 'following' | 'waiting' | 'stopped'

/** Takes events from the feed into the ledger, and folds what they touch again. What it has taken in stands in the views. */
export class Projector {
  private subscription: Subscription | undefined
  private copying: Subscription | undefined
  private current: ProjectorState = 'waiting'
  private stopping = false
  private restarting: Promise<void> | undefined
  private rebuilding: Promise<void> | undefined
  private readonly writer: LedgerWriter
  private readonly refresher: Refresher

  constructor(private readonly options: ProjectorOptions) {
    const { clickhouse, databases, folding } = options
    this.writer = new LedgerWriter(clickhouse, databases.ledger)
    this.refresher = new Refresher(new Facts(clickhouse, databases), this.writer, (error) => this.failed(error), folding)
  }

  state(): ProjectorState {
    return this.current
  }

  /** Brings the schema up to date and follows the feed from where the views are. */
  async start(): Promise<void> {
    await this.pause()
    const { clickhouse, databases, feed, now, folding, log } = this.options
    await applySchema(clickhouse, databases.ledger, folding && oneAfterTheOther(folding))
    await this.writer.expect(await feed.partitions(), now())
    await this.refresher.start()
    const again = () => this.writer.checkpoint()
    this.subscription = await feed.subscribe(await again(), (batch) => this.take(batch), (error) => this.failed(error), { again })
    this.current = 'following'
    if (this.stopping || !(await this.writer.isOutdated())) return
    if (folding) log('The views were made by an older version. Stop all projectors but one, and have that one build them anew: rebuild.')
    else {
      log('The views were made by an older version; building them anew, while they can be read.')
      this.rebuilding ??= this.rebuild().catch((error: unknown) => this.failed(error)).finally(() => (this.rebuilding = undefined))
    }
  }

  /** Starts once the views and the feed can be reached; until then it says so, and tries again. Resolves when it follows, or is stopped. */
  startWhenThere(afterMs = 0): Promise<void> {
    return (this.restarting ??= this.again(afterMs).finally(() => (this.restarting = undefined)))
  }

  /**
   * Builds the ledger anew from the first event, beside the one that is read, and puts it in its place. Events go on being taken in;
   * readers see the old ledger or the new one, each whole.
   */
  async rebuild(): Promise<void> {
    const { clickhouse, databases, now } = this.options
    await dropRebuild(clickhouse, databases)
    await applySchema(clickhouse, rebuildDatabase(databases))
    const writer = new LedgerWriter(clickhouse, rebuildDatabase(databases))
    await writer.expect(await this.options.feed.partitions(), now())
    await this.copyTo(writer, new Map(), now)
    await this.pause()
    await this.copyTo(writer, await writer.checkpoint(), now)
    // From here until the facts are folded again, questions are answered from the ledger, as far as both go.
    await new Facts(clickhouse, databases).forget(least(await this.writer.checkpoint()))
    await exchangeRebuilt(clickhouse, databases)
    await this.start()
    await dropRebuild(clickhouse, databases)
  }

  /** Takes everything there is into another ledger, until it is as far as this one. */
  private async copyTo(writer: LedgerWriter, from: Checkpoint, now: () => Date): Promise<void> {
    const target = await this.writer.checkpoint()
    const reached = new Map(from)
    const isThere = () => [...target].every(([partition, position]) => (reached.get(partition) ?? -1) >= position)
    if (isThere()) return
    await new Promise<void>((resolve, reject) => {
      const take = async ({ partition, events, upTo }: FeedBatch) => {
        await writer.write(events)
        await writer.advance(partition, upTo, now())
        reached.set(partition, upTo)
        if (isThere()) resolve()
      }
      this.options.feed.subscribe(from, take, reject, { alone: true }).then((s) => (this.copying = s), reject)
    }).finally(() => this.copying?.stop())
  }

  private async pause(): Promise<void> {
    await this.subscription?.stop()
    await this.refresher.stop()
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.current = 'stopped'
    await this.copying?.stop()
    await this.pause()
    await this.restarting
  }

  private async take({ partition, events, upTo }: FeedBatch): Promise<void> {
    await this.writer.write(events)
    await this.writer.advance(partition, upTo, this.options.now())
    this.refresher.touch()
    if (events.length < FEW && !this.stopping) await sleep(GATHERING_MS)
  }

  /** The views are away, or refuse: nothing is lost, the feed is taken up again from the last position that is durable. */
  private failed(error: unknown): void {
    if (this.stopping || this.restarting) return
    this.current = 'waiting'
    this.options.log(`The views could not take in events (${error instanceof Error ? error.name : 'error'}); trying again.`)
    void this.startWhenThere(SOON_MS)
  }

  private async again(afterMs: number): Promise<void> {
    for (let delay = afterMs; !this.stopping; delay = Math.min(Math.max(delay * 2, SOON_MS), 10_000)) {
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

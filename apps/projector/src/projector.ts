import type { Checkpoint, FeedBatch, Subscription } from '@circumspect/feed'
import {
  applySchema, buildOf, ChangedMigrationError, ClusterError, dropOtherBuilds, Facts, LedgerWriter, NewerSchemaError, OtherLayoutError, servedBuild,
  ViewsUnavailableError,
} from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import { oneAfterTheOther } from './one-after-the-other'
import type { ProjectorOptions } from './options'
import { buildBeside, GRACE_MS, turnsOf, type HandOver } from './rebuild'
import { Refresher } from './refresher'

/** Taking in a batch costs several inserts whatever its size. After a batch of fewer events than this, more are waited for, ms. */
const FEW = 100
const GATHERING_MS = 100
/** How soon it is tried again where the views are away, at first; ms. */
const SOON_MS = 250
/** How often a projector looks whether other views are served, and how long it waits at most until they have what it took in; ms. */
const LOOK_MS = 1000
const LEAVING_MS = 10_000

export type ProjectorState = 'following' | 'waiting' | 'stopped'

/** What this process has taken in since it started. */
export interface Taken {
  readonly events: number
  /** When the last checkpoint was written, in milliseconds since 1970; undefined for not yet. */
  readonly checkpointAt: number | undefined
}

/** Takes events from the feed into the ledger, and folds what they touch again. What it has taken in stands in the views. */
export class Projector {
  private subscription: Subscription | undefined
  private current: ProjectorState = 'waiting'
  private done: Taken = { events: 0, checkpointAt: undefined }
  private readonly ending = new AbortController()
  private restarting: Promise<void> | undefined
  private rebuilding: Promise<void> | undefined
  private build = 0
  private writer: LedgerWriter
  private refresher: Refresher | undefined
  private watching: NodeJS.Timeout | undefined

  constructor(private readonly options: ProjectorOptions) {
    this.writer = new LedgerWriter(options.clickhouse, options.databases.ledger)
  }

  private get stopping(): boolean {
    return this.ending.signal.aborted
  }

  state(): ProjectorState {
    return this.current
  }

  taken(): Taken {
    return this.done
  }

  /** What has been taken in of each partition, into the views that are served. */
  checkpoint(): Promise<Checkpoint> {
    return this.writer.checkpoint()
  }

  /** Brings the schema up to date and follows the feed from where the views are. */
  async start(): Promise<void> {
    await this.pause()
    const { feed, now, sharing } = this.options
    await this.openServed()
    await this.writer.expect(await feed.partitions(), now())
    await this.refresher!.start()
    const again = () => this.writer.checkpoint()
    this.subscription = await feed.subscribe(await again(), (batch) => this.take(batch), (error) => this.failed(error), { again })
    this.current = 'following'
    if (this.stopping) return
    if (sharing) this.watching = setInterval(() => void this.look().catch(() => undefined), LOOK_MS)
    if (await this.writer.isOutdated()) this.outdated()
  }

  /** Makes what there is not yet, and works on the build that is served. */
  private async openServed(): Promise<void> {
    const { clickhouse, databases, sharing } = this.options
    const schema = (ledger: string) => applySchema(clickhouse, ledger, sharing && oneAfterTheOther(sharing, `schema ${ledger}`))
    await schema(databases.ledger)
    this.build = await servedBuild(clickhouse, databases)
    const served = buildOf(databases, this.build)
    if (this.build > 0) await schema(served.ledger)
    this.writer = new LedgerWriter(clickhouse, served.ledger)
    const turns = sharing && turnsOf(sharing, databases, this.build)
    this.refresher = new Refresher(new Facts(clickhouse, served), this.writer, (error) => this.failed(error), turns)
  }

  private outdated(): void {
    const { sharing, log } = this.options
    if (sharing) return log('The views were made by an older version, and can be read. Have them built anew: node dist/server/projector.js rebuild')
    log('The views were made by an older version; building them anew, while they can be read.')
    this.rebuild().catch((error: unknown) => this.failed(error))
  }

  /** Goes on with the views that are served, where they are others by now. */
  private async look(): Promise<void> {
    const { clickhouse, databases, log } = this.options
    const build = await servedBuild(clickhouse, databases)
    if (build === this.build || this.restarting || this.stopping) return
    log('Other views are served: going on with those.')
    void this.startWhenThere(0, () => this.leave(build))
  }

  /** Whoever built the new views keeps them up for a while: until they have all that was taken in here. */
  private async leave(build: number): Promise<void> {
    await this.pause()
    const { clickhouse, databases } = this.options
    const [mine, theirs] = [await this.checkpoint(), new LedgerWriter(clickhouse, buildOf(databases, build).ledger)]
    for (const until = Date.now() + LEAVING_MS; Date.now() < until && !this.stopping; await sleep(LOOK_MS / 5)) {
      const there = await theirs.checkpoint()
      if ([...mine].every(([partition, position]) => (there.get(partition) ?? -1) >= position)) return
    }
  }

  /** Starts once the views and the feed can be reached; until then it says so, and tries again. Resolves when it follows, or is stopped. */
  startWhenThere(afterMs = 0, before: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    return (this.restarting ??= before()
      .catch(() => undefined)
      .then(() => this.again(afterMs))
      .finally(() => (this.restarting = undefined)))
  }

  /**
   * Builds the views anew from the first event, beside those that are read, and puts them in their place. Events go on being taken in;
   * every question is answered from the old ones or from the new. For views that nobody else writes: others use `rebuild`.
   */
  rebuild(): Promise<void> {
    return (this.rebuilding ??= this.buildAnew().finally(() => (this.rebuilding = undefined)))
  }

  private async buildAnew(): Promise<void> {
    const { clickhouse, databases } = this.options
    try {
      const handOver: HandOver = async (asFarAsServed, put) => {
        await this.refresher?.stop()
        await asFarAsServed()
        await put()
      }
      await buildBeside(this.options, handOver, this.ending.signal)
    } finally {
      if (!this.stopping) await this.start().catch((error: unknown) => this.failed(error))
    }
    // What is left where this process ends before is removed by the next that builds.
    setTimeout(() => void dropOtherBuilds(clickhouse, databases, this.build).catch(() => undefined), GRACE_MS).unref()
  }

  private async pause(): Promise<void> {
    clearInterval(this.watching)
    await this.subscription?.stop()
    await this.refresher?.stop()
  }

  async stop(): Promise<void> {
    this.ending.abort()
    this.current = 'stopped'
    await this.pause()
    await this.restarting
    await this.rebuilding?.catch(() => undefined)
  }

  private async take({ partition, events, upTo }: FeedBatch): Promise<void> {
    await this.writer.write(events)
    await this.writer.advance(partition, upTo, this.options.now())
    this.done = { events: this.done.events + events.length, checkpointAt: Date.now() }
    this.refresher?.touch()
    if (events.length < FEW && !this.stopping) await sleep(GATHERING_MS)
  }

  /** The views are away, or refuse: nothing is lost, the feed is taken up again from the last position that is durable. */
  private failed(error: unknown): void {
    if (this.stopping || this.restarting) return
    this.current = 'waiting'
    this.options.log(`The views could not take in events (${reasonOf(error)}); trying again.`)
    void this.startWhenThere(SOON_MS)
  }

  private async again(afterMs: number): Promise<void> {
    for (let delay = afterMs; !this.stopping; delay = Math.min(Math.max(delay * 2, SOON_MS), 10_000)) {
      await sleep(delay)
      if (this.stopping) return
      try {
        return await this.start()
      } catch (error) {
        this.options.log(`Still waiting for the views (${reasonOf(error)}).`)
      }
    }
  }
}

/** Of errors that say what to do, and quote no row, what they say; of others only the name. */
const TELLING = [ChangedMigrationError, ClusterError, NewerSchemaError, OtherLayoutError, ViewsUnavailableError]
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error'
  return TELLING.some((kind) => error instanceof kind) ? error.message : error.name
}

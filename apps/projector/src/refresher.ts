import type { Checkpoint } from '@circumspect/feed'
import type { FeedEvent } from '@circumspect/domain'
import { Touched, type Facts } from '@circumspect/views'

/**
 * Keeps the facts up with the ledger: folds what has been touched since the last time, one round after the other, while the ledger
 * goes on taking in events.
 */
export class Refresher {
  private touched = new Touched()
  private readonly reached = new Map<number, number>()
  private running: Promise<void> | undefined
  private stopped = true
  private failure: unknown

  constructor(
    private readonly facts: Facts,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Brings the facts up to what the ledger has. */
  async start(checkpoint: Checkpoint): Promise<void> {
    this.stopped = false
    this.failure = undefined
    const [partition, position] = least(checkpoint)
    await this.facts.apply(position)
    const stale = await this.facts.stale()
    this.touched = new Touched()
    this.touched.addSchools(stale)
    if (position >= 0) this.reach(partition, position)
    for (const [other, upTo] of checkpoint) this.reached.set(other, upTo)
    await this.running
    // Whoever starts has to know: what was not folded would otherwise pass for folded.
    if (this.failure !== undefined) throw this.failure
  }

  /** These events have come, and the ledger has every event of this partition up to this position. */
  touch(events: readonly FeedEvent[], partition: number, position: number): void {
    this.touched.add(events)
    this.reach(partition, position)
  }

  private reach(partition: number, position: number): void {
    this.reached.set(partition, position)
    this.running ??= this.run().finally(() => (this.running = undefined))
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.running
  }

  private async run(): Promise<void> {
    try {
      for (let done = -2; !this.stopped && (!this.touched.isEmpty || least(this.reached)[1] !== done); ) {
        const touched = this.touched
        this.touched = new Touched()
        done = least(this.reached)[1]
        await this.facts.follow(touched, done)
      }
    } catch (error) {
      this.failure = error
      this.stopped = true
      this.onError(error)
    }
  }
}

/** The partition that is furthest behind, and where it is; -1 where nothing has been taken in. */
export const least = (reached: ReadonlyMap<number, number>): [number, number] =>
  [...reached].reduce<[number, number]>((min, each) => (each[1] < min[1] ? each : min), [...reached][0] ?? [0, -1])

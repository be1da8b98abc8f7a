import type { Checkpoint } from '@circumspect/feed'
import type { Facts } from '@circumspect/views'

/**
 * Keeps the facts up with the ledger: folds the schools touched since the last time, one round after the other, while the ledger
 * goes on taking in events.
 */
export class Refresher {
  private readonly touched = new Set<string>()
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
    if (position >= 0) this.touch(stale, partition, position)
    for (const [other, upTo] of checkpoint) this.reached.set(other, upTo)
    await this.running
    // Whoever starts has to know: what was not folded would otherwise pass for folded.
    if (this.failure !== undefined) throw this.failure
  }

  /** These schools have changed, and the ledger has every event of this partition up to this position. */
  touch(schools: readonly string[], partition: number, position: number): void {
    for (const school of schools) this.touched.add(school)
    this.reached.set(partition, position)
    this.running ??= this.run().finally(() => (this.running = undefined))
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.running
  }

  private async run(): Promise<void> {
    try {
      for (let done = -2; !this.stopped && (this.touched.size > 0 || least(this.reached)[1] !== done); ) {
        const schools = [...this.touched]
        this.touched.clear()
        done = least(this.reached)[1]
        await this.facts.refresh(schools, done)
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

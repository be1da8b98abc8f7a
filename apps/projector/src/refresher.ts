import type { Leases } from '@circumspect/feed'
import { least, type Facts, type LedgerWriter } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where several projectors write to one ledger: who folds it. */
export interface Folding {
  readonly leases: Leases
  /** What the lease is called: one for each set of views. */
  readonly name: string
  /** Names this process run, never used twice. */
  readonly holder: string
  /** How long others wait before they take over from one that says nothing, in milliseconds; 15 seconds if not given. */
  readonly leaseFor?: number
}

/** How often the ledger is looked at for what other projectors have written. */
const LOOK_MS = 500

/**
 * Keeps the facts up with the ledger: folds what has been touched since the last time, one round after the other, while the ledger
 * goes on taking in events. What has been touched is read from the ledger, whoever wrote it. Where there are several projectors, the one
 * that has the lease folds.
 */
export class Refresher {
  /** The facts are folded up to here. */
  private done = -1
  private running: Promise<void> | undefined
  private stopped = true
  private wake: () => void = () => undefined

  constructor(
    private readonly facts: Facts,
    private readonly ledger: Pick<LedgerWriter, 'checkpoint'>,
    private readonly onError: (error: unknown) => void,
    private readonly folding?: Folding,
  ) {}

  /** Where nobody else folds, resolves when the facts are at what the ledger has. */
  async start(): Promise<void> {
    this.stopped = false
    if (!this.folding) await this.begin()
    const work = this.folding ? this.inTurns(this.folding) : this.follow(() => true)
    this.running = work.catch((error: unknown) => {
      if (!this.stopped) this.onError(error)
    })
  }

  /** The ledger has more. */
  touch(): void {
    this.wake()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.wake()
    await this.running
  }

  /** Folds what is not up with the ledger, wherever it was left. */
  private async begin(): Promise<void> {
    const upTo = await this.reached()
    await this.facts.apply(upTo)
    if (upTo >= 0) await this.facts.follow(await this.facts.outdated(), upTo)
    this.done = upTo
  }

  private async follow(mayGoOn: () => boolean): Promise<void> {
    while (!this.stopped && mayGoOn()) {
      // From here on a touch is not missed: it ends the waiting for the next.
      const touched = this.touched()
      const upTo = await this.reached()
      if (upTo > this.done) await this.facts.follow(await this.facts.touched(this.done, upTo), upTo)
      else await touched
      this.done = Math.max(this.done, upTo)
    }
  }

  private async inTurns({ leases, name, holder, leaseFor = 15_000 }: Folding): Promise<void> {
    while (!this.stopped) {
      const lease = await leases.acquire(name, holder, leaseFor)
      if (!lease) {
        await Promise.race([sleep(leaseFor / 3, undefined, { ref: false }), this.touched()])
        continue
      }
      let held = true
      const lost = () => (held = false)
      const renewal = setInterval(() => void leases.renew(lease, leaseFor).then((still) => still || lost(), lost), leaseFor / 3)
      try {
        await this.begin()
        await this.follow(() => held)
      } finally {
        clearInterval(renewal)
        await leases.release(lease)
      }
    }
  }

  /** Resolves when there may be more in the ledger, or when it is to end. */
  private touched(): Promise<void> {
    const told = new Promise<void>((resolve) => (this.wake = resolve))
    return this.folding ? Promise.race([told, sleep(LOOK_MS, undefined, { ref: false })]) : told
  }

  /** Up to where the ledger has everything. */
  private async reached(): Promise<number> {
    return least(await this.ledger.checkpoint())
  }
}

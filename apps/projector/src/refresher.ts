import type { Leases } from '@circumspect/feed'
import { least, type Facts, type LedgerWriter } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where several projectors share views: by what they agree who does what only one may do. */
export interface Sharing {
  readonly leases: Leases
  /** Names this process run, never used twice. */
  readonly holder: string
  /** How long others wait before they take over from one that says nothing, in milliseconds; 15 seconds if not given. */
  readonly leaseFor?: number
}

/** Whose turn it is to fold: the one that has the lease, and nobody while another lease is held by who wants the facts to stand still. */
export interface Turns extends Sharing {
  readonly lease: string
  readonly unless?: string
}

/** How long a lease lasts that is not renewed, ms. */
export const LEASE_MS = 15_000
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
    private readonly turns?: Turns,
  ) {}

  /** Where nobody else folds, resolves when the facts are at what the ledger has. */
  async start(): Promise<void> {
    this.stopped = false
    if (!this.turns) await this.begin()
    const work = this.turns ? this.inTurns(this.turns) : this.follow(() => Promise.resolve(true))
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

  private async follow(mayGoOn: () => Promise<boolean>): Promise<void> {
    while (!this.stopped && (await mayGoOn())) {
      // From here on a touch is not missed: it ends the waiting for the next.
      const touched = this.touched()
      const upTo = await this.reached()
      if (upTo > this.done) await this.facts.follow(await this.facts.touched(this.done, upTo), upTo)
      else await touched
      this.done = Math.max(this.done, upTo)
    }
  }

  private async inTurns({ leases, lease: name, unless, holder, leaseFor = LEASE_MS }: Turns): Promise<void> {
    const standStill = async () => unless !== undefined && (await leases.held(unless))
    while (!this.stopped) {
      const lease = (await standStill()) ? undefined : await leases.acquire(name, holder, leaseFor)
      if (!lease) {
        await Promise.race([sleep(leaseFor / 3, undefined, { ref: false }), this.touched()])
        continue
      }
      let held = true
      const lost = () => (held = false)
      const renewal = setInterval(() => void leases.renew(lease, leaseFor).then((still) => still || lost(), lost), leaseFor / 3)
      try {
        await this.begin()
        await this.follow(async () => held && !(await standStill()))
      } finally {
        clearInterval(renewal)
        await leases.release(lease)
      }
    }
  }

  /** Resolves when there may be more in the ledger, or when it is to end. */
  private touched(): Promise<void> {
    const told = new Promise<void>((resolve) => (this.wake = resolve))
    return this.turns ? Promise.race([told, sleep(LOOK_MS, undefined, { ref: false })]) : told
  }

  /** Up to where the ledger has everything. */
  private async reached(): Promise<number> {
    return least(await this.ledger.checkpoint())
  }
}

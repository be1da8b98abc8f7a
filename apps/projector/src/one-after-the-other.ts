import type { Lease } from '@circumspect/feed'
import type { Alone } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import { LEASE_MS, type Sharing } from './refresher'

/** How long a projector waits before it looks again whether it is its turn, ms. */
const LOOK_MS = 200

/**
 * Lets projectors that share views change their tables one after the other. The lock is a lease in the store they share, because
 * ClickHouse has nothing that one process can hold and that ends by itself when that process does.
 */
export const oneAfterTheOther =
  (sharing: Sharing, name: string): Alone =>
  async (work) => {
    const { release } = await hold(sharing, name)
    try {
      return await work()
    } finally {
      await release()
    }
  }

export interface Held {
  /** Gives it up. */
  release(): Promise<void>
  /** Is it still ours, for as long again? */
  renew(): Promise<boolean>
}

/** Waits for a lease and holds it, renewed, until it is released. */
export async function hold(sharing: Sharing, name: string): Promise<Held> {
  for (;;) {
    const held = await tryToHold(sharing, name)
    if (held) return held
    await sleep(LOOK_MS)
  }
}

/** Undefined where another has it. */
export async function tryToHold({ leases, holder, leaseFor = LEASE_MS }: Sharing, name: string): Promise<Held | undefined> {
  const lease: Lease | undefined = await leases.acquire(name, holder, leaseFor)
  if (!lease) return undefined
  const renew = () => leases.renew(lease, leaseFor)
  const renewal = setInterval(() => void renew().catch(() => undefined), leaseFor / 3)
  const release = () => {
    clearInterval(renewal)
    return leases.release(lease)
  }
  return { release, renew }
}

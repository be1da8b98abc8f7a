import type { Alone } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Folding } from './refresher'

/** How long a projector waits before it looks again whether it is its turn, ms. */
const LOOK_MS = 200

/**
 * Lets projectors that share views change their tables one after the other. The lock is a lease in the store they share, because
 * ClickHouse has nothing that one process can hold and that ends by itself when that process does.
 */
export const oneAfterTheOther =
  ({ leases, name, holder, leaseFor = 15_000 }: Folding): Alone =>
  async (work) => {
    for (;;) {
      const lease = await leases.acquire(`${name} schema`, holder, leaseFor)
      if (!lease) {
        await sleep(LOOK_MS)
        continue
      }
      const renewal = setInterval(() => void leases.renew(lease, leaseFor).catch(() => undefined), leaseFor / 3)
      try {
        return await work()
      } finally {
        clearInterval(renewal)
        await leases.release(lease)
      }
    }
  }

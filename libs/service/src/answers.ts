import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 3000

/** `up` where it is answered in time, else what is the matter. */
export async function answers(ask: () => Promise<unknown>): Promise<string> {
  const done = new AbortController()
  const silence = sleep(PATIENCE_MS, 'away (no answer)', { signal: done.signal })
  silence.catch(() => undefined)
  try {
    return await Promise.race([ask().then(() => 'up'), silence])
  } catch (error) {
    return `away (${error instanceof Error ? error.name : 'error'})`
  } finally {
    done.abort()
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from './environment'

export type Say = (text: string) => void

/** How long a service may take to end, ms. */
const ENDING_MS = 10_000

/** What a service is while it runs. */
export interface Running {
  /** Finishes what is in hand. */
  stop(): Promise<void>
}

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT), and ends the process: 0 when all is finished, 1 where that takes longer than
 * ten seconds or something failed, 2 where the configuration cannot be used.
 */
export async function runService(start: (say: Say, stopping: AbortSignal) => Promise<Running>): Promise<never> {
  const say: Say = (text) => void process.stderr.write(`${text}\n`)
  const stopping = new AbortController()
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        stopping.abort()
        resolve()
      })
  })
  try {
    const service = await start(say, stopping.signal)
    await told
    say('Stopping …')
    setTimeout(() => process.exit(1), ENDING_MS).unref()
    await service.stop()
    process.exit(0)
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0)
    say(error instanceof ConfigError ? error.message : `The service could not start (${error instanceof Error ? error.name : 'error'}).`)
    process.exit(error instanceof ConfigError ? 2 : 1)
  }
}

/** Opens something another program holds; where that is away, says so and tries again until it is there. */
export async function whenThere<T>(what: string, open: () => Promise<T>, say: Say, stopping: AbortSignal): Promise<T> {
  for (let wait = 250; ; wait = Math.min(wait * 2, 10_000)) {
    stopping.throwIfAborted()
    try {
      return await open()
    } catch (error) {
      // What cannot pass by itself is not waited for.
      if (!(error instanceof Error && 'retriable' in error && error.retriable === true)) throw error
      say(`Waiting for ${what} (${error.name}).`)
    }
    await sleep(wait, undefined, { signal: stopping })
  }
}

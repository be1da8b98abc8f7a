import type { RecordedEvent } from '@circumspect/domain'
import type { EventStore, Unsubscribe } from '../event-store'

const PAGE = 1000

/**
 * Follows the history from a position on: reads pages until it is at the head, then waits to be woken. What is appended between the
 * last read and the waiting is noticed, because the wake-up is listened for before the read.
 */
export function follow(
  store: Pick<EventStore, 'readAll'>,
  listeners: Set<() => void>,
  fromPosition: number,
  handle: (events: readonly RecordedEvent[]) => Promise<void>,
  onError: (error: unknown) => void,
): Unsubscribe {
  let stopped = false
  let woken = false
  let wake: () => void = () => undefined
  const listener = () => {
    woken = true
    wake()
  }
  listeners.add(listener)

  const run = async () => {
    let from = fromPosition
    while (!stopped) {
      woken = false
      const events = await store.readAll(from, PAGE)
      if (events.length > 0) {
        await handle(events)
        from = events.at(-1)!.position + 1
      } else if (!woken && !stopped) {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
  const done = run()
    .catch(onError)
    .finally(() => listeners.delete(listener))

  return async () => {
    stopped = true
    wake()
    await done
  }
}

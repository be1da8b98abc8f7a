import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '@circumspect/domain'
import type { EventStore, Unsubscribe } from '../event-store'

const PAGE = 5000

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
): { readonly stop: Unsubscribe; readonly ended: Promise<void> } {
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
        // A long way to catch up must not keep others waiting, whatever the handler does.
        await nextTurn()
      } else if (!woken && !stopped) {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
  const ended = run()
    .catch(onError)
    .finally(() => listeners.delete(listener))

  const stop = async () => {
    stopped = true
    wake()
    await ended
  }
  return { stop, ended }
}

import type { Feed } from '@circumspect/feed'
import type { RelaySource } from '@circumspect/feed'
import { setTimeout as sleep } from 'node:timers/promises'

/** A history that is handed on in small portions, so that there is something to break in between. */
export const inPortions = (source: RelaySource, size: number): RelaySource => ({
  subscribe: (from, take, onError) =>
    source.subscribe(
      from,
      async (events) => {
        for (let i = 0; i < events.length; i += size) await take(events.slice(i, i + size))
      },
      onError,
    ),
})

/** A feed whose consumer takes its time. */
export const slowly = (feed: Feed, milliseconds: number): Feed => ({
  partitions: () => feed.partitions(),
  subscribe: (checkpoint, take, onError, options) =>
    feed.subscribe(
      checkpoint,
      async (batch) => {
        await sleep(milliseconds)
        await take(batch)
      },
      onError,
      options,
    ),
})

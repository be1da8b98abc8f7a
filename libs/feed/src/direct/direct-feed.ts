import type { FeedEvent, RecordedEvent } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Checkpoint, Feed, FeedBatch, Subscription } from '../feed'
import { isParked, strip, type Parked } from '../strip'

/** The one partition of a feed without a broker. */
const PARTITION = 0

/** Carries events straight from the store, in the store's own order. */
export class DirectFeed implements Feed {
  /** `onParked` comes before the batch around it, and again whenever that batch does: the same position is the same event. */
  constructor(
    private readonly store: EventStore,
    private readonly onParked: (parked: Parked) => void | Promise<void>,
  ) {}

  partitions(): Promise<readonly number[]> {
    return Promise.resolve([PARTITION])
  }

  subscribe(checkpoint: Checkpoint, take: (batch: FeedBatch) => Promise<void>, onError: (error: unknown) => void): Promise<Subscription> {
    const from = (checkpoint.get(PARTITION) ?? -1) + 1
    const handle = async (recorded: readonly RecordedEvent[]) => {
      const events: FeedEvent[] = []
      for (const event of recorded) {
        const stripped = strip(event)
        if (isParked(stripped)) await this.onParked(stripped)
        else events.push(stripped)
      }
      await take({ partition: PARTITION, events, upTo: recorded.at(-1)!.position })
    }
    return Promise.resolve({ stop: this.store.subscribe(from, handle, onError) })
  }
}

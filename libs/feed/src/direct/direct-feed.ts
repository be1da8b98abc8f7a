import { toFeedEvent, UnknownEventError, type FeedEvent, type RecordedEvent } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Checkpoint, Feed, FeedBatch, Subscription } from '../feed'

/** An event that cannot be carried: kept aside with the reason, so that it blocks nothing. */
export interface Parked {
  readonly position: number
  readonly eventId: string
  readonly reason: string
}

/** The one partition of a feed without a broker. */
const PARTITION = 0

/** Carries events straight from the store, in the store's own order. */
export class DirectFeed implements Feed {
  constructor(
    private readonly store: EventStore,
    private readonly onParked: (parked: Parked) => void,
  ) {}

  subscribe(checkpoint: Checkpoint, take: (batch: FeedBatch) => Promise<void>, onError: (error: unknown) => void): Promise<Subscription> {
    const from = (checkpoint.get(PARTITION) ?? -1) + 1
    const handle = (recorded: readonly RecordedEvent[]) =>
      take({ partition: PARTITION, events: recorded.flatMap((event) => this.strip(event)), upTo: recorded.at(-1)!.position })
    return Promise.resolve({ stop: this.store.subscribe(from, handle, onError) })
  }

  private strip(event: RecordedEvent): FeedEvent[] {
    try {
      return [toFeedEvent(event)]
    } catch (error) {
      if (!(error instanceof UnknownEventError)) throw error
      this.onParked({ position: event.position, eventId: event.id, reason: error.message })
      return []
    }
  }
}

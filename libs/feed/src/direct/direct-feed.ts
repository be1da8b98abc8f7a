import { toFeedEvent, UnknownEventError, type FeedEvent, type RecordedEvent } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Checkpoint, Feed, FeedBatch, Subscription } from '../feed'

/** An event that cannot be carried: kept aside with the reason, so that it blocks nothing. */
export interface Parked {
  readonly position: number
  readonly eventId: string
  /** Names types and versions, never what was recorded. */
  readonly reason: string
}

/** The one partition of a feed without a broker. */
const PARTITION = 0

/** Carries events straight from the store, in the store's own order. */
export class DirectFeed implements Feed {
  /** `onParked` comes before the batch around it, and again whenever that batch does: the same position is the same event. */
  constructor(
    private readonly store: EventStore,
    private readonly onParked: (parked: Parked) => void | Promise<void>,
  ) {}

  subscribe(checkpoint: Checkpoint, take: (batch: FeedBatch) => Promise<void>, onError: (error: unknown) => void): Promise<Subscription> {
    const from = (checkpoint.get(PARTITION) ?? -1) + 1
    const handle = async (recorded: readonly RecordedEvent[]) => {
      const events: FeedEvent[] = []
      for (const event of recorded) {
        const stripped = strip(event)
        if ('eventId' in stripped) await this.onParked(stripped)
        else events.push(stripped)
      }
      await take({ partition: PARTITION, events, upTo: recorded.at(-1)!.position })
    }
    return Promise.resolve({ stop: this.store.subscribe(from, handle, onError) })
  }
}

function strip(event: RecordedEvent): FeedEvent | Parked {
  try {
    return toFeedEvent(event)
  } catch (error) {
    // Only our own sentences are sure to say nothing of what was recorded.
    const reason = error instanceof UnknownEventError ? error.message : `${event.type} version ${event.version} does not fit its schema.`
    return { position: event.position, eventId: event.id, reason }
  }
}

import { toFeedEvent, UnknownEventError, type FeedEvent, type RecordedEvent } from '@circumspect/domain'

/** An event that cannot be carried: kept aside with the reason, so that it blocks nothing. */
export interface Parked {
  readonly position: number
  readonly eventId: string
  /** Names types and versions, never what was recorded. */
  readonly reason: string
}

/** The event as it may travel, or why it cannot. */
export function strip(event: RecordedEvent): FeedEvent | Parked {
  try {
    return toFeedEvent(event)
  } catch (error) {
    // Only our own sentences are sure to say nothing of what was recorded.
    const reason = error instanceof UnknownEventError ? error.message : `${event.type} version ${event.version} does not fit its schema.`
    return { position: event.position, eventId: event.id, reason }
  }
}

export const isParked = (stripped: FeedEvent | Parked): stripped is Parked => 'eventId' in stripped

import type { NewEvent, RecordedEvent, StoredEvent, StreamId } from '@circumspect/domain'

/** The revision before the first: the stream must not exist yet. */
export const NO_STREAM = -1

export interface Appended {
  readonly stream: StreamId
  /** The revision of the last event appended. */
  readonly revision: number
  /** Each event of the batch, in order, with its revision. */
  readonly events: readonly { readonly id: string; readonly revision: number }[]
}

export type Unsubscribe = () => Promise<void>

/**
 * The history. Events are appended and never changed or removed.
 *
 * Every adapter passes the one contract suite (test/contracts/event-store.ts).
 */
export interface EventStore {
  /**
   * Appends a batch to one stream, whole or not at all, and returns once it is durable.
   *
   * Idempotent by event id: where the whole batch is in the stream already, in this order, answers as it did then.
   * @param expectedRevision the revision of the stream's last event, NO_STREAM for a new one
   * @throws WrongExpectedRevisionError, DuplicateEventError, UnavailableError
   */
  append(stream: StreamId, events: readonly NewEvent[], expectedRevision: number): Promise<Appended>

  /**
   * The events of a stream from a revision on, in order; none if there is no such stream. Without their positions: these are of the
   * order over all streams, and not every store knows them without counting.
   */
  readStream(stream: StreamId, fromRevision?: number): Promise<readonly StoredEvent[]>

  /** At most `limit` events from a position on, in order of position. */
  readAll(fromPosition: number, limit: number): Promise<readonly RecordedEvent[]>

  /** The position of the last event; -1 in an empty store. */
  head(): Promise<number>

  /**
   * Hands every event from a position on to `handle`, in order, first those already there and then each new one, without a
   * gap, one batch at a time. An error thrown by `handle` ends the subscription and goes to `onError`.
   */
  subscribe(
    fromPosition: number,
    handle: (events: readonly RecordedEvent[]) => Promise<void>,
    onError: (error: unknown) => void,
  ): Unsubscribe

  close(): Promise<void>
}

/** Another writer came first. */
export class WrongExpectedRevisionError extends Error {
  readonly code = 'wrong-expected-revision'
  constructor(
    readonly stream: StreamId,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`Expected revision ${expected}, but the stream is at revision ${actual}.`)
  }
}

/** An event id is in the store already, elsewhere or only for part of the batch. */
export class DuplicateEventError extends Error {
  readonly code = 'duplicate-event'
  constructor(readonly eventId: string) {
    super(`Event ${eventId} is recorded already, in another place than this batch would put it.`)
  }
}

/** The store cannot be reached now; trying again later may succeed. */
export class UnavailableError extends Error {
  readonly code = 'unavailable'
  readonly retriable = true
}

/** An event lies damaged in the store. */
export class UnreadableEventError extends Error {
  readonly code = 'unreadable-event'
  constructor(
    readonly position: number,
    options?: ErrorOptions,
  ) {
    super(`The event at position ${position} cannot be read: its bytes are damaged. Verify the history and restore the last good backup.`, options)
  }
}

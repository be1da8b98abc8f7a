import { DuplicateEventError, UnavailableError, WrongExpectedRevisionError } from '../event-store'

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE: trying again later may succeed. */
const PASSING_CODES = new Set([1, 4, 8, 10, 14])
const PASSING_TYPES = new Set(['unavailable', 'deadline-exceeded', 'timeout', 'cancelled', 'not-leader'])
/** What the client throws without a code: while it finds a node, and on a connection it has just given up. */
const PASSING_WORDS = /failed to discover|channel has been|no connection established|no leader|not ready/i

interface Thrown {
  readonly code?: unknown
  readonly type?: unknown
  readonly message?: unknown
  readonly maxAppendSize?: unknown
}

/**
 * What the client threw, in the words of the port. Its errors differ by where they arise: reads throw errors of the client's own, appends
 * may throw the transport's, and finding a node in a cluster a plain one.
 */
export function inOurWords(thrown: unknown): Error {
  if (thrown instanceof UnavailableError || thrown instanceof WrongExpectedRevisionError || thrown instanceof DuplicateEventError) return thrown
  const { code, type, message, maxAppendSize } = (thrown ?? {}) as Thrown
  const cause = thrown
  if (PASSING_CODES.has(code as number) || PASSING_TYPES.has(type as string) || PASSING_WORDS.test(String(message)))
    return new UnavailableError(
      'The event store did not answer. What was being appended may or may not be recorded: send the same again once it is reachable.',
      { cause },
    )
  if (type === 'access-denied') return new Error('The event store refuses this account. Give it the right to read and append.', { cause })
  if (type === 'maximum-append-size-exceeded')
    return new Error(`The batch is larger than the ${String(maxAppendSize)} bytes the event store takes at once. Append it in parts.`, { cause })
  if (type === 'stream-deleted')
    return new Error('The stream has been deleted in the event store, which nothing of ours does. Restore the last good backup.', { cause })
  return new Error('The event store answered with an error that is not expected of it.', { cause })
}

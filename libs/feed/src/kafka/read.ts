import type { FeedEvent } from '@circumspect/domain'
import type { KafkaMessage } from 'kafkajs'
import type { FeedBatch } from '../feed'
import { readMessage } from './message'

/** Events are missing: the topic does not hold what was sent to it. */
export class GapError extends Error {
  readonly code = 'gap'
  constructor(
    readonly partition: number,
    /** Everything up to here was read. */
    readonly after: number,
    /** The last event that has to stand before the next message, and does not. */
    readonly missing: number,
  ) {
    super(
      `Partition ${partition} of the feed has a gap: after position ${after} the event at ${missing} has to come, and is not there. ` +
        'Have the relay send everything again: give it an empty topic.',
    )
  }
}

/**
 * What messages of one partition bring to a reader who has everything up to a position. The relay may send again what it has sent, from
 * some event on and from there in order, and two relays may do so at once: before each event then stands every earlier one of its
 * partition at least once. So what is not beyond the furthest seen has been seen, and is left out.
 * @throws GapError, UnreadableMessageError
 */
export function read(partition: number, from: number, messages: readonly Pick<KafkaMessage, 'offset' | 'value'>[]): FeedBatch {
  const events: FeedEvent[] = []
  let upTo = from
  for (const message of messages) {
    const { event, position, previous } = readMessage(message)
    if (previous > upTo) throw new GapError(partition, upTo, previous)
    if (position <= upTo) continue
    if (event) events.push(event)
    upTo = position
  }
  return { partition, events, upTo }
}

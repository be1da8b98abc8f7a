import type { FeedEvent } from '@circumspect/domain'

/** What a consumer has taken in, for each partition of the feed: the last position. The direct feed has partition 0 only. */
export type Checkpoint = ReadonlyMap<number, number>

export interface FeedBatch {
  readonly partition: number
  /** In order for each stream. */
  readonly events: readonly FeedEvent[]
  /** Every event of this partition up to this position is in this batch or an earlier one. */
  readonly upTo: number
}

export interface Subscription {
  /** Ends after the batch in hand. */
  stop(): Promise<void>
}

export interface SubscribeOptions {
  /**
   * How far the consumer is by now. Where several share a feed, it is asked whenever one is handed a partition that another had;
   * without it, what the other took in meanwhile comes again.
   */
  readonly again?: () => Promise<Checkpoint>
  /** Takes every partition and shares with nobody, as building views anew must. */
  readonly alone?: boolean
}

/**
 * Carries events, stripped of identity, to a consumer: at least once, in order for each stream.
 *
 * `take` resolves when the batch and its checkpoint are durable at the consumer; only then comes the next of its partition.
 * Partitions come side by side.
 */
export interface Feed {
  /** Its partitions: what has been taken in is complete only as far as every one of them is. */
  partitions(): Promise<readonly number[]>
  subscribe(
    checkpoint: Checkpoint,
    take: (batch: FeedBatch) => Promise<void>,
    onError: (error: unknown) => void,
    options?: SubscribeOptions,
  ): Promise<Subscription>
}

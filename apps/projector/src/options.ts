import type { Feed } from '@circumspect/feed'
import type { ClickHouse, Databases } from '@circumspect/views'
import type { Sharing } from './refresher'

export interface ProjectorOptions {
  readonly feed: Feed
  readonly clickhouse: ClickHouse
  /** Where the ledger is kept, and where the facts folded from it: of their first build, after which the others are named. */
  readonly databases: Databases
  readonly now: () => Date
  readonly log: (message: string) => void
  /** Given where several projectors share the feed and the views. */
  readonly sharing?: Sharing
}

import type { ClickHouse } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'

/** What a mapping of events writes; exchanged together when the ledger has been built anew. */
const WRITTEN = ['ledger', 'timeline', 'elsewhere', 'progress'] as const

/** Where a ledger is built anew, beside the one that is read. */
export const rebuildDatabase = ({ ledger }: Databases): string => `${ledger}_rebuild`

/** Begins on an empty ledger, whatever an earlier attempt left. */
export const dropRebuild = (clickhouse: ClickHouse, databases: Databases): Promise<void> =>
  clickhouse.command(`DROP DATABASE IF EXISTS ${rebuildDatabase(databases)} SYNC`, {}, { database: databases.ledger })

/** Puts the new tables in the place of the old, one after the other: each is whole, and both speak of the same events. */
export async function exchangeRebuilt(clickhouse: ClickHouse, databases: Databases): Promise<void> {
  for (const table of WRITTEN)
    await clickhouse.command(`EXCHANGE TABLES ${databases.ledger}.${table} AND ${rebuildDatabase(databases)}.${table}`, {}, { database: databases.ledger })
}

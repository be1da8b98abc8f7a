import type { FeedEvent } from '@circumspect/domain'
import type { ClickHouse } from '../engine/clickhouse'
import { NativeBlocks, type ColumnType } from './native'
import { MAPPING_VERSION, schoolsElsewhere, toRows } from './mapping'

/** A column of the ledger is missing or not known to the mapping. */
export class LedgerColumnsError extends Error {
  readonly code = 'ledger-columns'
}

/** Writes events into the ledger of one database. Writing an event again changes nothing. */
export class LedgerWriter {
  private blocks: NativeBlocks | undefined

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly database: string,
  ) {}

  /** Returns once every row is durable. */
  async write(events: readonly FeedEvent[]): Promise<void> {
    if (events.length === 0) return
    const blocks = (this.blocks ??= new NativeBlocks(await this.ledgerColumns()))
    const rows = events.flatMap(toRows)
    for (const row of rows) {
      row.mapping = MAPPING_VERSION
      for (const key in row) if (!blocks.has(key)) throw new LedgerColumnsError(`The ledger has no column ${key}.`)
    }
    const { columns, block } = blocks.encode(rows)
    const target = { database: this.database }
    await Promise.all([
      this.clickhouse.insertBlock('ledger', columns, block, target),
      this.clickhouse.insert('timeline', ['position', 'recorded'], events.map((e) => [e.position, Date.parse(e.recordedAt)]), target),
      this.clickhouse.insert(
        'elsewhere',
        ['counts_at', 'filed', 'position'],
        events.flatMap((e) => schoolsElsewhere(e).map((school) => [school, e.school, e.position])),
        target,
      ),
    ])
  }

  /** Was any of the ledger written by an older mapping of events? Then it has to be built anew. */
  async isOutdated(): Promise<boolean> {
    const [row] = await this.clickhouse.query<{ older: string }>('SELECT count() AS older FROM ledger WHERE mapping < {mapping:UInt16}', { mapping: MAPPING_VERSION }, { database: this.database })
    return Number(row!.older) > 0
  }

  /** What has been taken in: the last position of each partition. */
  async checkpoint(): Promise<Map<number, number>> {
    const rows = await this.clickhouse.query<{ partition: number; upto: string }>(
      'SELECT partition, max(position) AS upto FROM progress GROUP BY partition',
      {},
      { database: this.database },
    )
    return new Map(rows.map((r) => [r.partition, Number(r.upto)]))
  }

  /** To be called after `write`: every event of the partition up to `position` is in the ledger. */
  async advance(partition: number, position: number, at: Date): Promise<void> {
    await this.clickhouse.insert('progress', ['partition', 'position', 'taken'], [[partition, position, at.getTime()]], { database: this.database })
  }

  private async ledgerColumns(): Promise<ColumnType[]> {
    const found = await this.clickhouse.query<{ name: string; type: string; fallback: string }>(
      'SELECT name, type, default_expression AS fallback FROM system.columns WHERE database = {database:String} AND table = {table:String} ORDER BY position',
      { database: this.database, table: 'ledger' },
    )
    return found.map(({ name, type, fallback }) => ({ name, type, fallback: Number(fallback) }))
  }
}

import type { FeedEvent } from '@circumspect/domain'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClickHouse } from '../engine/clickhouse'
import { MAPPING_VERSION, schoolsElsewhere, toRows } from './mapping'
import { NativeBlocks, type ColumnType } from './native'

export { LedgerColumnsError } from './native'

/** Events of one insert. */
const AT_ONCE = 2500

/** The position up to which all partitions have been taken in; -1 for nothing. */
export const least = (checkpoint: ReadonlyMap<number, number>): number => (checkpoint.size === 0 ? -1 : Math.min(...checkpoint.values()))

/** Writes events into the ledger of one database. Writing an event again changes nothing. */
export class LedgerWriter {
  private blocks: NativeBlocks | undefined

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly database: string,
  ) {}

  /** Returns once every row is durable. Of many events the engine takes in the first while the next are being mapped. */
  async write(events: readonly FeedEvent[]): Promise<void> {
    if (events.length === 0) return
    const blocks = (this.blocks ??= new NativeBlocks(await this.ledgerColumns()))
    const target = { database: this.database }
    const writing: Promise<void>[] = [
      this.clickhouse.insert('timeline', ['position', 'recorded'], events.map((e) => [e.position, Date.parse(e.recordedAt)]), target),
      this.clickhouse.insert(
        'elsewhere',
        ['counts_at', 'filed', 'position'],
        events.flatMap((e) => schoolsElsewhere(e).map((school) => [school, e.school, e.position])),
        target,
      ),
    ]
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const { columns, block } = blocks.encode(events.slice(from, from + AT_ONCE).flatMap(toRows))
      writing.push(this.clickhouse.insertBlock('ledger', columns, block, target))
      // Lets what is written so far go on its way.
      await nextTurn()
    }
    await Promise.all(writing)
  }

  /** Was any of the ledger written by an older mapping of events? Then it has to be built anew. */
  async isOutdated(): Promise<boolean> {
    const [row] = await this.clickhouse.query<{ older: string }>('SELECT count() AS older FROM ledger WHERE mapping < {mapping:UInt16}', { mapping: MAPPING_VERSION }, { database: this.database })
    return Number(row!.older) > 0
  }

  /** From now on the ledger is complete only as far as each of these partitions is, also where nothing has come of it yet. */
  async expect(partitions: readonly number[], at: Date): Promise<void> {
    const known = await this.checkpoint()
    for (const partition of partitions) if (!known.has(partition)) await this.advance(partition, -1, at)
  }

  /** What has been taken in: the last position of each partition, -1 for nothing. */
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

import { useClickHouse } from '../../../../test/support/clickhouse'
import { applySchema } from '../schema/apply'
import { describe, expect, it } from 'vitest'
import { LedgerColumnsError, NativeBlocks } from './native'
import type { Columns } from './row'

const ID = '89abcdef-0123-4567-89ab-cdef01234567'
const DATABASE = 'circumspect_native'

/** Every kind of column at its ends, and a row that says nothing of them. */
const FULL: Columns = {
  school: ID, kind: 'x'.repeat(300), stream: '00000000-0000-0000-0000-000000000001', revision: 4_294_967_295, ordinal: 65_535, position: 9_007_199_254_740_991,
  recorded: -2_208_988_800_000, source_recorded: 0, occurred_date: '1901-02-03', minute: -1, earliest: -1, latest: 4_294_967_296, children: [ID, '00000000-0000-0000-0000-000000000001'],
  setting: 'é\u0000😀', behaviours: ['', 'a', 'x'.repeat(200)], capacity: -2_147_483_648, number: 2_147_483_647, flag: -128, tier: 255, due: '2199-12-31', from_date: null,
  weekdays: [1, 7, 255], days: ['1970-01-01', '1969-12-31', '2299-12-31'], age: 32_767, mapping: 1,
}
const LITTLE: Columns = { school: ID, kind: 'little', stream: ID, revision: 0, ordinal: 0 }

describe('rows of the Native format', () => {
  const clickhouse = useClickHouse()

  it('are taken in as the same rows of JSON are, with defaults for what is not said', async () => {
    const client = clickhouse.projector()
    await applySchema(client, DATABASE)
    const columns = await client.query<{ name: string; type: string; fallback: string }>(
      'SELECT name, type, default_expression AS fallback FROM system.columns WHERE database = {database:String} AND table = {table:String}',
      { database: DATABASE, table: 'ledger' },
    )
    const blocks = new NativeBlocks(columns.map((c) => ({ ...c, fallback: Number(c.fallback) })))
    const rows = async () => client.query('SELECT * FROM ledger ORDER BY kind', {}, { database: DATABASE })
    const written = [FULL, LITTLE]
    const names = columns.map((c) => c.name) as [string, ...string[]]
    await client.insert('ledger', names, written.map((row) => names.map((name) => (row as Record<string, unknown>)[name] ?? null)), { database: DATABASE })
    const asJson = await rows()
    await client.command('TRUNCATE TABLE ledger', {}, { database: DATABASE })
    const { columns: said, block } = blocks.encode(written)
    await client.insertBlock('ledger', said, block, { database: DATABASE })
    const asBlock = await rows()
    expect(asBlock).toEqual(asJson)
    expect(asBlock).toHaveLength(2)
    expect(asBlock[0]).toMatchObject({ kind: 'little', minute: -1, flag: -1, capacity: -1, due: null, behaviours: [] })
    expect(asBlock[1]).toMatchObject({ position: '9007199254740991', recorded: '-2208988800000', setting: 'é\u0000😀', days: ['1970-01-01', '1969-12-31', '2299-12-31'] })
  })

  it('are refused where there is no such column', () => {
    const blocks = new NativeBlocks([{ name: 'school', type: 'UUID', fallback: 0 }])
    expect(() => blocks.encode([LITTLE])).toThrow(LedgerColumnsError)
    expect(() => new NativeBlocks([{ name: 'odd', type: 'IPv6', fallback: 0 }])).toThrow(/odd|IPv6/)
  })
})

import { describe, expect, it } from 'vitest'
import { useClickHouse } from '../../../../test/support/clickhouse'
import { applySchema } from '../schema/apply'

describe('the ClickHouse engine', () => {
  const clickhouse = useClickHouse()

  it('takes the schema, twice, and the reader can read it and nothing else', async () => {
    const projector = clickhouse.projector()
    await applySchema(projector, 'circumspect')
    await applySchema(projector, 'circumspect')
    const reader = clickhouse.reader()
    expect(await reader.query('SELECT count() AS n FROM ledger', {}, { database: 'circumspect' })).toEqual([{ n: '0' }])
    await expect(reader.command('CREATE TABLE x (a UInt8) ORDER BY a', {}, { database: 'circumspect' })).rejects.toThrow(/privileges|readonly/i)
    await expect(reader.query("SELECT * FROM file('/etc/hostname', 'LineAsString')")).rejects.toThrow(/privileges/i)
  })
})

import { openSqliteLeases } from '@circumspect/identity'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { oneAfterTheOther } from '../../apps/projector/src/one-after-the-other'
import { useClickHouse } from '../support/clickhouse'
import { testFolder } from '../support/folder'
import { apply, applySchema, migrations } from '../../libs/views/src/schema/apply'

describe('the schema', () => {
  const clickhouse = useClickHouse()
  const tablesOf = async (database: string) =>
    clickhouse.projector().query('SELECT name, create_table_query AS made FROM system.tables WHERE database = {database:String} ORDER BY name', { database })

  it('goes forward from an older one, and comes out as a new one does', async () => {
    const client = clickhouse.projector()
    await apply(client, 'circumspect_old', migrations.slice(0, -1))
    await apply(client, 'circumspect_old', migrations)
    await applySchema(client, 'circumspect_new')
    const text = JSON.stringify(await tablesOf('circumspect_old'))
    expect(text.replaceAll('circumspect_old', 'circumspect_new')).toBe(JSON.stringify(await tablesOf('circumspect_new')))
  })

  it('is refused where an applied migration has been changed, but not where only its words were', async () => {
    const client = clickhouse.projector()
    await apply(client, 'circumspect_changed', migrations)
    const [first, ...rest] = migrations as [(typeof migrations)[number], ...typeof migrations]
    await apply(client, 'circumspect_changed', [{ ...first, sql: `-- Said otherwise.\n${first.sql}` }, ...rest])
    const changed = { ...first, sql: first.sql.replace('revision UInt32', 'revision UInt64') }
    const before = await tablesOf('circumspect_changed')
    await expect(apply(client, 'circumspect_changed', [changed, ...rest])).rejects.toMatchObject({
      code: 'changed-migration',
      message: expect.stringMatching(/0001_ledger.*circumspect_changed.*built again/) as string,
    })
    expect(await tablesOf('circumspect_changed')).toEqual(before)
  })

  it('is refused where a newer version made it', async () => {
    const client = clickhouse.projector()
    await apply(client, 'circumspect_newer', [...migrations, { name: '9999_later', sql: 'CREATE TABLE later (n UInt8) ENGINE = MergeTree ORDER BY n' }])
    await expect(applySchema(client, 'circumspect_newer')).rejects.toMatchObject({ code: 'newer-schema', message: expect.stringContaining('9999_later') as string })
  })

  it('takes over where a version was that kept no checksums', async () => {
    const client = clickhouse.projector()
    await apply(client, 'circumspect_before', migrations)
    const target = { database: 'circumspect_before' }
    await client.command('DROP TABLE migrations SYNC', {}, target)
    await client.command('CREATE TABLE migrations (name String) ENGINE = ReplacingMergeTree ORDER BY name', {}, target)
    await client.insert('migrations', ['name'], migrations.slice(0, -1).map(({ name }) => [name]), target)
    await applySchema(client, 'circumspect_before')
    const rows = await client.query<{ name: string }>("SELECT name FROM migrations WHERE checksum != ''", {}, target)
    expect(rows.map((r) => r.name)).toEqual([migrations.at(-1)!.name])
  })

  it('is applied by one of many that start at once, one after the other', async () => {
    const shared = openSqliteLeases(join(testFolder(), 'leases.db'))
    let [inside, most] = [0, 0]
    const start = (n: number) =>
      oneAfterTheOther({ leases: shared.leases, holder: `projector ${n}` }, 'views')(async () => {
        most = Math.max(most, ++inside)
        await applySchema(clickhouse.projector(), 'circumspect_many')
        inside--
      })
    await Promise.all([1, 2, 3, 4].map(start))
    expect(most).toBe(1)
    const rows = await clickhouse.projector().query<{ n: string }>('SELECT count() AS n FROM migrations', {}, { database: 'circumspect_many' })
    expect(Number(rows[0]!.n)).toBe(migrations.length)
    await shared.close()
  })

  it('is whole even where two come at the same moment with nothing between them', async () => {
    await Promise.all([1, 2].map(() => applySchema(clickhouse.projector(), 'circumspect_race')))
    await applySchema(clickhouse.projector(), 'circumspect_alone')
    const text = JSON.stringify(await tablesOf('circumspect_race'))
    expect(text.replaceAll('circumspect_race', 'circumspect_alone')).toBe(JSON.stringify(await tablesOf('circumspect_alone')))
  })
})

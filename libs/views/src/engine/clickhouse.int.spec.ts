import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../../../../test/support/clickhouse'
import { ClickHouse, InsertRefusedError, ViewsUnavailableError } from './clickhouse'

const endless = 'SELECT sum(number) AS n FROM numbers(1000000000000) WHERE NOT ignore(toString(number))'

describe('a ClickHouse client', () => {
  const clickhouse = useClickHouse()
  const at = { database: 'circumspect' }
  let projector: ClickHouse
  let reader: ClickHouse
  beforeAll(async () => {
    projector = clickhouse.projector()
    reader = clickhouse.reader()
    await projector.command('CREATE DATABASE circumspect')
    await projector.command('CREATE TABLE t (n UInt64, s String, d Nullable(Date32)) ENGINE = ReplacingMergeTree ORDER BY n', {}, at)
  })
  const stored = () => reader.query('SELECT n, s, d FROM t FINAL ORDER BY n', {}, at)

  it('takes values as parameters only, whatever is in them, and however many', async () => {
    const odd = `' OR 1 = 1; -- {x:String} \\ \n \t "`
    expect(await reader.query('SELECT {s:String} AS s, {n:Nullable(Int64)} AS n', { s: odd, n: null })).toEqual([{ s: odd, n: null }])
    const ids = Array.from({ length: 20_000 }, () => randomUUID())
    expect(await reader.query('SELECT length({ids:Array(UUID)}) AS n, {ids:Array(UUID)}[-1] AS last', { ids })).toEqual([
      { n: '20000', last: ids.at(-1) },
    ])
  })

  it('gives 64-bit integers as strings, exact', async () => {
    const sql = 'SELECT toUInt64(18446744073709551615) AS u, toInt64(-9223372036854775808) AS i, toUInt32(7) AS small'
    for (const client of [reader, projector])
      expect(await client.query(sql)).toEqual([{ u: '18446744073709551615', i: '-9223372036854775808', small: 7 }])
  })

  it('keeps time in UTC, on any machine', async () => {
    const sql = 'SELECT timezone() AS zone, toString(toDateTime(0)) AS epoch'
    expect(await reader.query(sql)).toEqual([{ zone: 'UTC', epoch: '1970-01-01 00:00:00' }])
  })

  it('inserts rows, where a repeat changes nothing', async () => {
    const rows = [['1', 'a', '2024-02-29'], ['18446744073709551615', 'b', null]]
    await projector.insert('t', ['n', 's', 'd'], rows, at)
    await projector.insert('t', ['n', 's', 'd'], rows, at)
    await projector.insert('t', ['n', 's', 'd'], [], at)
    expect(await stored()).toEqual([
      { n: '1', s: 'a', d: '2024-02-29' },
      { n: '18446744073709551615', s: 'b', d: null },
    ])
  })

  it.each<[string, [string, ...string[]], unknown[][], RegExp]>([
    ['an unknown column', ['n', 'nosuch'], [[1, 'SECRET']], /NO_SUCH_COLUMN_IN_TABLE.*nosuch/],
    ['a row too long', ['n'], [[2], [3, 'SECRET']], /refused rows for t: [A-Z_]+/],
    ['a row too short', ['n', 's'], [[2, 'SECRET'], [3]], /refused rows for t: [A-Z_]+/],
    ['a wrong value', ['n', 's'], [[2, 'x'], ['SECRET', 'x']], /refused rows for t: [A-Z_]+, column n\./],
    ['a wrong date', ['n', 'd'], [[2, 'SECRET']], /refused rows for t: [A-Z_]+, column d\./],
  ])('refuses %s, whole and without quoting it', async (_what, columns, rows, message) => {
    const before = await stored()
    const error: unknown = await projector.insert('t', columns, rows, at).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(InsertRefusedError)
    expect(error).toMatchObject({ code: 'insert-refused', table: 't', message: expect.stringMatching(message) })
    expect(JSON.stringify([String(error), error, (error as Error).stack])).not.toContain('SECRET')
    expect(await stored()).toEqual(before)
  })

  it('gives a whole answer or an error, never the rows before the error', async () => {
    const sql = 'SELECT number, throwIf(number = 900000, \'too far\') FROM numbers(1000000) SETTINGS max_block_size = 1000'
    await expect(projector.query(sql)).rejects.toThrow(/too far/)
  })

  it.each(['reader', 'projector'] as const)('aborted, ends the query on the server too: %s', async (user) => {
    const client = user === 'reader' ? reader : projector
    const queryId = randomUUID()
    const listed = 'SELECT 1 FROM system.processes WHERE query_id = {id:String}'
    const running = async () => (await projector.query(listed, { id: queryId })).length
    const controller = new AbortController()
    const answer = client.query(endless, {}, { queryId, signal: controller.signal }).catch((e: unknown) => e)
    await eventually(async () => (await running()) === 1)
    controller.abort(new Error('the page was left'))
    expect(await answer).toEqual(new Error('the page was left'))
    await eventually(async () => (await running()) === 0)
    await expect(client.query('SELECT 1', {}, { signal: controller.signal })).rejects.toThrow('the page was left')
  })

  it('says that the views cannot be reached, and that trying again may help', async () => {
    const nobody = new ClickHouse('http://127.0.0.1:9', 'reader', 'x')
    for (const run of [() => nobody.query('SELECT 1'), () => nobody.command('SELECT 1')])
      await expect(run()).rejects.toMatchObject({ code: 'views-unavailable', retriable: true })
    await nobody.close()
  })

  it('follows a server that moves', async () => {
    const { url, credentials } = clickhouse.engine()
    const addresses = ['http://127.0.0.1:9']
    const moving = new ClickHouse(() => addresses.shift() ?? url, 'projector', credentials.projector)
    await moving.insert('t', ['n', 's'], [[5, 'moved']], at)
    expect(await moving.query('SELECT s FROM t WHERE n = 5', {}, at)).toEqual([{ s: 'moved' }])
    await moving.close()
  })

  it('does not take a wrong password or a mistake in SQL for a server that is away', async () => {
    const stranger = new ClickHouse(clickhouse.engine().url, 'reader', 'wrong')
    const error: unknown = await stranger.query('SELECT 1').catch((e: unknown) => e)
    expect(error).not.toBeInstanceOf(ViewsUnavailableError)
    expect(error).toMatchObject({ type: 'AUTHENTICATION_FAILED' })
    await stranger.close()
    await expect(reader.query('SELECT nosuch FROM t', {}, at)).rejects.toMatchObject({ type: 'UNKNOWN_IDENTIFIER' })
  })
})

async function eventually(reached: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await reached()) return
    await sleep(50)
  }
  throw new Error('Not within half a minute.')
}

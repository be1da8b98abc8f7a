import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../../../../test/support/clickhouse'
import { applySchema } from '../schema/apply'
import type { ClickHouse } from './clickhouse'

const MIB = 1024 * 1024
const slow = 'SELECT sum(number) FROM numbers(1000000000000) WHERE NOT ignore(toString(number))'

describe('who may do what in the engine', () => {
  const clickhouse = useClickHouse({
    limits: { serverMemory: 1_000 * MIB, reportMemory: 100 * MIB, reportSeconds: 1, reportRows: 1_000 },
  })
  let projector: ClickHouse
  let reader: ClickHouse
  beforeAll(async () => {
    projector = clickhouse.projector()
    reader = clickhouse.reader()
    await applySchema(projector, 'circumspect')
    await applySchema(projector, 'circumspect_facts')
    await projector.command('CREATE TABLE circumspect.t (n UInt64, s String) ENGINE = MergeTree ORDER BY n')
  })

  /** A request over HTTP as anybody may make it. */
  async function ask(sql: string, headers: Record<string, string>, search = ''): Promise<{ status: number; text: string }> {
    const response = await fetch(`${clickhouse.engine().url}/${search}`, { method: 'POST', body: sql, headers })
    return { status: response.status, text: await response.text() }
  }
  const withKey = (user: 'projector' | 'reader') => ({
    'X-ClickHouse-User': user,
    'X-ClickHouse-Key': clickhouse.engine().credentials[user],
  })

  describe('default, who has no password', () => {
    const basic = (user: string) => ({ Authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}` })
    const ways: [string, Record<string, string>, string][] = [
      ['without a name', {}, ''],
      ['by header', { 'X-ClickHouse-User': 'default' }, ''],
      ['by header, in other letters', { 'x-clickhouse-user': 'Default' }, ''],
      ['by address', {}, '?user=default'],
      ['by basic authorization', basic('default'), ''],
      ['by address, behind another name', { 'X-ClickHouse-User': 'reader' }, '?user=default&password='],
      ['by basic authorization, behind another name', { 'X-ClickHouse-User': 'reader', ...basic('default') }, ''],
      ['by two headers', { 'X-ClickHouse-User': 'reader, default' }, ''],
      ['as a name that begins like another', { 'X-ClickHouse-User': 'reader\tdefault' }, ''],
    ]
    const attempts = [
      'SELECT 1',
      'SELECT count() FROM circumspect.ledger',
      "SELECT file('/etc/hostname')",
      "SELECT * FROM file('/etc/hostname', 'LineAsString')",
      "SELECT * FROM sqlite('/tmp/none.db', 'none')",
      "SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')",
      'CREATE DATABASE circumspect_default',
      'CREATE TEMPORARY TABLE none (n UInt8)',
      'SYSTEM STOP LISTEN HTTP',
    ]

    it.each(ways)('is not answered %s', async (_way, headers, search) => {
      for (const sql of attempts) {
        const { status, text } = await ask(sql, headers, search)
        expect([401, 403, 404], `${sql}: ${status} ${text}`).toContain(status)
        expect(text, sql).toMatch(/no handle|AUTHENTICATION_FAILED/)
      }
    })

    it('while the same request with a password is answered', async () => {
      expect(await ask('SELECT 1', withKey('reader'))).toEqual({ status: 200, text: '1\n' })
      expect(await ask('SELECT 1', { ...withKey('reader'), 'X-ClickHouse-Key': 'wrong' })).toMatchObject({ status: 403 })
    })

    it('was granted nothing but starting the listener', async () => {
      const sql = "SELECT access_type AS may, database FROM system.grants WHERE user_name = 'default'"
      expect(await projector.query(sql)).toEqual([{ may: 'SYSTEM LISTEN', database: null }])
    })

    it.each(['/play', '/dashboard', '/metrics', '/replicas_status', '/webterminal'])('finds no other page: %s', async (path) => {
      expect((await fetch(`${clickhouse.engine().url}${path}`)).status).toBe(404)
    })
  })

  describe('the reader', () => {
    it('reads the views', async () => {
      for (const database of ['circumspect', 'circumspect_facts'])
        expect(await reader.query('SELECT count() AS n FROM ledger', {}, { database })).toEqual([{ n: '0' }])
    })

    it.each([
      'INSERT INTO circumspect.t VALUES (1, \'a\')',
      'CREATE TABLE circumspect.x (n UInt8) ENGINE = MergeTree ORDER BY n',
      'CREATE TEMPORARY TABLE x (n UInt8)',
      'CREATE DATABASE circumspect_x',
      'ALTER TABLE circumspect.t DELETE WHERE 1',
      'ALTER TABLE circumspect.t ADD COLUMN x UInt8',
      'TRUNCATE TABLE circumspect.t',
      'DROP TABLE circumspect.t',
      'OPTIMIZE TABLE circumspect.t',
      'SELECT * FROM system.users',
      'SELECT * FROM system.server_settings',
      "SELECT * FROM file('/etc/hostname', 'LineAsString')",
      "SELECT * FROM sqlite('/tmp/none.db', 'none')",
      "SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')",
      "SELECT * FROM remote('127.0.0.1', 'circumspect.t')",
      'SYSTEM SHUTDOWN',
      'SYSTEM STOP LISTEN HTTP',
    ])('is refused %s', async (sql) => {
      const { status, text } = await ask(sql, withKey('reader'))
      expect(status).not.toBe(200)
      expect(text).toMatch(/\((ACCESS_DENIED|READONLY)\)/)
    })

    it.each([
      'SET max_execution_time = 0',
      'SELECT 1 SETTINGS max_memory_usage = 0',
      'SELECT 1 SETTINGS max_result_rows = 0',
      'SET readonly = 0',
    ])('cannot lift its limits: %s', async (sql) => {
      expect((await ask(sql, withKey('reader'))).text).toMatch(/\(READONLY\)/)
    })

    it.each([
      ['time', slow],
      ['memory', 'SELECT length(groupArray(toString(number))) AS n FROM numbers(1000000000)'],
      ['rows', 'SELECT number FROM numbers(2000)'],
    ])('is stopped at its limit of %s', async (_limit, sql) => {
      const refusal = { code: 'report-too-large', message: expect.stringContaining('shorter period') }
      await expect(reader.query(sql)).rejects.toMatchObject(refusal)
    })
  })

  describe('the projector', () => {
    it('keeps the tables', async () => {
      const own = 'circumspect_projector'
      await projector.command(`CREATE DATABASE ${own}`)
      await projector.command('CREATE TABLE a (n UInt64) ENGINE = ReplacingMergeTree ORDER BY n', {}, { database: own })
      await projector.command('CREATE TABLE b AS a', {}, { database: own })
      await projector.insert('a', ['n'], [[1]], { database: own })
      await projector.command('EXCHANGE TABLES a AND b', {}, { database: own })
      expect(await projector.query('SELECT n FROM b', {}, { database: own })).toEqual([{ n: '1' }])
      await projector.command(`DROP DATABASE ${own}`)
    })

    it.each([
      'CREATE DATABASE elsewhere',
      "CREATE TABLE circumspect.x (s String) ENGINE = File('CSV', '/tmp/none.csv')",
      "CREATE TABLE circumspect.x (s String) ENGINE = URL('http://127.0.0.1:9/', 'CSV')",
      "CREATE TABLE circumspect.x (s String) ENGINE = Executable('none', 'CSV')",
      "CREATE DATABASE circumspect_x ENGINE = Filesystem('/etc')",
      "CREATE DICTIONARY circumspect.x (n UInt64) PRIMARY KEY n SOURCE(FILE(PATH '/none' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
      'CREATE USER x',
      'CREATE FUNCTION x AS (n) -> n',
      'GRANT INSERT ON circumspect.* TO reader',
      "SELECT * FROM file('/etc/hostname', 'LineAsString')",
      "INSERT INTO FUNCTION file('/tmp/none.csv', 'CSV', 's String') VALUES ('a')",
      "KILL QUERY WHERE user = ''",
      'SYSTEM SHUTDOWN',
      'SYSTEM STOP LISTEN HTTP',
    ])('is refused %s', async (sql) => {
      expect((await ask(sql, withKey('projector'))).text).toMatch(/\(ACCESS_DENIED\)/)
    })
  })

  it('leaves no text of a query and no value in the log', async () => {
    const planted = 'PLANTED-UNMISTAKABLY'
    const failing: [string, string?][] = [
      [`INSERT INTO circumspect.t FORMAT JSONCompactEachRow ["${planted}", 1]`],
      [`INSERT INTO circumspect.t SETTINGS async_insert = 1 FORMAT JSONCompactEachRow ["${planted}", 1]`],
      [`INSERT INTO circumspect.t SELECT throwIf(number = 5, '${planted}'), '' FROM numbers(10)`],
      [`SELECT '${planted}' FROMM x`],
      [`SELECT throwIf(1, '${planted}')`],
      [`SELECT \`${planted}\` FROM circumspect.t`],
      ['SELECT {x:UInt8}', `?param_x=${planted}`],
      ['SELECT 1', `?${planted}=1`],
      ['SELECT 1', `?database=${planted}`],
    ]
    for (const [sql, search] of failing)
      for (const user of ['projector', 'reader'] as const) expect((await ask(sql, withKey(user), search)).status, sql).not.toBe(200)
    await expect(reader.query(`${slow} AND toString(number) != '${planted}'`)).rejects.toMatchObject({ code: 'report-too-large' })
    expect((await ask('SELECT 1', { 'X-ClickHouse-User': 'reader', 'X-ClickHouse-Key': planted })).status).toBe(403)
    expect((await ask('SELECT 1', {}, planted)).status).toBe(404)

    const control = 'STORED-ON-PURPOSE'
    await projector.insert('circumspect.t', ['n', 's'], [[1, control]])
    expect(filesWith(clickhouse.directory, control)).not.toEqual([])
    expect(filesWith(clickhouse.directory, planted)).toEqual([])
    expect(statSync(join(clickhouse.directory, 'engine.log')).isFile()).toBe(true)
  })
})

function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
}

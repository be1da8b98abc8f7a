import type { NewEvent } from '@circumspect/domain'
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newStream } from '../../../../test/support/events'
import { dumpOf, newSchema, postgresThere, restored, startPostgres, type TestPostgres } from '../../../../test/support/postgres'
import { seedOfRun } from '../../../../test/support/seed'
import { AT, disclosure, entry, legible, reference, wishes } from '../../../../test/support/texts'
import { ErasedChildError, VaultFormatError, VaultUnavailableError, WrongMasterKeyError } from '../vault'
import { PostgresVault } from './postgres-vault'

const master = randomBytes(32).toString('base64')

/** Numbers in 0 … n - 1 that a seed gives again (mulberry32). */
function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

describe.skipIf(!postgresThere())('the vault on PostgreSQL', () => {
  const schema = newSchema()
  let postgres: TestPostgres
  const open = (name = schema, key = master) => PostgresVault.open({ url: postgres.url, schema: name, connections: 1 }, key)
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.end())

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: postgres.url, options: `-c search_path=${schema}` })
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(sql)
    await client.end()
    return rows
  }

  it('is made once by 16 who open it at once, with one set of secrets, and gives one child for one reference', async () => {
    const roll = dice(seedOfRun('races for one reference'))
    const vaults = await Promise.all(Array.from({ length: 16 }, () => open()))
    const made = await Promise.all(vaults.map(async (vault) => (await vault.idMaker())('a')))
    expect(new Set(made).size).toBe(1)
    const references = Array.from({ length: 5 }, () => reference())
    const asked = Array.from({ length: 64 }, () => roll(5))
    const given = await Promise.all(asked.map((i, n) => vaults[n % 16]!.childFor([references[i]!])))
    for (const i of new Set(asked)) expect(new Set(given.filter((_, n) => asked[n] === i)).size, `reference ${i}`).toBe(1)
    expect(await query('SELECT 1 FROM child_references')).toHaveLength(new Set(asked).size)
    await vaults[0]!.rotateReferenceSecret()
    expect(await vaults[1]!.childFor([references[asked[0]!]!])).toBe(given[0])
    await Promise.all(vaults.map((vault) => vault.close()))
  })

  it('leaves no text readable of a child that is erased while 16 write about it', async () => {
    const roll = dice(seedOfRun('erasures among writers'))
    const vaults = await Promise.all(Array.from({ length: 16 }, () => open()))
    const [streams, children] = [Array.from({ length: 3 }, newStream), Array.from({ length: 4 }, () => randomUUID())]
    const sealed: { stream: (typeof streams)[number]; event: NewEvent }[] = []
    const act = async (vault: PostgresVault, n: number): Promise<void> => {
      const [stream, child] = [streams[roll(3)]!, children[roll(4)]!]
      if (n >= 16 && n < 20) return void (await vault.erase(children[n - 16]!, AT, 'asked-for'))
      const event = [() => wishes(child), () => entry([child]), () => disclosure()][n < 3 ? 1 : roll(3)]!()
      try {
        sealed.push({ stream, event: (await vault.seal(stream, [event]))[0]! })
      } catch (error) {
        expect(error).toBeInstanceOf(ErasedChildError)
      }
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => act(vaults[n % 16]!, n)))
    const named = sealed.filter(({ event }) => event.type !== disclosure().type)
    for (const { stream, event } of named) expect(legible(await vaults[0]!.open(stream, event))).toEqual([])
    const tagged = `SELECT 1 FROM key_children c WHERE NOT EXISTS (
      SELECT 1 FROM key_children o WHERE o.key = c.key AND o.child NOT IN (SELECT child FROM tombstones))`
    expect(await query(tagged), 'keys of erased children alone').toEqual([])
    await Promise.all(vaults.map((vault) => vault.close()))
  })

  it('erases again, in a restored dump, what was erased after the backup', async () => {
    const vault = await open()
    const [asked, stream] = [reference(), newStream()]
    const child = await vault.childFor([asked], { name: 'Child A' })
    const [sealed] = await vault.seal(stream, [wishes(child)])
    const dump = dumpOf(postgres.url, schema)
    expect(dump).not.toMatch(/Child A/)
    await vault.erase(child, AT, 'ordered')
    expect(dumpOf(postgres.url, schema)).not.toContain(sealed!.id)
    const back = await open(restored(postgres.url, dump, schema))
    expect(legible(await back.open(stream, sealed!))).toEqual(['data.wishes'])
    await back.replayErasures(await vault.erasures())
    expect(legible(await back.open(stream, sealed!))).toEqual([])
    expect([await back.findChild(asked), await back.details(child)]).toEqual([undefined, undefined])
    await Promise.all([vault.close(), back.close()])
  })

  it('refuses another master key, and tables of a newer program', async () => {
    await expect(open(schema, randomBytes(32).toString('base64'))).rejects.toThrow(WrongMasterKeyError)
    await expect(open(schema, 'short')).rejects.toThrow(WrongMasterKeyError)
    await query('INSERT INTO migrations (number) VALUES (99)')
    await expect(open()).rejects.toThrow(VaultFormatError)
    await query('DELETE FROM migrations WHERE number = 99')
  })

  it('says that it is unavailable while the server is away, and goes on when it is back', async ({ skip }) => {
    if (!postgres.server) return skip('POSTGRES_URL names a server that is not ours to stop')
    const vault = await open()
    const [stream, event] = [newStream(), wishes(randomUUID())]
    const [sealed] = await vault.seal(stream, [event])
    await postgres.server.stop()
    await expect(vault.seal(stream, [event])).rejects.toThrow(VaultUnavailableError)
    await expect(vault.open(stream, sealed!)).rejects.toMatchObject({ code: 'unavailable', retriable: true })
    await expect(open()).rejects.toThrow(VaultUnavailableError)
    await postgres.server.start()
    expect(await vault.open(stream, sealed!)).toEqual(event)
    expect(await vault.seal(stream, [wishes(randomUUID())])).toHaveLength(1)
    await vault.close()
    await expect(vault.knowsChild(randomUUID())).rejects.toThrow(VaultUnavailableError)
  })
})

import { parseStream, streamId } from '@circumspect/domain'
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newStream } from '../../../../test/support/events'
import { testFolder } from '../../../../test/support/folder'
import { dumpOf, newSchema, postgresThere, startPostgres, type TestPostgres } from '../../../../test/support/postgres'
import { AT, disclosure, entry, kept, legible, reference, review, wishes } from '../../../../test/support/texts'
import { SqliteVault } from '../sqlite/sqlite-vault'
import { ErasedChildError } from '../vault'
import { PostgresVault } from './postgres-vault'
import { VaultTakeOver } from './take-over'

const master = randomBytes(32).toString('base64')
const [ACCOUNT, SCHOOL] = [randomUUID(), randomUUID()]

describe.skipIf(!postgresThere())('taking over a vault into PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.end())

  /** A vault with something in each of its tables. */
  async function written() {
    const vault = new SqliteVault(join(testFolder(), 'vault.db'), master)
    const [asked, older, gone, stream] = [reference(), reference(), reference(), newStream()]
    const early = await vault.childFor([older])
    await vault.rotateReferenceSecret()
    const child = await vault.childFor([asked], { name: 'Child A', dateOfBirth: '2015-01-31' })
    const erased = await vault.childFor([gone], { name: 'Child B' })
    const events = [disclosure(), wishes(child), wishes(erased), entry([child, early])]
    const sealed = await vault.seal(stream, events)
    await vault.erase(erased, AT, 'asked-for')
    await vault.seal(streamId('review', randomUUID()), [review(parseStream(stream).id)])
    await vault.keepAccount({ id: ACCOUNT, role: 'governor', schools: [SCHOOL], name: 'A governor' })
    await vault.keepNote(4, 'a note')
    await vault.park({ position: 7, eventId: randomUUID(), reason: 'newer' })
    await vault.noteImported('example-mis', randomUUID())
    await vault.keepDraft({ id: randomUUID(), account: ACCOUNT, stream: newStream(), savedAt: AT, until: '2027-01-01T00:00:00.000Z', content: 'begun' })
    const id = (await vault.idMaker())('some', 'names')
    return { vault, asked, older, gone, early, child, erased, stream, events, sealed, id }
  }

  it('leaves out no table but those of the place itself', async () => {
    const { vault } = await written()
    const schema = newSchema()
    const target = await VaultTakeOver.open({ url: postgres.url, schema })
    const there = [...dumpOf(postgres.url, schema).matchAll(/CREATE TABLE \w+\.(\w+)/g)].map((match) => match[1]!)
    expect(vault.tables().map(({ name }) => name).sort()).toEqual(there.filter((name) => !['leases', 'checkpoints', 'scrub_due', 'migrations'].includes(name)).sort())
    for (const table of vault.tables()) expect([...table.rows()].length, table.name).toBeGreaterThan(0)
    await target.close()
    await vault.close()
  })

  it('keeps children, texts, digests, erasures, drafts, accounts, notes, ids and keys', async () => {
    const { vault, asked, older, gone, early, child, erased, stream, events, sealed, id } = await written()
    const schema = newSchema()
    const target = await VaultTakeOver.open({ url: postgres.url, schema })
    await target.replace(vault.tables())
    expect(await target.differing(vault.tables())).toEqual([])
    await target.close()

    const there = await PostgresVault.open({ url: postgres.url, schema }, master)
    expect([await there.findChild(asked), await there.findChild(older), await there.findChild(gone)]).toEqual([child, early, undefined])
    expect(await there.details(child)).toEqual({ name: 'Child A', dateOfBirth: '2015-01-31' })
    for (const event of sealed) expect(await there.open(stream, event)).toEqual(await vault.open(stream, event))
    expect(legible(await there.open(stream, sealed[2]!))).toEqual([])
    expect(await there.isSame(kept(stream, sealed[0]!), events[0]!)).toBe(true)
    expect(await there.isSame(kept(stream, sealed[0]!), disclosure('Other words'))).toBe(false)
    expect(await there.erasures()).toEqual(await vault.erasures())
    await expect(there.seal(stream, [wishes(erased)])).rejects.toThrow(ErasedChildError)
    expect([await there.notes(), await there.parked(), await there.imported('example-mis')]).toEqual([await vault.notes(), await vault.parked(), await vault.imported('example-mis')])
    expect(await there.drafts(ACCOUNT, AT)).toMatchObject([{ content: 'begun' }])
    expect(await there.accounts()).toEqual(await vault.accounts())
    expect((await there.idMaker())('some', 'names')).toBe(id)
    const pem = async (of: typeof there | typeof vault) => (await of.signingKeys()).publicKey.export({ type: 'spki', format: 'pem' })
    expect(await pem(there)).toBe(await pem(vault))
    // A reference seen after it is kept under the newest secret, and one kept under the older is still found.
    expect(await there.childFor([older])).toBe(early)
    await there.close()
    await vault.close()
  })

  it('puts what is there now in the place of what was there, and leaves nothing of an erased child', async () => {
    const { vault, child, stream, sealed } = await written()
    const schema = newSchema()
    await (await PostgresVault.open({ url: postgres.url, schema }, master)).close()
    const target = await VaultTakeOver.open({ url: postgres.url, schema })
    const data = vault.tables().filter(({ name }) => name !== 'secrets')
    expect([await target.used(vault.tables()), await target.used(data)]).toEqual([['secrets'], []])
    await target.replace(vault.tables())
    await vault.erase(child, AT, 'ordered')
    expect(await target.differing(vault.tables())).toContain('text_keys')
    await target.replace(vault.tables())
    expect([await target.differing(vault.tables()), await target.used(data)]).toEqual([[], data.map(({ name }) => name)])
    const there = await PostgresVault.open({ url: postgres.url, schema }, master)
    expect(legible(await there.open(stream, sealed[1]!))).toEqual([])
    await there.close()
    await target.close()
    await vault.close()
  })

  it('does it whole or not at all', async () => {
    const { vault } = await written()
    const target = await VaultTakeOver.open({ url: postgres.url, schema: newSchema() })
    await target.replace(vault.tables())
    const broken = vault.tables().map((table) => (table.name === 'text_keys' ? { ...table, rows: () => [[null, null, null, null, null, null, null]] } : table))
    await expect(target.replace(broken)).rejects.toThrow()
    expect(await target.differing(vault.tables())).toEqual([])
    await target.close()
    await vault.close()
  })
})

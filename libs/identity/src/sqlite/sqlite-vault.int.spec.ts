import Database from 'libsql'
import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { describeVault } from '../../../../test/contracts/vault'
import { newStream } from '../../../../test/support/events'
import { testFolder } from '../../../../test/support/folder'
import { AT, entry, reference, wishes } from '../../../../test/support/texts'
import { VaultFormatError, VaultUnavailableError, WrongMasterKeyError } from '../vault'
import { SqliteVault } from './sqlite-vault'

/** The files of a vault as they lie there, without closing it: what a crash or a backup would leave. */
function copyOf(file: string): string {
  const copy = join(testFolder(), 'copy')
  cpSync(dirname(file), copy, { recursive: true, filter: (name) => !name.endsWith('-shm') })
  return join(copy, 'vault.db')
}

describeVault('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-vault-'))
  const home = join(directory, 'home')
  mkdirSync(home)
  let vault = new SqliteVault(join(home, 'vault.db'))
  return {
    vault,
    reopen: async () => {
      await vault.close()
      return (vault = new SqliteVault(join(home, 'vault.db')))
    },
    copy: async () => new SqliteVault(copyOf(join(home, 'vault.db'))),
    end: async () => {
      await vault.close()
      rmSync(directory, { recursive: true })
    },
  }
})

const newFile = () => join(testFolder(), 'vault.db')
const keyFile = (file: string) => join(dirname(file), 'master.key')
/** The connection inside, for what no caller may do. */
const inside = (vault: SqliteVault) => Reflect.get(vault, 'db') as Database.Database
const pragma = (db: Database.Database, name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0] as unknown

/** Which of these byte strings stand in any file of the vault's folder. */
function found(file: string, planted: readonly Buffer[]): Buffer[] {
  const files = readdirSync(dirname(file)).map((name) => readFileSync(join(dirname(file), name)))
  return planted.filter((bytes) => files.some((content) => content.includes(bytes)))
}

describe('the SQLite file', () => {
  it('is written ahead, synced at every commit, and overwritten where something is deleted', async () => {
    const vault = new SqliteVault(newFile())
    expect(pragma(inside(vault), 'journal_mode')).toBe('wal')
    expect(pragma(inside(vault), 'synchronous')).toBe(2)
    expect(pragma(inside(vault), 'secure_delete')).toBe(1)
    await vault.close()
  })

  it('has the keys of everything that was sealed, however it ends', async () => {
    const file = newFile()
    const vault = new SqliteVault(file)
    const [stream, events] = [newStream(), Array.from({ length: 20 }, () => wishes(randomUUID()))]
    const sealed = await vault.seal(stream, events)
    const after = new SqliteVault(copyOf(file))
    expect(await Promise.all(sealed.map((e) => after.open(stream, e)))).toEqual(events)
    await Promise.all([vault.close(), after.close()])
  })

  it('holds no word, no name and no reference in the clear', async () => {
    const file = newFile()
    const vault = new SqliteVault(file)
    const words = ['Planted wishes', 'Planted reason', 'PLANTEDREF1', 'Planted child', '2015-09-01', 'Planted key', 'Planted governor']
    const child = await vault.childFor([reference(words[2]!)], { name: words[3]!, dateOfBirth: words[4]! })
    await vault.seal(newStream(), [{ ...wishes(child, words[0]), reason: words[1]!, source: { system: 'a-system', record: words[5]! } }])
    await vault.keepAccount({ id: randomUUID(), role: 'governor', schools: 'all', name: words[6]! })
    const planted = words.map((w) => Buffer.from(w))
    expect(found(file, planted)).toEqual([])
    await vault.close()
    expect(found(file, planted)).toEqual([])
  })

  it('is refused where another version of the program made it', async () => {
    const file = newFile()
    await new SqliteVault(file).close()
    const db = new Database(file)
    db.exec('PRAGMA user_version = 7')
    db.close()
    expect(() => new SqliteVault(file)).toThrow(VaultFormatError)
    expect(() => new SqliteVault(file)).toThrow('format 7, this program knows format 1')
  })

  it('is one vault for two who open it at once', async () => {
    const file = newFile()
    const [one, other] = [new SqliteVault(file), new SqliteVault(file)]
    const children = await Promise.all([one, other, one, other].map((vault) => vault.childFor([reference('A1')])))
    expect(new Set(children).size).toBe(1)
    const [stream, event] = [newStream(), wishes(children[0]!)]
    const [sealed] = await one.seal(stream, [event])
    expect(await other.open(stream, sealed!)).toEqual(event)
    expect(await other.isSame({ ...sealed!, stream, revision: 0 }, event)).toBe(true)
    await Promise.all([one.close(), other.close()])
  })
})

describe('the master key', () => {
  it('is made with a new vault, 32 bytes for its owner alone', async () => {
    const file = newFile()
    await new SqliteVault(file).close()
    expect(readFileSync(keyFile(file))).toHaveLength(32)
    expect(statSync(keyFile(file)).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(file)).filter((name) => name.startsWith('master'))).toEqual(['master.key'])
    const other = newFile()
    await new SqliteVault(other).close()
    expect(readFileSync(keyFile(other)).equals(readFileSync(keyFile(file)))).toBe(false)
  })

  it('may be given instead, and then no file is made', async () => {
    const [file, key] = [newFile(), randomBytes(32).toString('base64')]
    const vault = new SqliteVault(file, key)
    const child = await vault.childFor([reference('A1')])
    await vault.close()
    expect(readdirSync(dirname(file))).not.toContain('master.key')
    const again = new SqliteVault(file, key)
    expect(await again.findChild(reference('A1'))).toBe(child)
    await again.close()
  })

  it('may lie in its file in base64 too, as somebody wrote it down', async () => {
    const file = newFile()
    await new SqliteVault(file).close()
    writeFileSync(keyFile(file), readFileSync(keyFile(file)).toString('base64') + '\n')
    await new SqliteVault(file).close()
  })

  it('is asked for in words where it is lost, another, or no key', async () => {
    const file = newFile()
    await new SqliteVault(file).close()
    const opening = (key?: string) => () => new SqliteVault(file, key)
    const [another, cut] = [randomBytes(32).toString('base64'), randomBytes(31).toString('base64')]
    for (const key of [another, cut, 'short', '']) expect(opening(key), key).toThrow(WrongMasterKeyError)
    expect(opening('short')).toThrow('CIRCUMSPECT_MASTER_KEY is no master key: 32 bytes in base64 were expected.')
    writeFileSync(keyFile(file), randomBytes(32))
    expect(opening()).toThrow('The master key is not the one of this vault')
    writeFileSync(keyFile(file), 'spoilt')
    expect(opening()).toThrow(`${keyFile(file)} is no master key`)
    rmSync(keyFile(file))
    expect(opening()).toThrow(`its key ${keyFile(file)} is not`)
    expect(readdirSync(dirname(file))).not.toContain('master.key')
  })
})

describe('references', () => {
  it('are found under older secrets, and move to the newest when they are asked for again', async () => {
    const vault = new SqliteVault(newFile())
    const hashes = () => inside(vault).prepare('SELECT secret, hash FROM child_references').all() as { secret: string; hash: string }[]
    const child = await vault.childFor([reference('A1'), reference('A2')])
    const before = hashes()
    await vault.rotateReferenceSecret()
    expect(await vault.findChild(reference('A1'))).toBe(child)
    expect(hashes()).toEqual(before)
    expect(await vault.childFor([reference('A1')])).toBe(child)
    expect(hashes()).toHaveLength(2)
    expect(new Set(hashes().map((h) => h.secret)).size).toBe(2)
    expect(hashes().filter((h) => before.some((b) => b.hash === h.hash))).toHaveLength(1)
    expect(await Promise.all([vault.findChild(reference('A1')), vault.findChild(reference('A2'))])).toEqual([child, child])
    expect(await vault.childFor([reference('A3')])).not.toBe(child)
    await vault.close()
  })
})

describe('what comes together', () => {
  it('is written in one transaction; what is refused leaves nothing and hurts nothing else', async () => {
    const vault = new SqliteVault(newFile())
    const erased = randomUUID()
    await vault.erase(erased, AT, 'asked-for')
    const exec = vi.spyOn(inside(vault), 'exec')
    const stream = newStream()
    const events = Array.from({ length: 100 }, (_, i) => wishes(i === 50 ? erased : randomUUID()))
    const outcomes = await Promise.allSettled(events.map((event) => vault.seal(stream, [event])))
    await new Promise(setImmediate)
    expect(exec.mock.calls.filter(([sql]) => sql === 'COMMIT')).toHaveLength(1)
    expect(outcomes.flatMap((o, i) => (o.status === 'rejected' ? [i] : []))).toEqual([50])
    const { keys } = inside(vault).prepare('SELECT count(*) AS keys FROM text_keys').get() as { keys: number }
    expect(keys).toBe(99)
    await vault.close()
  })

  it('is written before the vault is closed', async () => {
    const file = newFile()
    const vault = new SqliteVault(file)
    const [child] = await Promise.all([vault.childFor([reference('A1')]), vault.close()])
    const again = new SqliteVault(file)
    expect(await again.findChild(reference('A1'))).toBe(child)
    await again.close()
  })

  it('fails together where nothing can be written, and can be sent again', async () => {
    const file = newFile()
    const vault = new SqliteVault(file)
    inside(vault).exec('PRAGMA busy_timeout = 10')
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const asked = [reference('A1'), reference('A2')]
    for (const outcome of await Promise.allSettled(asked.map((r) => vault.childFor([r])))) {
      expect(outcome.status).toBe('rejected')
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(VaultUnavailableError)
    }
    other.exec('ROLLBACK')
    other.close()
    expect(new Set(await Promise.all(asked.map((r) => vault.childFor([r])))).size).toBe(2)
    await vault.close()
    await vault.close()
    await expect(vault.childFor([reference('A3')])).rejects.toMatchObject({ code: 'unavailable', retriable: true })
  })
})

describe('erasing', () => {
  /** Every trace of a child in the tables: wrapped keys, hashes of references, details. */
  function tracesOf(vault: SqliteVault, child: string): Buffer[] {
    const rows = (sql: string) => inside(vault).prepare(sql).all(child) as Record<string, ArrayBuffer | string>[]
    return [
      ...rows('SELECT k.wrapped FROM text_keys k JOIN key_children c ON c.key = k.id WHERE c.child = ?'),
      ...rows('SELECT hash FROM child_references WHERE child = ?'),
      ...rows('SELECT wrapped, details FROM children WHERE child = ?'),
      ...rows('SELECT d.digest FROM digests d JOIN text_keys k ON k.event = d.event JOIN key_children c ON c.key = k.id WHERE c.child = ?'),
    ].flatMap((row) => Object.values(row).map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.from(value))))
  }

  /** A vault in which other children came before and after, so that its pages have split and rows have moved. */
  async function crowded() {
    const file = newFile()
    const vault = new SqliteVault(file)
    const child = await vault.childFor([reference('X1'), reference('X2')], { name: 'Child X' })
    for (let round = 0; round < 4; round++) {
      const another = (i: number) => vault.childFor([reference(`${round} ${i}`)], { name: 'Child Y' })
      const others = await Promise.all(Array.from({ length: 400 }, (_, i) => another(i)))
      await Promise.all(others.map((other) => vault.seal(newStream(), [wishes(other)])))
      await vault.seal(newStream(), Array.from({ length: 25 }, () => wishes(child)))
      await vault.childFor([reference(`Z ${round}`), reference('X1')])
    }
    return { file, vault, child, traces: tracesOf(vault, child) }
  }

  it('leaves no key, no hash of a reference and no detail on the disk, while the vault stays open', async () => {
    const { file, vault, child, traces } = await crowded()
    expect(traces).toHaveLength(100 + 6 + 2 + 100)
    expect(found(file, traces)).toHaveLength(traces.length)
    await vault.erase(child, AT, 'asked-for')
    expect(found(file, traces)).toEqual([])
    expect(pragma(inside(vault), 'freelist_count'), 'the file was written anew').toBe(0)
    const exec = vi.spyOn(inside(vault), 'exec')
    await vault.close()
    expect(exec).not.toHaveBeenCalledWith('VACUUM')
    expect(found(file, traces)).toEqual([])
  })

  it('leaves none of a joint text when it has been redacted', async () => {
    const file = newFile()
    const vault = new SqliteVault(file)
    const [stream, child, other] = [newStream(), randomUUID(), randomUUID()]
    const said = entry([child, other])
    await vault.seal(stream, [said])
    const traces = tracesOf(vault, child)
    await vault.erase(child, AT, 'asked-for')
    expect(found(file, traces)).toHaveLength(2)
    await vault.afterAppend(stream, await vault.seal(stream, [{ ...entry([other]), supersedes: said.id, reason: 'It was redacted' }]))
    expect(found(file, traces)).toEqual([])
    await vault.close()
  })

  it('is finished by the next to open the vault, where it was cut short', async () => {
    const { file, vault, child, traces } = await crowded()
    inside(vault).exec('PRAGMA busy_timeout = 10')
    const reader = new Database(file)
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM children').get()
    await expect(vault.erase(child, AT, 'asked-for')).rejects.toThrow(VaultUnavailableError)
    expect(found(file, traces)).not.toEqual([])
    const cut = copyOf(file)
    const next = new SqliteVault(cut)
    expect(found(cut, traces)).toEqual([])
    expect(await next.knowsChild(child)).toBe(false)
    await next.close()

    reader.exec('ROLLBACK')
    reader.close()
    await vault.erase(child, AT, 'asked-for')
    expect(found(file, traces)).toEqual([])
    await vault.close()
  })
})

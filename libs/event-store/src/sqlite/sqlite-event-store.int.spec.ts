import { generateKeyPairSync } from 'node:crypto'
import Database from 'libsql'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { describeEventStore } from '../../../../test/contracts/event-store'
import { newEvent, newEvents, newStream } from '../../../../test/support/events'
import { buildAndFork } from '../../../../test/support/run-ts'
import { testFolder } from '../../../../test/support/folder'
import { NO_STREAM, UnavailableError, UnreadableEventError } from '../event-store'
import { SqliteEventStore } from './sqlite-event-store'

describeEventStore('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-store-'))
  const file = join(directory, 'history.db')
  let store = new SqliteEventStore(file)
  return {
    store,
    reopen: async () => {
      await store.close()
      return (store = new SqliteEventStore(file))
    },
    end: async () => {
      await store.close()
      rmSync(directory, { recursive: true })
    },
  }
})

const newFile = () => join(testFolder(), 'history.db')
/** The connection inside, for what no caller may do. */
const inside = (store: SqliteEventStore) => Reflect.get(store, 'db') as Database.Database
const pragma = (db: Database.Database, name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0] as unknown

describe('the SQLite file', () => {
  it('is written ahead and synced at every commit', async () => {
    const store = new SqliteEventStore(newFile())
    expect(pragma(inside(store), 'journal_mode')).toBe('wal')
    expect(pragma(inside(store), 'synchronous')).toBe(2)
    await store.close()
  })

  it('belongs to one store; a second, in this or in another process, is refused in words, and the first goes on', async () => {
    const file = newFile()
    const store = new SqliteEventStore(file)
    const words = `The history ${file} is in use by another process. Stop that one first.`
    expect(() => new SqliteEventStore(file)).toThrow(new UnavailableError(words))
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    const other = await buildAndFork('test/support/store-writer.ts', [file, key])
    expect(await other.ended).toEqual({ code: 1, signal: null })
    expect(other.stderr()).toContain(words)
    expect(other.lines).toEqual([])
    expect((await store.append(newStream(), newEvents(1), NO_STREAM)).revision).toBe(0)
    await store.close()
  })

  it('is one file and free at once when it is closed', async () => {
    const file = newFile()
    for (let i = 0; i < 3; i++) {
      const store = new SqliteEventStore(file)
      await store.append(newStream(), newEvents(1), NO_STREAM)
      expect(await store.head()).toBe(i)
      await Promise.all([store.close(), store.close()])
      expect(readdirSync(join(file, '..'))).toEqual(['history.db'])
    }
  })

  it('refuses every change but adding at the end, whoever asks', async () => {
    const file = newFile()
    const store = new SqliteEventStore(file)
    const [stream, batch] = [newStream(), newEvents(2)]
    await store.append(stream, batch, NO_STREAM)
    await store.close()
    const db = new Database(file)
    const insert = (position: number, id: string, revision: number) =>
      `INSERT OR REPLACE INTO events VALUES (${position}, '${id}', '${stream}', ${revision}, '{}')`
    for (const sql of [
      "UPDATE events SET envelope = '{}' WHERE position = 1", 'UPDATE events SET position = 7 WHERE position = 1', 'DELETE FROM events',
      "UPDATE leaves SET hash = x'00'", 'DELETE FROM leaves WHERE position = 1', "INSERT OR REPLACE INTO leaves VALUES (1, x'00')",
      "INSERT INTO leaves VALUES (3, x'00')", insert(1, 'new', 2), insert(3, 'new', 2), insert(2, batch[0]!.id, 2), insert(2, 'new', 1),
    ])
      expect(() => db.exec(sql), sql).toThrow(/never|only added/)
    db.close()
  })

  it('tells damaged bytes from an event, without ending the process', async () => {
    const file = newFile()
    let store = new SqliteEventStore(file)
    const stream = newStream()
    await store.append(stream, newEvents(3), NO_STREAM)
    await store.close()
    const db = new Database(file)
    db.exec("DROP TRIGGER events_are_not_changed; UPDATE events SET envelope = CAST(x'7bff' AS TEXT) WHERE position = 1")
    db.close()
    store = new SqliteEventStore(file)
    await expect(store.readAll(0, 10)).rejects.toThrow(UnreadableEventError)
    await expect(store.readStream(stream)).rejects.toMatchObject({ position: 1 })
    expect(await store.readAll(2, 10)).toHaveLength(1)
    await store.close()
  })
})

describe('group commit', () => {
  it('makes 32 appends durable in one transaction, and answers none before', async () => {
    const store = new SqliteEventStore(newFile())
    let answered = 0
    const commits: number[] = []
    const { exec } = Database.prototype
    vi.spyOn(inside(store), 'exec').mockImplementation((sql) => {
      if (sql === 'COMMIT') commits.push(answered)
      return exec.call(inside(store), sql)
    })
    await Promise.all(Array.from({ length: 32 }, () => store.append(newStream(), newEvents(2), NO_STREAM).then(() => answered++)))
    expect(commits).toEqual([0])
    await store.append(newStream(), newEvents(1), NO_STREAM)
    expect(commits).toEqual([0, 32])
    await store.close()
  })

  it('records nothing of a transaction that fails, says so, and goes on densely when there is room again', async () => {
    const store = new SqliteEventStore(newFile())
    const stream = newStream()
    await store.append(stream, newEvents(1), NO_STREAM)
    const pages = pragma(inside(store), 'page_count') as number
    inside(store).exec(`PRAGMA max_page_count = ${pages + 2}`)
    const large = [newEvent({ data: { filler: 'x'.repeat(50_000) } })]
    const outcomes = await Promise.allSettled([store.append(stream, newEvents(1), 0), store.append(newStream(), large, NO_STREAM)])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retriable: true } })
    expect(await store.head()).toBe(0)
    expect(await store.readAll(0, 10)).toHaveLength(1)
    inside(store).exec('PRAGMA max_page_count = 1000000')
    expect((await store.append(stream, large, 0)).revision).toBe(1)
    expect((await store.readAll(0, 10)).map((e) => e.position)).toEqual([0, 1])
    await store.close()
  })
})

describe('closing', () => {
  it('writes what is waiting, ends subscriptions, and answers everything after with a reason', async () => {
    const file = newFile()
    const store = new SqliteEventStore(file)
    store.subscribe(0, async () => undefined, (error) => expect.fail(String(error)))
    const waiting = store.append(newStream(), newEvents(2), NO_STREAM)
    await store.close()
    expect((await waiting).revision).toBe(1)
    for (const after of [() => store.append(newStream(), newEvents(1), NO_STREAM), () => store.readAll(0, 1), () => store.readStream(newStream())])
      await expect(after()).rejects.toThrow(UnavailableError)
    const reopened = new SqliteEventStore(file)
    expect(await reopened.head()).toBe(1)
    await reopened.close()
  })
})

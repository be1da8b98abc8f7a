import { openNote, SqliteEventStore, verifyHistory, type HistoryCheckpoint, type Verification } from '@circumspect/event-store'
import Database from 'libsql'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { historyOf } from '../../libs/event-store/src/sqlite/history'
import { newEvent, newStream } from './events'

export const EIGHT_BITS = [0, 1, 2, 3, 4, 5, 6, 7]
const [A, B, C] = [newStream(), newStream(), newStream()]
/** 8 events in 3 streams, woven together. */
const ORDER = [A, B, A, C, A, B, C, A] as const

/** A history small enough to alter it in every way there is, on a real file, as one who owns the file can. */
export function smallLog() {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-verify-'))
  let db: Database.Database
  /** Over the first 0, 1, … 8 events, as they were signed while the history grew. */
  const checkpoints: HistoryCheckpoint[] = []

  beforeAll(async () => {
    const file = join(directory, 'history.db')
    await record(file, checkpoints)
    db = new Database(file)
    db.exec('PRAGMA journal_mode = MEMORY')
    for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]) db.exec(`DROP TRIGGER ${name}`)
  })
  afterAll(() => {
    db.close()
    rmSync(directory, { recursive: true })
  })

  /** What is found after `alter`, which is undone; undefined where the tables themselves refuse it. */
  const after = async (alter: () => void, notes: readonly HistoryCheckpoint[]): Promise<Verification | undefined> => {
    db.exec('BEGIN')
    try {
      alter()
      return await verifyHistory({ history: () => historyOf(db) }, notes)
    } catch (error) {
      if (/UNIQUE constraint/.test(String(error))) return undefined
      throw error
    } finally {
      db.exec('ROLLBACK')
    }
  }
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values)
  const bytesOf = (sql: string, ...values: unknown[]) => Buffer.from((db.prepare(sql).get(...values) as { bytes: ArrayBuffer }).bytes)
  const idAt = (position: number) => bytesOf('SELECT CAST(id AS BLOB) AS bytes FROM events WHERE position = ?', position).toString()
  const positions = ORDER.map((_, position) => position)
  return { size: ORDER.length, positions, db: () => db, checkpoints, full: () => checkpoints.slice(-1), after, run, bytesOf, idAt }
}

async function record(file: string, checkpoints: HistoryCheckpoint[]): Promise<void> {
  const store = new SqliteEventStore(file)
  const keys = generateKeyPairSync('ed25519')
  const signNow = async () => checkpoints.push(openNote((await store.checkpoint(keys)).note, keys.publicKey))
  await signNow()
  for (const [i, stream] of ORDER.entries()) {
    const revision = ORDER.slice(0, i).filter((other) => other === stream).length - 1
    await store.append(stream, [newEvent({ data: { note: { v: 1, keyId: 'key', nonce: 'é\u0000😀', ciphertext: `Child ${i}` }, count: i } })], revision)
    await signNow()
  }
  expect(await verifyHistory(store, checkpoints)).toMatchObject({ ok: true, size: ORDER.length, root: checkpoints.at(-1)!.root })
  await store.close()
}

/** Every byte with each of these bits changed. */
export function* flips(bytes: Buffer, bits: readonly number[]): Generator<Buffer> {
  for (let i = 0; i < bytes.length; i++)
    for (const bit of bits) {
      const flipped = Buffer.from(bytes)
      flipped[i]! ^= 1 << bit
      yield flipped
    }
}

/** Collects what is not as it should be, so that a failure shows more than the first. */
export function collect() {
  const wrong: string[] = []
  let tried = 0
  const check = (what: string, found: Verification | undefined, first: number, until = first, id?: string | null) => {
    tried++
    const fits = found?.ok === false && found.position === first && found.until === until && (id === undefined || found.id === id)
    if (!fits) wrong.push(`${what}: ${JSON.stringify(found)}, expected ${first} to ${until}`)
  }
  /** Altered so well that only a checkpoint tells: `first` must lie in what is named. */
  const within = (what: string, found: Verification | undefined, first: number) => {
    tried++
    if (!(found?.ok === false && found.position <= first && first <= found.until)) wrong.push(`${what}: ${JSON.stringify(found)}, expected to enclose ${first}`)
  }
  const done = (atLeast: number) => {
    expect(wrong.slice(0, 10)).toEqual([])
    expect(tried).toBeGreaterThanOrEqual(atLeast)
  }
  return { check, within, done }
}

/** Flips these bits of every byte of these columns of every event: each time it is that event that is named, with a note or without. */
export function flipText(log: ReturnType<typeof smallLog>, columns: Readonly<Record<string, readonly number[]>>): void {
  for (const [column, bits] of Object.entries(columns))
    it(`of ${column} is named, with or without a note`, async () => {
      const { check, done } = collect()
      for (const p of log.positions)
        for (const bytes of flips(log.bytesOf(`SELECT CAST(${column} AS BLOB) AS bytes FROM events WHERE position = ?`, p), bits)) {
          const alter = () => log.run(`UPDATE events SET ${column} = CAST(? AS TEXT) WHERE position = ?`, bytes, p)
          check(`${column} of ${p}: ${bytes.toString('latin1')}`, await log.after(alter, p % 2 ? [] : log.full()), p, p, column === 'id' ? bytes.toString() : log.idAt(p))
        }
      done(log.size * 36 * bits.length)
    })
}

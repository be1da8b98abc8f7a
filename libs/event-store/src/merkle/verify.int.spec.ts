import { generateKeyPairSync } from 'node:crypto'
import Database from 'libsql'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newEvent, newStream } from '../../../../test/support/events'
import { historyOf } from '../sqlite/history'
import { SqliteEventStore } from '../sqlite/sqlite-event-store'
import { openNote, type HistoryCheckpoint } from './note'
import { leafHash } from './tree'
import { verifyHistory, type Verification } from './verify'

const SIZE = 8
const [A, B, C] = [newStream(), newStream(), newStream()]
/** 8 events in 3 streams, woven together. */
const ORDER = [A, B, A, C, A, B, C, A] as const
const all = Array.from({ length: SIZE }, (_, position) => position)
const pairs = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j] as const))

const directory = mkdtempSync(join(tmpdir(), 'circumspect-verify-'))
let db: Database.Database
/** Notes over the first 0, 1, … 8 events, as they were signed while the history grew. */
const checkpoints: HistoryCheckpoint[] = []

beforeAll(async () => {
  const file = join(directory, 'history.db')
  const store = new SqliteEventStore(file)
  const keys = generateKeyPairSync('ed25519')
  const signNow = async () => checkpoints.push(openNote((await store.checkpoint(keys)).note, keys.publicKey))
  await signNow()
  for (const [i, stream] of ORDER.entries()) {
    const revision = ORDER.slice(0, i).filter((other) => other === stream).length - 1
    await store.append(stream, [newEvent({ data: { note: { v: 1, keyId: 'key', nonce: 'é\u0000😀', ciphertext: `Child ${i}` }, count: i } })], revision)
    await signNow()
  }
  expect(await verifyHistory(store, checkpoints)).toMatchObject({ ok: true, size: SIZE, root: checkpoints.at(-1)!.root })
  await store.close()
  db = new Database(file)
  db.exec('PRAGMA journal_mode = MEMORY')
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]) db.exec(`DROP TRIGGER ${name}`)
})
afterAll(() => {
  db.close()
  rmSync(directory, { recursive: true })
})

const full = () => checkpoints.slice(-1)

/** What is found after `alter`, which is undone; undefined where the tables themselves refuse it. */
async function after(alter: () => void, notes: readonly HistoryCheckpoint[]): Promise<Verification | undefined> {
  db.exec('BEGIN')
  try {
    try {
      alter()
    } catch (error) {
      if (/UNIQUE constraint/.test(String(error))) return undefined
      throw error
    }
    return await verifyHistory({ history: () => historyOf(db) }, notes)
  } finally {
    db.exec('ROLLBACK')
  }
}

const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values)
const bytesOf = (sql: string, ...values: unknown[]) => Buffer.from((db.prepare(sql).get(...values) as { bytes: ArrayBuffer }).bytes)
const idAt = (position: number) => bytesOf('SELECT CAST(id AS BLOB) AS bytes FROM events WHERE position = ?', position).toString()

/** Every way to change one bit of one byte. */
function* flips(bytes: Buffer): Generator<Buffer> {
  for (let i = 0; i < bytes.length; i++)
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[i]! ^= 1 << bit
      yield flipped
    }
}

/** Collects what is not as it should be, so that a failure lists all of it and not only the first. */
function collect() {
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

describe('every flip of a bit', () => {
  for (const column of ['id', 'stream', 'envelope'])
    it(`of ${column} is named, with or without a note`, async () => {
      const { check, done } = collect()
      for (const p of all)
        for (const bytes of flips(bytesOf(`SELECT CAST(${column} AS BLOB) AS bytes FROM events WHERE position = ?`, p))) {
          const found = await after(() => run(`UPDATE events SET ${column} = CAST(? AS TEXT) WHERE position = ?`, bytes, p), p % 2 ? [] : full())
          check(`${column} of ${p}: ${bytes.toString('latin1')}`, found, p, p, column === 'id' ? bytes.toString() : idAt(p))
        }
      done(SIZE * 36 * 8)
    })

  it('of a leaf is named', async () => {
    const { check, done } = collect()
    for (const p of all)
      for (const bytes of flips(bytesOf('SELECT hash AS bytes FROM leaves WHERE position = ?', p)))
        check(`leaf of ${p}`, await after(() => run('UPDATE leaves SET hash = ? WHERE position = ?', bytes, p), full()), p, p, idAt(p))
    done(SIZE * 32 * 8)
  })

  it('of a revision is named', async () => {
    const { check, done } = collect()
    for (const p of all)
      for (let bit = 0n; bit < 64n; bit++) {
        const { revision } = db.prepare('SELECT revision FROM events WHERE position = ?').get(p) as { revision: number }
        const flipped = BigInt.asIntN(64, BigInt(revision) ^ (1n << bit))
        const found = await after(() => db.exec(`UPDATE events SET revision = ${flipped} WHERE position = ${p}`), full())
        // Another event of the stream has that revision: the table refuses.
        if (found) check(`revision of ${p}, bit ${bit}`, found, p, p, idAt(p))
      }
    done(SIZE * 60)
  })

  // The lower three bits lead to places that are taken: those are swaps.
  for (const table of ['events', 'leaves'])
    it(`of a position in ${table} is named`, async () => {
      const { check, done } = collect()
      for (const p of all)
        for (let bit = 3n; bit < 64n; bit++) {
          const moved = BigInt.asIntN(64, BigInt(p) ^ (1n << bit))
          const found = await after(() => db.exec(`UPDATE ${table} SET position = ${moved} WHERE position = ${p}`), full())
          // Below zero it stands before all others; above, its place is empty.
          check(`position of ${p}, bit ${bit}`, found, Math.min(p, Number(moved)))
        }
      done(SIZE * 61)
    })
})

describe('every cut', () => {
  const without = (tables: string[], from: number, to: number) =>
    after(() => tables.forEach((table) => run(`DELETE FROM ${table} WHERE position BETWEEN ? AND ?`, from, to)), full())

  it('of one event, of one leaf, and of both is named', async () => {
    const { check, done } = collect()
    for (const p of all) {
      check(`event ${p}`, await without(['events'], p, p), p, p, null)
      check(`leaf ${p}`, await without(['leaves'], p, p), p, p, idAt(p))
      if (p < SIZE - 1) check(`both of ${p}`, await without(['events', 'leaves'], p, p), p, p, null)
    }
    done(3 * SIZE - 1)
  })

  it('of a tail is named: exactly while its leaves are there or a note ends with it, else since the last note', async () => {
    const { check, done } = collect()
    for (const p of all) {
      check(`events from ${p}`, await without(['events'], p, SIZE), p)
      check(`leaves from ${p}`, await without(['leaves'], p, SIZE), p)
      check(`all from ${p}`, await without(['events', 'leaves'], p, SIZE), 0, p, null)
      const cut = () => run('DELETE FROM events WHERE position >= ?', p) && run('DELETE FROM leaves WHERE position >= ?', p)
      check(`all from ${p}, with every note`, await after(cut, checkpoints), p, p, null)
    }
    done(4 * SIZE)
  })

  it('that closes its gap is bounded', async () => {
    const { within, done } = collect()
    for (const p of all) {
      const cut = () => {
        for (const table of ['events', 'leaves']) {
          run(`DELETE FROM ${table} WHERE position = ?`, p)
          for (let next = p + 1; next < SIZE; next++) run(`UPDATE ${table} SET position = ? WHERE position = ?`, next - 1, next)
        }
      }
      within(`event ${p}`, await after(cut, full()), p)
      const exact = await after(cut, checkpoints)
      within(`event ${p}, with every note`, exact, p)
      expect(exact).toMatchObject({ ok: false, position: p, until: p })
    }
    done(2 * SIZE)
  })
})

describe('every swap of two', () => {
  const swap = (table: string, i: number, j: number) => {
    run(`UPDATE ${table} SET position = -1 WHERE position = ?`, i)
    run(`UPDATE ${table} SET position = ? WHERE position = ?`, i, j)
    run(`UPDATE ${table} SET position = ? WHERE position = -1`, j)
  }
  const exchange = (table: string, columns: string, i: number, j: number) =>
    run(`UPDATE ${table} SET (${columns}) = (SELECT ${columns} FROM ${table} AS other WHERE other.position = CASE ${table}.position WHEN ? THEN ? ELSE ? END)
      WHERE position IN (?, ?)`, i, j, i, i, j)

  it('events without their leaves, leaves without their events, and contents alone, is named', async () => {
    const { check, done } = collect()
    for (const [i, j] of pairs) {
      check(`events ${i} and ${j}`, await after(() => swap('events', i, j), full()), i)
      check(`leaves ${i} and ${j}`, await after(() => swap('leaves', i, j), full()), i)
      check(`envelopes ${i} and ${j}`, await after(() => exchange('events', 'envelope', i, j), full()), i)
      const contents = () => exchange('events', 'envelope', i, j) && exchange('leaves', 'hash', i, j)
      check(`envelopes and leaves ${i} and ${j}`, await after(contents, full()), i)
    }
    done(4 * pairs.length)
  })

  it('events with their leaves is bounded, and exact with every note', async () => {
    const { within, check, done } = collect()
    for (const [i, j] of pairs) {
      const both = () => ['events', 'leaves'].forEach((table) => swap(table, i, j))
      within(`${i} and ${j}`, await after(both, full()), i)
      check(`${i} and ${j}, with every note`, await after(both, checkpoints), i)
    }
    done(2 * pairs.length)
  })
})

describe('an event altered together with its leaf', () => {
  it('is bounded by the notes around it, at every byte of the envelope', async () => {
    const { within, check, done } = collect()
    for (const p of all) {
      const envelope = bytesOf('SELECT CAST(envelope AS BLOB) AS bytes FROM events WHERE position = ?', p)
      for (let i = 0; i < envelope.length; i++) {
        const altered = Buffer.from(envelope)
        altered[i]! ^= 1
        const alter = () => {
          run('UPDATE events SET envelope = CAST(? AS TEXT) WHERE position = ?', altered, p)
          run('UPDATE leaves SET hash = ? WHERE position = ?', leafHash(altered), p)
        }
        within(`byte ${i} of ${p}`, await after(alter, full()), p)
        check(`byte ${i} of ${p}, with every note`, await after(alter, checkpoints), p)
      }
    }
    done(SIZE * 300)
  })

  it('or put in between is bounded, and exact with every note', async () => {
    const { within, check, done } = collect()
    for (const p of all) {
      const insert = () => {
        for (const table of ['events', 'leaves']) for (let q = SIZE - 1; q >= p; q--) run(`UPDATE ${table} SET position = ? WHERE position = ?`, q + 1, q)
        const id = newEvent().id
        const stream = newStream()
        const envelope = JSON.stringify({ id, revision: 0, stream })
        run('INSERT INTO events VALUES (?, ?, ?, 0, ?)', p, id, stream, envelope)
        run('INSERT INTO leaves VALUES (?, ?)', p, leafHash(envelope))
      }
      within(`before ${p}`, await after(insert, full()), p)
      check(`before ${p}, with every note`, await after(insert, checkpoints), p)
    }
    done(2 * SIZE)
  })
})

describe('what a note says', () => {
  it('of other events than these is contradicted, whichever of the notes it is', async () => {
    for (const size of [1, 3, 8]) {
      const forged = { size, root: leafHash('something else') }
      for (const notes of [[...checkpoints, forged], [forged, ...checkpoints]])
        expect(await after(() => undefined, notes)).toMatchObject({ ok: false, position: expect.any(Number) as number, until: size - 1, why: expect.stringContaining(`size ${size}`) as string })
    }
  })

  it('of a part leaves what came later to be added freely', async () => {
    expect(await after(() => undefined, checkpoints.slice(0, 4))).toMatchObject({ ok: true, size: SIZE })
    expect(await after(() => undefined, [])).toMatchObject({ ok: true, size: SIZE })
  })
})

import { describe, expect, it } from 'vitest'
import { newEvent, newStream } from '../../../../test/support/events'
import { collect, EIGHT_BITS, flips, flipText, smallLog } from '../../../../test/support/small-log'
import { leafHash } from './tree'

const log = smallLog()
const { size: SIZE, positions: all, after, run, bytesOf, idAt, full } = log
const pairs = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j] as const))

describe('every flip of a bit', () => {
  // One bit for a neighbouring character, one for the case, one that leaves UTF-8; all eight in the soak test.
  flipText(log, { id: EIGHT_BITS, stream: EIGHT_BITS, envelope: [0, 5, 7] })

  it('of a leaf is named', async () => {
    const { check, done } = collect()
    for (const p of all)
      for (const bytes of flips(bytesOf('SELECT hash AS bytes FROM leaves WHERE position = ?', p), EIGHT_BITS))
        check(`leaf of ${p}`, await after(() => run('UPDATE leaves SET hash = ? WHERE position = ?', bytes, p), full()), p, p, idAt(p))
    done(SIZE * 32 * 8)
  })

  it('of a revision is named', async () => {
    const { check, done } = collect()
    for (const p of all)
      for (let bit = 0n; bit < 64n; bit++) {
        const { revision } = log.db().prepare('SELECT revision FROM events WHERE position = ?').get(p) as { revision: number }
        const flipped = BigInt.asIntN(64, BigInt(revision) ^ (1n << bit))
        const found = await after(() => log.db().exec(`UPDATE events SET revision = ${flipped} WHERE position = ${p}`), full())
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
          const found = await after(() => log.db().exec(`UPDATE ${table} SET position = ${moved} WHERE position = ${p}`), full())
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
      check(`all from ${p}, with every note`, await after(cut, log.checkpoints), p, p, null)
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
      const exact = await after(cut, log.checkpoints)
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
      check(`${i} and ${j}, with every note`, await after(both, log.checkpoints), i)
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
        check(`byte ${i} of ${p}, with every note`, await after(alter, log.checkpoints), p)
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
      check(`before ${p}, with every note`, await after(insert, log.checkpoints), p)
    }
    done(2 * SIZE)
  })
})

describe('what a note says', () => {
  it('of other events than these is contradicted, whichever of the notes it is', async () => {
    for (const size of [1, 3, 8]) {
      const forged = { size, root: leafHash('something else') }
      for (const notes of [[...log.checkpoints, forged], [forged, ...log.checkpoints]])
        expect(await after(() => undefined, notes)).toMatchObject({ ok: false, position: expect.any(Number) as number, until: size - 1, why: expect.stringContaining(`size ${size}`) as string })
    }
  })

  it('of a part leaves what came later to be added freely', async () => {
    expect(await after(() => undefined, log.checkpoints.slice(0, 4))).toMatchObject({ ok: true, size: SIZE })
    expect(await after(() => undefined, [])).toMatchObject({ ok: true, size: SIZE })
  })
})

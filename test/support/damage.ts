import { SqliteEventStore, verifyHistory } from '@circumspect/event-store'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { newEvents, newStream } from './events'
import { testFolder } from './folder'

/**
 * Flips one bit of a history's file, again and again from the whole one, at as many places as asked, evenly over the file. Whatever
 * becomes of it, it is named or refused with a reason, or the events are the very ones that were recorded; the process lives.
 */
export async function damageTheFile(places: number, seed: number): Promise<{ whole: number; named: number; refused: number }> {
  const chance = new Chance(seed)
  const folder = testFolder()
  const file = join(folder, 'history.db')
  const store = new SqliteEventStore(file)
  for (let i = 0; i < 4; i++) await store.append(newStream(), newEvents(2), -1)
  const checkpoint = await store.checkpoint(generateKeyPairSync('ed25519'))
  const recorded = await store.readAll(0, 10)
  await store.close()
  const bytes = readFileSync(file)

  const found = { whole: 0, named: 0, refused: 0 }
  for (let place = 0; place < places; place++) {
    const at = Math.floor(((place + chance.next()) * bytes.length) / places)
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= 1 << chance.whole(0, 7)
    // A folder of its own each: the driver can hold on to a file it could not open.
    const copy = join(folder, String(place))
    mkdirSync(copy)
    writeFileSync(join(copy, 'history.db'), damaged)
    const what = await look(join(copy, 'history.db'), checkpoint)
    rmSync(copy, { recursive: true })
    if (what === 'named' || what === 'refused') found[what]++
    else {
      expect(what, `byte ${at}`).toEqual(recorded)
      found.whole++
    }
  }
  return found
}

/** What becomes of a damaged file: it is refused, or named as not whole; else the events it gives. */
async function look(file: string, checkpoint: { readonly size: number; readonly root: Buffer }) {
  let store: SqliteEventStore | undefined
  try {
    store = new SqliteEventStore(file)
    const verification = await verifyHistory(store, [checkpoint])
    return verification.ok ? await store.readAll(0, 10) : 'named'
  } catch (error) {
    // Not a slip of ours over something unexpected, but the database's own refusal.
    expect(String(error)).toMatch(/cannot be opened|SqliteError/)
    return 'refused'
  } finally {
    await store?.close().catch(() => undefined)
  }
}

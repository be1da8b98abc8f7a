import { openNote, SqliteEventStore, verifyHistory, type HistoryCheckpoint } from '@circumspect/event-store'
import type { RecordedEvent } from '@circumspect/domain'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { testFolder } from './folder'
import { buildAndFork } from './run-ts'

/** A new file after so many kills, so that checking the whole history each time stays short. */
const KILLS_PER_FILE = 10

/** What the writers of one file were told: each acknowledged event's revision, and the notes signed. */
class Told {
  readonly keys = generateKeyPairSync('ed25519')
  readonly revisions = new Map<string, number>()
  readonly checkpoints: HistoryCheckpoint[] = []

  hear(line: string): void {
    const [what, ...rest] = line.split(' ')
    if (what === 'note') this.checkpoints.push(openNote(Buffer.from(rest[0]!, 'base64').toString(), this.keys.publicKey))
    if (what !== 'ack') return
    const ids = rest.slice(1)
    ids.forEach((id, i) => this.revisions.set(id, Number(rest[0]) - ids.length + 1 + i))
  }
}

/**
 * Kills a writing process (SIGKILL) so many times at random moments, while it opens the file as well as while it writes, and
 * checks that everything acknowledged is there, at its revision, that batches are whole and positions dense, and that the history
 * verifies against every note signed before. Gives the number of events that were acknowledged.
 */
export async function killRepeatedly(kills: number, seed: number): Promise<number> {
  const chance = new Chance(seed)
  let acknowledged = 0
  for (let done = 0; done < kills; ) {
    const file = join(testFolder(), 'history.db')
    const told = new Told()
    for (let i = 0; i < KILLS_PER_FILE && done < kills; i++, done++) {
      await writeAndKill(file, told, chance)
      // Now and then the next writer, and not this check, is the first to open what the killed one left.
      const last = i === KILLS_PER_FILE - 1 || done === kills - 1
      if (last || chance.is(0.5)) await check(file, told, `after kill ${done + 1} of seed ${seed}`)
    }
    acknowledged += told.revisions.size
  }
  return acknowledged
}

async function writeAndKill(file: string, told: Told, chance: Chance): Promise<void> {
  const key = told.keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const writer = await buildAndFork('test/support/store-writer.ts', [file, key])
  const whileOpening = chance.is(0.2)
  if (!whileOpening) await writer.said('open')
  await sleep(chance.next() * (whileOpening ? 150 : 400))
  expect(writer.child.kill('SIGKILL'), `the writer had ended by itself: ${writer.stderr()}`).toBe(true)
  expect(await writer.ended).toEqual({ code: null, signal: 'SIGKILL' })
  for (const line of writer.lines) told.hear(line)
}

async function check(file: string, told: Told, when: string): Promise<void> {
  const store = new SqliteEventStore(file)
  const events: RecordedEvent[] = []
  for (let page = await store.readAll(0, 5000); page.length > 0; page = await store.readAll(events.length, 5000)) events.push(...page)
  expect(await verifyHistory(store, told.checkpoints), when).toMatchObject({ ok: true, size: events.length })
  await store.close()

  expect(events.every((e, i) => e.position === i), `${when}: dense`).toBe(true)
  const revisions = new Map(events.map((e) => [e.id, e.revision]))
  const lost = [...told.revisions].filter(([id, revision]) => revisions.get(id) !== revision)
  expect(lost, `${when}: acknowledged, but not there`).toEqual([])
  // A batch stands together, in order and whole.
  const torn = events.filter((e, i) => {
    const { number, of } = e.data as { number: number; of: number }
    const next = events[i + 1]
    return number < of - 1 && !(next?.stream === e.stream && next.revision === e.revision + 1 && next.data.number === number + 1)
  })
  expect(torn, `${when}: batches torn`).toEqual([])
}

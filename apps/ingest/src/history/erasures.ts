import type { RecordedEvent, StreamId } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { erasuresFile, readErasuresFile, type ErasureMade } from './erasures-file'

type Say = (text: string) => void

const PAGE = 1000

/**
 * Writes down which children have been erased, into a file or, without one, to `out`. A file that knows of erasures which this vault does
 * not is left alone: the vault was restored from a backup, and the file is what they can be repeated from.
 * @returns the exit code: 0, or 1 where nothing was written
 */
export async function writeErasures(vault: Pick<Vault, 'erasures'>, to: string | undefined, say: Say, out: (text: string) => void): Promise<number> {
  const erasures = await vault.erasures()
  if (to === undefined) {
    out(erasuresFile(erasures))
    return 0
  }
  const before = existsSync(to) ? taken(to, say) : []
  if (!before) return 1
  const unknown = before.filter(({ child }) => !erasures.some((e) => e.child === child)).length
  if (unknown > 0) {
    say(`${to} knows of ${unknown} erasures that are not made in this vault: it has been restored from a backup. Repeat them first: replay-erasures ${to}`)
    return 1
  }
  writeFileSync(to, erasuresFile(erasures), { mode: 0o600, flush: true })
  say(`${erasures.length} erasures are written to ${to}. Keep it apart from the backups of the vault.`)
  return 0
}

/**
 * Repeats the erasures of a file in a vault that was restored from a backup made before them.
 * @param file `-` for what comes in at stdin
 * @returns the exit code: 0, or 1 where nothing was done
 */
export async function replayErasuresFrom(file: string | undefined, history: { store: Pick<EventStore, 'readAll'>; vault: Vault }, say: Say): Promise<number> {
  if (file === undefined || (file !== '-' && !existsSync(file))) {
    say(file === undefined ? 'Say which file: replay-erasures FILE' : `There is no file ${file}.`)
    return 1
  }
  const erasures = taken(file, say)
  if (!erasures) return 1
  const before = new Set((await history.vault.erasures()).map((e) => e.child))
  await relearn(history)
  await history.vault.replayErasures(erasures)
  const made = new Set(erasures.map((e) => e.child))
  const again = [...made].filter((child) => !before.has(child)).length
  say(`${made.size} erasures: ${again} made again, ${made.size - again} had been made already.`)
  const toRedact = (await history.vault.erasures()).filter((e) => made.has(e.child) && e.toRedact.length > 0).length
  if (toRedact > 0) say(`About ${toRedact} of these children there are texts about others, too: POST /api/children/{id}/erasure lists what is still to be redacted.`)
  return 0
}

/** The backup may be older than the history: which texts are about whom, and which have been replaced, is learnt from it again. */
async function relearn({ store, vault }: { store: Pick<EventStore, 'readAll'>; vault: Vault }): Promise<void> {
  let from = 0
  for (let page = await store.readAll(from, PAGE); page.length > 0; page = await store.readAll(from, PAGE)) {
    const streams = new Map<StreamId, RecordedEvent[]>()
    for (const event of page) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event])
    for (const [stream, events] of streams) await vault.relearn(stream, events)
    from += page.length
  }
}

function taken(file: string, say: Say): readonly ErasureMade[] | undefined {
  const { erasures, problems } = readErasuresFile(readFileSync(file === '-' ? 0 : file, 'utf8'))
  if (problems.length === 0) return erasures
  say(`The file ${file} is not a list of erasures as this program writes it; nothing has been done:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  return undefined
}

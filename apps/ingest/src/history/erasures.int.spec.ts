import type { NewEvent, StreamId } from '@circumspect/domain'
import { NO_STREAM, SqliteEventStore } from '@circumspect/event-store'
import { SqliteVault } from '@circumspect/identity'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newStream } from '../../../../test/support/events'
import { testFolder } from '../../../../test/support/folder'
import { AT, disclosure, entry, legible, reference, replacing, wishes } from '../../../../test/support/texts'
import { replayErasuresFrom, writeErasures } from './erasures'

const HEAD = 'child,erasedAt,reason\n'

describe('erasures that are written down and repeated', () => {
  /** A history and a vault; `recorded` seals and appends. */
  function written() {
    const folder = testFolder()
    const store = new SqliteEventStore(join(folder, 'history.db'))
    const vault = new SqliteVault(join(folder, 'vault.db'))
    const said: string[] = []
    const recorded = async (stream: StreamId, events: readonly NewEvent[]) => {
      const sealed = await vault.seal(stream, events)
      const last = (await store.readStream(stream)).at(-1)?.revision ?? NO_STREAM
      await store.append(stream, sealed, last)
      await vault.afterAppend(stream, sealed)
      return sealed
    }
    const close = async () => {
      await store.close()
      await vault.close()
    }
    return { folder, file: join(folder, 'erasures.csv'), store, vault, recorded, said, say: (text: string) => void said.push(text), close }
  }

  it('a vault restored from a backup forgets again what was erased since, and what was redacted; without a name or a word in the file', async () => {
    const { folder, file, store, vault, recorded, said, say, close } = written()
    const stream = newStream()
    const asked = reference()
    const [child, other, later] = [await vault.childFor([asked], { name: 'Child A' }), randomUUID(), randomUUID()]
    const [told, joint, about] = [wishes(child), entry([child, other]), disclosure()]
    const sealed = await recorded(stream, [told, joint, about])
    await vault.close()
    copyFileSync(join(folder, 'vault.db'), join(folder, 'backup.db'))

    const now = new SqliteVault(join(folder, 'vault.db'))
    const redacted = await now.seal(stream, [replacing(joint, { children: [other], detail: 'Redacted' }), wishes(later)])
    await store.append(stream, redacted, 2)
    await now.erase(child, AT, 'asked-for')
    await now.afterAppend(stream, redacted)
    expect(await writeErasures(now, file, say, say)).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(`${HEAD}${child},${AT},asked-for\n`)
    await now.close()

    copyFileSync(join(folder, 'backup.db'), join(folder, 'vault.db'))
    const restored = new SqliteVault(join(folder, 'vault.db'))
    const left = async () => Promise.all(sealed.map(async (event) => legible(await restored.open(stream, event))))
    expect([await left(), await restored.findChild(asked)]).toEqual([[['data.wishes'], ['data.detail'], ['data.summary']], child])
    for (const again of ['1 made again, 0 had', '0 made again, 1 had']) {
      expect(await replayErasuresFrom(file, { store, vault: restored }, say)).toBe(0)
      expect(said.at(-2)).toContain(again)
      expect([await left(), await restored.findChild(asked)]).toEqual([[[], [], ['data.summary']], undefined])
    }
    expect((await restored.erasures())[0]).toMatchObject({ child, erasedAt: AT, reason: 'asked-for', toRedact: [{ stream, eventId: about.id, field: 'data.summary' }] })
    // Who came after the backup is known to be on the stream.
    expect((await restored.erase(later, AT, 'ordered')).toRedact).toMatchObject([{ eventId: about.id }])
    await restored.close()
    await close()
  })

  it('never writes over a list that knows more than the vault', async () => {
    const { file, vault, said, say, close } = written()
    const child = randomUUID()
    writeFileSync(file, `${HEAD}${child},${AT},ordered\n`)
    expect(await writeErasures(vault, file, say, say)).toBe(1)
    expect(said.at(-1)).toContain('1 erasures that are not made in this vault')
    expect(readFileSync(file, 'utf8')).toContain(child)
    await vault.replayErasures([{ child, erasedAt: AT, reason: 'ordered' }])
    expect(await writeErasures(vault, file, say, say)).toBe(0)
    expect(await writeErasures(vault, undefined, say, say)).toBe(0)
    expect(said.at(-1)).toBe(readFileSync(file, 'utf8'))
    await close()
  })

  it('refuses a bad file whole, by line and field, and repeats nothing of what stands there', async () => {
    const { file, store, vault, said, say, close } = written()
    const refused = async (text: string) => {
      writeFileSync(file, text)
      expect(await replayErasuresFrom(file, { store, vault }, say)).toBe(1)
      return said.at(-1)
    }
    const good = `${randomUUID()},${AT},ordered`
    expect(await refused(`${HEAD}${good}\nA Name,${AT},ordered\n${good},\n${randomUUID()},yesterday,because\n`)).toBe(
      `The file ${file} is not a list of erasures as this program writes it; nothing has been done:
  line 3, child: the id of a child was expected, a UUID
  line 4: 3 columns were expected, these are 4
  line 5, erasedAt: an instant in UTC was expected, as 2026-03-20T12:00:00.000Z
  line 5, reason: one of asked-for, retention-ended, recorded-in-error, ordered was expected`,
    )
    for (const text of ['', 'name,date\n', `${HEAD}"${good}\n`, good]) expect(await refused(text)).toContain('line 1: the columns child,erasedAt,reason were expected')
    expect(await replayErasuresFrom(`${file}.not`, { store, vault }, say)).toBe(1)
    expect(await vault.erasures()).toEqual([])
    // As a spreadsheet saves it.
    writeFileSync(file, `\uFEFF${HEAD.trim()}\r\n"${good.split(',').join('","')}"\r\n`)
    expect(await replayErasuresFrom(file, { store, vault }, say)).toBe(0)
    expect(await vault.erasures()).toHaveLength(1)
    await close()
  })
})

import { streamId, toFeedEvent, type NewEvent } from '@circumspect/domain'
import { NO_STREAM } from '@circumspect/event-store'
import { DATABASES, ClickHouseReports } from '@circumspect/views'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { definitionOf } from '@circumspect/domain'
import { fullSamples } from '../support/full-data'
import { openHistory, project, until, type History } from '../support/service'

/** What no child, no case and no school would ever be called. Each planted text is this and its path. */
const PLANT = 'zqxPLANTEDxqz'
const CHILD = '00000000-0000-4000-8000-0000000000c1'

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
const holdsPlant = (path: string) => readFileSync(path).includes(PLANT)

/** One event of every type, each text planted, each child the same. */
const planted = (): NewEvent[] =>
  fullSamples((path, meta, usual) => (meta.field === 'text' ? `${PLANT} ${path}` : meta.field === 'id' && meta.of === 'child' ? CHILD : usual)).map(({ type, data }) => ({
    id: crypto.randomUUID(), type, version: definitionOf(type)!.version, data,
    occurredAt: { date: '2026-01-30', zone: 'Europe/London', precision: 'day' },
    recordedAt: '2026-01-31T10:45:00.000Z',
    recordedBy: '00000000-0000-4000-8000-00000000aaaa',
    school: '00000000-0000-4000-8000-00000000bbbb',
    reason: `${PLANT} reason`,
    source: { system: 'planted', record: `${PLANT} record` },
  }))

describe('what a person wrote', () => {
  const clickhouse = useClickHouse()
  const stream = streamId('case', '00000000-0000-4000-8000-0000000000ca')
  let history: History

  beforeAll(async () => {
    history = await openHistory()
    const events = planted()
    expect(JSON.stringify(events).split(PLANT).length).toBeGreaterThan(100)
    await history.store.append(stream, await history.vault.seal(stream, events), NO_STREAM)
    const projector = await project(history, clickhouse.projector())
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date())
    await until('the views are at the head', async () => (await reports.watermark()) === events.length - 1)
    await projector.stop()
  })
  afterAll(() => history.close())

  it('is nowhere in the feed', async () => {
    const all = await history.store.readAll(0, 1000)
    expect(all.length).toBeGreaterThan(50)
    expect(JSON.stringify(all.map(toFeedEvent))).not.toContain(PLANT)
  })

  it('is nowhere in the folder of ClickHouse, its logs included, nor in clear in the history or the vault', () => {
    const files = [...filesIn(clickhouse.directory), ...filesIn(history.directory)]
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter(holdsPlant)).toEqual([])
  })

  it('can be read with the keys, and after an erasure by nobody', async () => {
    const opened = async () => JSON.stringify(await Promise.all((await history.store.readStream(stream)).map((event) => history.vault.open(stream, event))))
    expect(await opened()).toContain(`${PLANT} data`.slice(0, PLANT.length))
    await history.vault.erase(CHILD, '2026-02-01T09:00:00.000Z', 'asked-for')
    const left = (await opened()).split(PLANT).slice(1).map((rest) => rest.slice(0, 60))
    // What is left is about a school, and names no child: its own key, its own life.
    const aboutSchools = new Set(['name', 'trustName', 'note', 'learnt', 'what', 'owner', 'howWeShallKnow', 'found'])
    expect(left.filter((rest) => !aboutSchools.has(rest.trim().split(/[". ]/)[0]!.split('.').at(-1)!))).toEqual([])
  })
})

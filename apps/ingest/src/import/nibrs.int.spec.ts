import type { DataOf, RecordedEvent } from '@circumspect/domain'
import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bring, edited, mappingFrom, type Table } from '../../../../test/support/import'
import { openHistory, type History } from '../../../../test/support/service'

const file = process.env.CIRCUMSPECT_NIBRS_CSV ?? '../shared/data/nibrs-mn-2018-under-18.csv'
const there = existsSync(file)
if (!there) process.stderr.write(`\nSKIPPED, LOUDLY: the real file is not at ${file}; set CIRCUMSPECT_NIBRS_CSV to it.\n\n`)

const count = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** What the history says, read straight off its events: the figures that its README gives for the file. */
class Figures {
  constructor(private readonly events: readonly RecordedEvent[]) {}

  of<
    T extends
      'child-involved' | 'act-recorded' | 'incident-recorded' | 'referral-made' | 'place-named' | 'school-registered' | 'disclosure-made',
  >(type: T) {
    return this.events.filter((e) => e.type === type).map((e) => ({ ...e, data: e.data as DataOf<T> }))
  }

  get pairs() {
    const sex = new Map(this.of('child-involved').map(({ data }) => [data.child, data.sex]))
    return count(this.of('act-recorded').map(({ data }) => `${sex.get(data.by)}→${sex.get(data.on)}`))
  }

  get months() {
    return count(this.of('incident-recorded').map((e) => e.occurredAt.date.slice(0, 7)))
  }

  get places() {
    const names = new Map(this.of('place-named').map(({ data }) => [data.place, data.name]))
    return count(this.of('incident-recorded').map(({ data }) => names.get(data.place!)!))
  }
}

describe('the real file of 281 incidents', () => {
  if (!there) {
    it('is there', ({ skip }) => (process.env.CI ? expect.fail('the real file must be there in CI') : skip('no real file')))
    return
  }
  const mapping = mappingFrom('mappings/nibrs-mn-2018.json')
  const [head, ...rows] = parse(readFileSync(file)) as [string[], ...string[][]]
  const table: Table = { head, rows }
  let history: History
  const opened = async (from = 0) => Promise.all((await history.store.readAll(from, 10_000)).map((e) => history.vault.open(e.stream, e)))

  beforeAll(async () => {
    history = await openHistory()
    const result = await bring(history, mapping, table)
    expect(result).toMatchObject({ rows: 686, problems: [], cases: { new: 281, leftOut: 0 } })
  })
  afterAll(() => history.close())

  it('comes in whole: 281 cases, 686 people, 451 acts, 42 schools, 140 arrests', async () => {
    const figures = new Figures(await opened())
    expect(figures.of('disclosure-made').length).toBe(281)
    expect(figures.of('incident-recorded').length).toBe(281)
    expect(count(figures.of('child-involved').map((e) => e.data.role))).toEqual({ 'alleged-victim': 346, 'alleged-perpetrator': 340 })
    expect(new Set(figures.of('child-involved').map((e) => e.data.child)).size).toBe(686)
    expect(figures.of('act-recorded').length).toBe(451)
    expect(figures.of('school-registered').length).toBe(42)
    expect(figures.of('referral-made').map((e) => e.data.agency)).toEqual(Array(140).fill('police'))
  })

  it('gives the pairs by sex, the months and the places, from the events themselves', async () => {
    const figures = new Figures(await opened())
    expect(figures.pairs).toEqual({ 'M→M': 195, 'M→F': 143, 'F→F': 90, 'F→M': 18, 'unknown→F': 3, 'M→unknown': 2 })
    expect(
      Object.entries(figures.months)
        .sort()
        .map(([, n]) => n),
    ).toEqual([10, 12, 14, 31, 31, 16, 26, 19, 16, 43, 31, 32])
    expect(figures.places).toMatchObject({
      'Residence/Home': 137,
      'School-Elementary/Secondary': 68,
      'Highway/Road/Alley/Street/Sidewalk': 17,
      'School/College': 12,
      'Park/Playground': 11,
    })
    expect(count(figures.of('incident-recorded').map((e) => e.data.setting))['on-site']).toBe(80)
  })

  it('keeps to the hours of Chicago, and to days where no hour is known', async () => {
    const figures = new Figures(await opened())
    for (const { occurredAt } of figures.of('incident-recorded'))
      expect(occurredAt).toMatchObject({ zone: 'America/Chicago', precision: 'hour' })
    for (const { occurredAt } of figures.of('referral-made'))
      expect(occurredAt).toMatchObject({ zone: 'America/Chicago', precision: 'day' })
    for (const { source, recordedAt } of figures.of('disclosure-made')) {
      expect(source!.recordedAt).toMatch(/^20(18|19)-\d\d-\d\dT0[56]:00:00\.000Z$/)
      expect(recordedAt > source!.recordedAt!).toBe(true)
    }
  })

  it('changes nothing the second time', async () => {
    const before = await history.store.head()
    const result = await bring(history, mapping, table)
    expect(result).toMatchObject({
      cases: { new: 0, changed: 0, unchanged: 281 },
      facts: { new: 0, changed: 0 },
      gone: { cases: [], facts: 0 },
    })
    expect(await history.store.head()).toBe(before)
  })

  it('supersedes exactly the one fact of a row that was edited', async () => {
    const before = (await history.store.head()) + 1
    const person = rows[0]![head.indexOf('Person ID')]!
    const result = await bring(history, mapping, edited(table, 2, 'Sex', 'F'))
    expect(result).toMatchObject({ cases: { changed: 1, unchanged: 280 }, facts: { new: 0, changed: 1 } })
    const child = await history.vault.findChild({ issuer: 'nibrs-mn-2018', scheme: 'person-id', value: person })
    const added = await opened(before)
    const corrected = (await opened()).find((e) => e.type === 'child-involved' && e.data.child === child)!
    expect(added).toMatchObject([
      { type: 'child-involved', supersedes: corrected.id, original: { id: corrected.id }, data: { child, sex: 'F' } },
    ])
    expect(await bring(history, mapping, table)).toMatchObject({ facts: { changed: 1 } })
  })

  it('leaves out the case of a row that was broken, and says where', async () => {
    const before = await history.store.head()
    const broken = edited(edited(table, 2, 'Sex', '?'), 4, 'Incident date', '3 January')
    const { problems, cases } = await bring(history, mapping, broken)
    expect(problems.map(({ row, column }) => [row, column])).toEqual([
      [2, 'Sex'],
      [4, 'Incident date'],
    ])
    expect(cases).toEqual({ new: 0, changed: 0, unchanged: 280, leftOut: 1 })
    expect(await history.store.head()).toBe(before)
  })
})

import { importFile, mappingSchema } from '@circumspect/ingest'
import { ClickHouseReports, DATABASES, type ReportName, type ReportResult } from '@circumspect/views'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { openHistory, project, TESTER, until, type History } from '../support/service'

const file = process.env.CIRCUMSPECT_NIBRS_CSV ?? '../shared/data/nibrs-mn-2018-under-18.csv'
const there = existsSync(file)
if (!there) process.stderr.write(`\nSKIPPED, LOUDLY: the real file is not at ${file}; set CIRCUMSPECT_NIBRS_CSV to it.\n\n`)

describe('the real file of 281 incidents', () => {
  if (!there) {
    it('is there', ({ skip }) => (process.env.CI ? expect.fail('the real file must be there in CI') : skip('no real file')))
    return
  }
  const clickhouse = useClickHouse()
  const mapping = mappingSchema.parse(JSON.parse(readFileSync('mappings/nibrs-mn-2018.json', 'utf8')))
  const csv = readFileSync(file, 'utf8')
  let history: History
  let stop: () => Promise<void>
  let ask: (name: ReportName) => Promise<ReportResult>

  beforeAll(async () => {
    history = await openHistory()
    const projector = await project(history, clickhouse.projector())
    stop = () => projector.stop()
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date())
    ask = async (name) => {
      const schools = (await history.store.readAll(0, 10_000)).filter((e) => e.type === 'school-registered').map((e) => e.school)
      const head = await history.store.head()
      await until('the views are at the head', async () => (await reports.watermark()) >= head)
      return reports.run(name, { schools })
    }
  })
  afterAll(async () => {
    await stop()
    await history.close()
  })

  it('is previewed without a trace', async () => {
    const result = await importFile(history, csv, mapping, 'preview', TESTER)
    expect(result.problems).toEqual([])
    expect(result.cases).toEqual({ new: 281, changed: 0, unchanged: 0, leftOut: 0 })
    expect(await history.store.head()).toBe(-1)
  })

  it('is imported, and importing it again changes nothing', async () => {
    const result = await importFile(history, csv, mapping, 'import', TESTER)
    expect(result.problems).toEqual([])
    expect(result.cases.new).toBe(281)
    const head = await history.store.head()
    const again = await importFile(history, csv, mapping, 'import', TESTER)
    expect(again.cases).toEqual({ new: 0, changed: 0, unchanged: 281, leftOut: 0 })
    expect(await history.store.head()).toBe(head)
  })

  it('gives the pairs by sex', async () => {
    const pairs = (await ask('patterns')).tables.find((t) => t.name === 'pairs')!.rows
    const acts = Object.fromEntries(pairs.map((r) => [`${r.by_sex}→${r.on_sex}`, r.acts]))
    expect(acts).toEqual({ 'M→M': 195, 'M→F': 143, 'F→F': 90, 'F→M': 18, 'unknown→F': 3, 'M→unknown': 2 })
  })

  it('gives the incidents by month', async () => {
    const months = (await ask('trend')).tables[0]!.rows
    expect(months.map((r) => r.incidents)).toEqual([10, 12, 14, 31, 31, 16, 26, 19, 16, 43, 31, 32])
  })

  it('gives the places', async () => {
    const names = new Map<string, string>()
    for (const event of await history.store.readAll(0, 10_000))
      if (event.type === 'place-named') {
        const { data } = await history.vault.open(event.stream, event)
        names.set(data.place as string, data.name as string)
      }
    const found = new Map<string, number>()
    for (const table of (await ask('hotspots')).tables.filter((t) => t.name === 'on-site' || t.name === 'elsewhere'))
      for (const row of table.rows) {
        const name = names.get(String(row.place))!
        found.set(name, (found.get(name) ?? 0) + Number(row.incidents))
      }
    expect(found.get('Residence/Home')).toBe(137)
    expect(found.get('School-Elementary/Secondary')).toBe(68)
    expect(found.get('Highway/Road/Alley/Street/Sidewalk')).toBe(17)
    expect(found.get('School/College')).toBe(12)
    expect(found.get('Park/Playground')).toBe(11)
    expect([...found.values()].reduce((a, b) => a + b)).toBe(281)
  })

  it('gives 140 referrals to the police', async () => {
    const agencies = (await ask('time-to-referral')).tables.find((t) => t.name === 'agencies')!.rows
    expect(agencies).toMatchObject([{ agency: 'police', cases: 140 }])
  })
})

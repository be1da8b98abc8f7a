import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, hasBrowser, launchBrowser, openReport, picture } from '../support/browser'
import { RunningProgram } from '../support/program'

const file = process.env.CIRCUMSPECT_NIBRS_CSV ?? '../shared/data/nibrs-mn-2018-under-18.csv'
const there = existsSync(file)
if (!there) process.stderr.write(`\nSKIPPED, LOUDLY: the real file is not at ${file}; set CIRCUMSPECT_NIBRS_CSV to it.\n\n`)
if (!there && process.env.CI) throw new Error('In CI the real file must be there.')

interface Answer {
  readonly position: number
  readonly tables: { name: string; rows: Record<string, unknown>[] }[]
  readonly names: Record<string, string>
}
interface Entry {
  readonly id: string
  readonly type: string
  readonly occurredAt: object
  readonly data: Record<string, unknown>
}

describe.skipIf(!there || !hasBrowser())('from a recorded fact to a figure on a page', () => {
  const program = new RunningProgram()
  let browser: Browser
  let page: Page
  let link: string

  const report = async (name: string, query = ''): Promise<Answer> =>
    (await (await program.ask(`/api/reports/${name}${query}`)).json()) as Answer
  const rows = (answer: Answer, table: string) => answer.tables.find((t) => t.name === table)!.rows
  const atHead = () =>
    program.caughtUp()

  beforeAll(async () => {
    link = await program.start()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  it('lets in who opens the link, once', async () => {
    await page.goto(link)
    await page.waitForURL((url) => url.pathname === '/')
    expect(page.url()).not.toContain('token')
    await page.getByText('Nothing is recorded yet').waitFor()
    await expectAccessible(page)
    const again = await browser.newPage()
    await again.goto(link)
    await again.getByText('Please open a new link').waitFor()
    await again.close()
    expect((await fetch(new URL('/api/reports/hotspots', link))).status).toBe(401)
  })

  it('imports the real file with the command of the README', async () => {
    const { code, output } = await program.run('import', file, '--mapping', 'mappings/nibrs-mn-2018.json')
    expect(output).toContain('cases: 281 new, 0 changed, 0 as before, 0 left out')
    expect(code).toBe(0)
    await atHead()
  })

  it('has the known answers in the reports', async () => {
    const pairs = rows(await report('patterns'), 'pairs')
    const acts = Object.fromEntries(pairs.map((r) => [`${String(r.by_sex)}→${String(r.on_sex)}`, r.acts]))
    expect(acts).toEqual({ 'M→M': 195, 'M→F': 143, 'F→F': 90, 'F→M': 18, 'unknown→F': 3, 'M→unknown': 2 })
    const { tables, names } = await report('hotspots')
    const places = new Map<string, number>()
    for (const { place, incidents } of tables.slice(0, 2).flatMap((t) => t.rows))
      places.set(names[String(place)]!, (places.get(names[String(place)]!) ?? 0) + Number(incidents))
    expect(Object.fromEntries([...places].sort(([, a], [, b]) => b - a).slice(0, 3))).toEqual({
      'Residence/Home': 137,
      'School-Elementary/Secondary': 68,
      'Highway/Road/Alley/Street/Sidewalk': 17,
    })
    expect([places.get('School/College'), places.get('Park/Playground')]).toEqual([12, 11])
    expect(rows(await report('trend'), 'months').map((r) => r.incidents)).toEqual([10, 12, 14, 31, 31, 16, 26, 19, 16, 43, 31, 32])
  })

  it('has them on the page', async () => {
    await page.goto(new URL('/reports/hotspots', page.url()).href)
    await page.getByText('80 incidents reported on site and 201 away from it').waitFor()
    await expectAccessible(page)
    await picture(page, 'hotspots-real-file')
    // Every place, row by row, as somebody who adds them up would read them.
    const more = page.getByRole('button', { name: /^Show all \d+ places$/ })
    while ((await more.count()) > 0) await more.first().click()
    const totalOf = async (place: string) => {
      const totals = await page
        .getByRole('row', { name: new RegExp(`^${place}[A-Z ]`) })
        .locator('td.total')
        .allTextContents()
      return totals.reduce((sum, text) => sum + Number(text), 0)
    }
    expect([await totalOf('Residence/Home'), await totalOf('School-Elementary/Secondary')]).toEqual([137, 68])
    await openReport(page, 'Patterns')
    await page.getByRole('table', { name: 'Who is said to have acted on whom, by sex' }).getByText('195').waitFor()
    await expectAccessible(page)
    await openReport(page, 'Trend')
    await page.getByRole('link', { name: /^43, Incidents: list/ }).first().waitFor()
    await expectAccessible(page)
    await openReport(page, 'Places and times')
  })

  it('moves them by a correction, and moves them back as of before it', async () => {
    const before = await report('hotspots')
    const asOf = new Date().toISOString()
    const home = rows(before, 'elsewhere').find((r) => r.setting === 'home' && before.names[String(r.school)] === 'Red Wing')!
    const total = (a: Answer, table: string) => rows(a, table).reduce((sum, r) => sum + Number(r.incidents), 0)
    const awaiting = await caseWithIncidentAt(String(home.place))
    const corrected = {
      id: crypto.randomUUID(),
      type: 'incident-recorded',
      occurredAt: awaiting.entry.occurredAt,
      supersedes: awaiting.entry.id,
      reason: 'The place was mistaken.',
      data: { ...awaiting.entry.data, place: undefined, setting: 'on-site', locationKind: 'corridor' },
    }
    const answer = await program.ask(`/api/cases/${awaiting.caseId}/events`, corrected)
    expect(answer.status).toBe(201)
    await atHead()
    const after = await report('hotspots')
    expect([total(after, 'on-site'), total(after, 'elsewhere')]).toEqual([total(before, 'on-site') + 1, total(before, 'elsewhere') - 1])
    const then = await report('hotspots', `?asOf=${encodeURIComponent(asOf)}`)
    expect(then.tables).toEqual(before.tables)
    expect(then.position).toBe(before.position)
    await page.reload()
    await page.getByText('81 incidents reported on site and 200 away from it').waitFor()
  })

  it('goes on where it was after a stop and after a power cut, and the history is whole', async () => {
    const before = await report('hotspots')
    await program.stop('SIGKILL')
    await program.start()
    await atHead()
    expect((await report('hotspots')).tables).toEqual(before.tables)
    await program.stop()
    const { code, output } = await program.run('verify')
    expect(output).toContain('The history is whole')
    expect(code).toBe(0)
  })

  /** A case whose incident was recorded at this place, with that entry of its chronology. */
  async function caseWithIncidentAt(place: string): Promise<{ caseId: string; entry: Entry }> {
    const cases = await readCases()
    for (const caseId of cases) {
      const { entries } = (await (await program.ask(`/api/cases/${caseId}`)).json()) as { entries: Entry[] }
      const entry = entries.find((e) => e.type === 'incident-recorded' && e.data.place === place)
      if (entry) return { caseId, entry }
    }
    throw new Error('No case has an incident there.')
  }

  async function readCases(): Promise<string[]> {
    const { cases } = (await (await program.ask('/api/cases?limit=500')).json()) as { cases: { case: string }[] }
    return cases.map((c) => c.case)
  }
})

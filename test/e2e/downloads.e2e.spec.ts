import { strFromU8, unzipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser } from '../support/browser'
import { RunningProgram } from '../support/program'

describe.skipIf(!hasBrowser())('files of figures', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  const goTo = async (page: Page, path: string) => {
    await page.goto(new URL(path, page.url()).href)
    await page.getByText(/Computed from the record up to store position \d+/).last().waitFor()
  }

  describe('with the made-up trust', () => {
    const program = new RunningProgram()
    let page: Page
    beforeAll(async () => {
      await program.start('demo')
      page = await enter(browser, program, { acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] })
    })
    afterAll(() => program.end())

    const saved = async (click: () => Promise<void>): Promise<{ file: Download; bytes: Buffer }> => {
      const [file] = await Promise.all([page.waitForEvent('download'), click()])
      return { file, bytes: readFileSync(await file.path()) }
    }

    it('hold what the page shows: a table as CSV, the report as XLSX', async () => {
      await goTo(page, '/reports/trend?from=2026-01-01&to=2026-03-31')
      const csv = await saved(() => page.getByRole('link', { name: /^Download “By month” \(CSV\)/ }).click())
      expect(csv.file.suggestedFilename()).toMatch(/^circumspect-trend-months-2026-01-01_2026-03-31-position-\d+\.csv$/)
      const lines = csv.bytes.toString().trim().split('\r\n')
      const rows = page.getByRole('region', { name: 'By month' }).getByRole('row')
      expect(lines.length).toBe(await rows.count())
      const xlsx = await saved(() => page.getByRole('link', { name: /^Download all tables of this report \(XLSX\)/ }).click())
      expect(xlsx.file.suggestedFilename()).toMatch(/^circumspect-trend-2026-01-01_2026-03-31-position-\d+\.xlsx$/)
      const all = Object.values(unzipSync(xlsx.bytes)).map((part) => strFromU8(part)).join('')
      for (const words of ['Store position', '2026-01-01', 'Example North High (made up)']) expect(all).toContain(words)
    })

    it('hold a picture twice as fine as on the page', async () => {
      const { file, bytes } = await saved(() => page.getByRole('button', { name: /^Save as a picture \(PNG\)/ }).first().click())
      expect(file.suggestedFilename()).toMatch(/^circumspect-.+\.png$/)
      expect(bytes.subarray(1, 4).toString()).toBe('PNG')
      const width = (await page.locator('figure .recharts-wrapper').first().boundingBox())!.width
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(width * 2)
      // Bars and words, not one colour: a blank picture of this size is a few kilobytes.
      expect(bytes.length).toBeGreaterThan(15_000)
      await page.getByText('Saved.').waitFor()
      await expectAccessible(page)
    })

    it('or a link to exactly this view', async () => {
      await page.getByRole('button', { name: 'Copy a link to this view' }).click()
      await page.getByText('The link is copied.').waitFor()
      const link = new URL(await page.evaluate(() => navigator.clipboard.readText()))
      expect([...link.searchParams.keys()].sort()).toEqual(['asOf', 'from', 'to'])
      const shown = await page.getByRole('region', { name: 'By month' }).textContent()
      await page.goto(link.href)
      await page.getByText(/Computed from the record up to store position \d+, as known on/).last().waitFor()
      expect(await page.getByRole('region', { name: 'By month' }).textContent()).toBe(shown)
    })
  })

  it('are switched off where children are real, and the page says why', async () => {
    const program = new RunningProgram()
    await program.start()
    await program.ask('/api/schools/00000000-0000-4000-8000-000000000001/events', [
      { id: crypto.randomUUID(), type: 'school-registered', occurredAt: { date: '2026-01-05', zone: 'Europe/London', precision: 'day' }, data: { name: 'Example School', phase: 'primary', from: '2026-01-05' } },
    ])
    const page = await enter(browser, program)
    await expect.poll(async () => ((await (await program.ask('/api/ready')).json()) as { watermark: number }).watermark, { timeout: 60_000 }).toBe(0)
    await goTo(page, '/reports/trend')
    await page.getByText(/^There is nothing to download\. A small number can name a child\./).waitFor()
    expect(await page.getByRole('link', { name: /Download/ }).count()).toBe(0)
    expect((await program.ask('/api/reports/trend?format=csv')).status).toBe(403)
    expect((await program.ask('/api/reports/trend?format=xlsx')).status).toBe(403)
    await expectAccessible(page)
    await page.context().close()
    await program.end()
  })
})

import { strFromU8, unzipSync } from 'fflate'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

const PATIENCE = { timeout: 120_000 }

/** A page of the PDF for the documentation, when it is asked for; by pdftoppm, of poppler-utils. */
function drawnPage(pdf: Buffer): void {
  writeFileSync('test-results/annual.pdf', pdf)
  if (process.env.UPDATE_PICTURES) execFileSync('pdftoppm', ['-f', '6', '-l', '6', '-r', '80', '-png', '-singlefile', 'test-results/annual.pdf', 'docs/images/annual-pdf'])
}

describe.skipIf(!hasBrowser())('the annual report', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it('is one document of a school year, for the trust, that says what was found and how it was computed', { timeout: 400_000 }, async () => {
    const program = new RunningProgram()
    await program.start('demo')
    const page = await enter(browser, program, { acceptDownloads: true })
    await page.goto(new URL('/annual', page.url()).href)
    await page.getByRole('heading', { level: 1, name: /^Annual report on child-on-child abuse: Example Trust \(made up\), \d{4}\/\d\d$/ }).waitFor(PATIENCE)
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents()
    for (const heading of ['Trends', 'Responses', 'Lessons and actions', 'Reporting itself', 'What the figures mean', 'How this was computed'])
      expect(headings.some((text) => text.includes(heading)), heading).toBe(true)
    expect(await page.getByText(/^Child [A-Z]\d/).count()).toBe(0)
    await expectAccessible(page)
    await photo(page, 'annual')
    await savedByKeyboard(page, 'Download PDF', /^circumspect-annual-report-example-trust-made-up-\d{4}-\d\d-as-of-[\d-]{10}-position-\d+\.pdf$/, async (pdf, asked) => {
      expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7')
      expect(Buffer.from(await (await program.ask(asked)).arrayBuffer()).equals(pdf)).toBe(true)
      drawnPage(pdf)
    })
    await savedByKeyboard(page, 'Download workbook (XLSX)', /\.xlsx$/, async (xlsx, asked) => {
      const all = Object.values(unzipSync(xlsx)).map((part) => strFromU8(part)).join('')
      for (const words of ['Store position', 'Lessons by theme', 'What was found']) expect(all).toContain(words)
      expect(Buffer.from(await (await program.ask(asked)).arrayBuffer()).equals(xlsx)).toBe(true)
    })
    await saysWhatWentWrong(page)
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expect.poll(() => sideways(page), PATIENCE).toBe(0)
    const once = await (await program.ask('/api/annual?year=2025')).text()
    expect(await (await program.ask('/api/annual?year=2025')).text()).toBe(once)
    await page.context().close()
    await program.end()
  })

  /** Presses the button with the keyboard, and checks the file and the address it came from. It says that it is being made, and as what it was saved. */
  async function savedByKeyboard(page: Page, button: string, name: RegExp, check: (bytes: Buffer, asked: string) => Promise<void>): Promise<void> {
    const answer = page.waitForResponse((response) => response.url().includes('/api/annual.'), PATIENCE)
    const download = page.waitForEvent('download', PATIENCE)
    // Held back a moment, or what is said meanwhile could be gone before it is looked for.
    await page.route('**/api/annual.*', async (route) => {
      await new Promise((held) => setTimeout(held, 500))
      await route.continue()
    })
    await page.getByRole('button', { name: button }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/Making the (PDF|workbook); this can take some seconds …/).waitFor()
    const file = await download
    await page.unroute('**/api/annual.*')
    expect(file.suggestedFilename()).toMatch(name)
    await page.getByText(`Saved as ${file.suggestedFilename()}`).waitFor()
    const { pathname, search } = new URL((await answer).url())
    await check(readFileSync(await file.path()), pathname + search)
  }

  /** Where a file cannot be made the page says so, and the button can be pressed again. */
  async function saysWhatWentWrong(page: Page): Promise<void> {
    await page.route(/\/api\/annual\.pdf/, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'views-unavailable', detail: 'The figures are being brought up to date. Ask again in a minute.' }) }))
    await page.getByRole('button', { name: 'Download PDF' }).click()
    await page.getByRole('alert').getByText('The figures are being brought up to date. Ask again in a minute. Nothing was saved.').waitFor()
    await page.unroute(/\/api\/annual\.pdf/)
    await page.getByRole('button', { name: 'Download PDF' }).click()
    await page.getByText(/^Saved as .+\.pdf$/).waitFor(PATIENCE)
    expect(await page.getByRole('alert').count()).toBe(0)
  }

  it('is switched off where children are real, and says why', async () => {
    const program = new RunningProgram()
    await program.start()
    const page = await enter(browser, program)
    await page.goto(new URL('/annual', page.url()).href)
    await page.getByText(/A small number can name a child\./).waitFor()
    await expectAccessible(page)
    for (const form of ['', '.pdf', '.xlsx']) expect((await program.ask(`/api/annual${form}?year=2025`)).status, form).toBe(403)
    expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0)
    await page.context().close()
    await program.end()
  })
})

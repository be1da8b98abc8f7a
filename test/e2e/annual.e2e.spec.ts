import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

const PATIENCE = { timeout: 120_000 }

describe.skipIf(!hasBrowser())('the annual report', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it('is one document of a school year, for the trust, that says what was found and how it was computed', async () => {
    const program = new RunningProgram()
    await program.start('demo')
    const page = await enter(browser, program)
    await page.goto(new URL('/annual', page.url()).href)
    await page.getByRole('heading', { level: 1, name: /^Annual report on child-on-child abuse: 6 schools together, \d{4}\/\d\d$/ }).waitFor(PATIENCE)
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents()
    for (const heading of ['Trends', 'Responses', 'Lessons and actions', 'Reporting itself', 'What the figures mean', 'How this was computed'])
      expect(headings.some((text) => text.includes(heading)), heading).toBe(true)
    expect(await page.getByText(/^Child [A-Z]\d/).count()).toBe(0)
    await expectAccessible(page)
    await photo(page, 'annual')
    await page.setViewportSize({ width: 390, height: 844 })
    await expect.poll(() => sideways(page), PATIENCE).toBe(0)
    const once = await (await program.ask('/api/annual?year=2025')).text()
    expect(await (await program.ask('/api/annual?year=2025')).text()).toBe(once)
    await page.context().close()
    await program.end()
  })

  it('is switched off where children are real, and says why', async () => {
    const program = new RunningProgram()
    await program.start()
    const page = await enter(browser, program)
    await page.goto(new URL('/annual', page.url()).href)
    await page.getByText(/A small number can name a child\./).waitFor()
    await expectAccessible(page)
    expect((await program.ask('/api/annual?year=2025')).status).toBe(403)
    await page.context().close()
    await program.end()
  })
})

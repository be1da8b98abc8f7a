import { copyFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, hasBrowser, launchBrowser, picture } from '../support/browser'
import { RunningProgram } from '../support/program'

const REPORTS = [
  'Places and times',
  'Patterns',
  'Repeats',
  'Time to referral',
  'Responses',
  'Reviews',
  'Lessons',
  'Reporting itself',
  'Trend',
]

describe.skipIf(!hasBrowser())('the pages, with the made-up school', () => {
  const program = new RunningProgram()
  let browser: Browser

  beforeAll(async () => {
    await program.start('demo')
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  /** A new browser, let in by a link of its own. */
  async function enter(options: BrowserContextOptions = {}): Promise<Page> {
    const { link } = (await (await program.ask('/api/links', {})).json()) as { link: string }
    const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options })).newPage()
    await page.goto(link)
    await page.getByRole('heading', { name: 'On site', exact: true }).waitFor()
    return page
  }

  it('show the planted hot spot first', async () => {
    const page = await enter()
    await page.getByText(/Most in one place and time slot: \d+, North corridor, between lessons/).waitFor()
    const first = page
      .getByRole('table', { name: /Incidents reported on site, by place and time slot/ })
      .getByRole('row')
      .nth(1)
    expect(await first.getByRole('rowheader').textContent()).toBe('North corridor')
    await picture(page, 'hotspots')
    await page.screenshot({ path: 'test-results/hotspots-top.png' })
    if (process.env.UPDATE_PICTURES) copyFileSync('test-results/hotspots-top.png', 'docs/images/hotspots.png')
    await page.context().close()
  })

  it('are all accessible, in light and dark and at a phone’s width, and none scrolls sideways', async () => {
    for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 390, height: 844 } }] as const) {
      const page = await enter(options)
      for (const name of REPORTS) {
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
        await page.getByText(/Computed from the record up to store position \d+/).waitFor()
        await expectAccessible(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect(overflow, name).toBeLessThanOrEqual(0)
        if ('viewport' in options) await picture(page, `phone-${name.toLowerCase().replaceAll(' ', '-')}`)
      }
      await page.context().close()
    }
  })

  it('can be used with the keyboard alone', async () => {
    const page = await enter()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent)
    for (let i = 0; i < 5 && (await focused()) !== 'From'; i++) await page.keyboard.press('Tab')
    expect(await focused()).toBe('From')
    await page.keyboard.type('02022026')
    await page.waitForURL((url) => url.searchParams.get('from') === '2026-02-02')
    await page.getByText('since 2 February 2026').first().waitFor()
    await page.context().close()
  })

  it('keep what is chosen in the address, and go back as of a day', async () => {
    const page = await enter()
    const address = new URL(page.url())
    address.search = '?from=2026-01-01&to=2026-03-31&asOf=2026-02-01'
    await page.goto(address.href)
    await page.getByText('1 January 2026 to 31 March 2026').first().waitFor()
    await page.getByText('as known on 1 February 2026').waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.waitForURL((url) => url.search === '')
    await page.context().close()
  })

  it('say what is the matter when the service does not answer, and go on when it does', async () => {
    const page = await enter()
    await page.route('**/api/reports/trend*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ detail: 'The views cannot be reached now.' }),
      }),
    )
    await page.getByRole('link', { name: 'Trend' }).click()
    await page.getByRole('alert').getByText('The views cannot be reached now.').waitFor()
    await expectAccessible(page)
    await page.unroute('**/api/reports/trend*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('table', { name: 'By month' }).waitFor()
    await page.context().close()
  })

  it('print on A4', async () => {
    const page = await enter()
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.context().close()
  })
})

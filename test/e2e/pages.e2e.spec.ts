import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, openReport, photo, picture, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

const REPORTS = [
  'Overview',
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

/** `hotspots` at `/reports/hotspots`; "Lessons learnt" has the shorter name. */
const pageName = (page: Page) => new URL(page.url()).pathname.split('/').at(-1)!.replace(/^lessons$/, 'lessons-report')

describe.skipIf(!hasBrowser())('the pages, with the made-up trust', () => {
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

  /** At the overview, its figures there. */
  async function enterHere(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await enter(browser, program, options)
    await page.goto(new URL('/overview', page.url()).href)
    await page.getByText(/Most in one place and time slot/).waitFor()
    return page
  }

  it('show the planted hot spot first', async () => {
    const page = await enterHere()
    await page.getByText(/North corridor between lessons stands out most: \d+ incidents reported where/).waitFor()
    const first = page.getByRole('table', { name: /The places with most incidents reported/ }).getByRole('row').nth(1)
    expect(await first.getByRole('rowheader').textContent()).toMatch(/^North corridor/)
    await picture(page, 'overview')
    await page.context().close()
  })

  it('show each thing that was planted, in words, on its page', async () => {
    const page = await enterHere()
    for (const [report, words] of [
      ['hotspots', /At Example North High \(made up\), North corridor between lessons stands out most/],
      ['patterns', /At Example Hill Primary \(made up\), pupils with SEN were recorded as harmed \d+(\.\d)? times as often/],
      ['time-to-referral', /At Example South High \(made up\), referrals took longer/],
      ['repeats', /1 pair of children came again, the same child harmed by the same child/],
      ['reporting', /Example Brook Primary \(made up\) reports far less than its peers/],
    ] as const) {
      await page.goto(new URL(`/reports/${report}`, page.url()).href)
      const findings = page.getByRole('region', { name: 'What can be said' })
      await findings.getByText(words).waitFor()
      await expectAccessible(page)
    }
    await page.context().close()
  })

  it('take a day as people here write it, whatever the language of the browser, and say what they cannot read', async () => {
    const page = await enterHere({ locale: 'en-US' })
    await page.goto(new URL('/reports/trend', page.url()).href)
    const from = page.getByLabel('From', { exact: true })
    await from.fill('4/5/2026')
    await page.waitForURL((url) => url.searchParams.get('from') === '2026-05-04')
    await page.getByLabel('To', { exact: true }).click()
    expect(await from.inputValue()).toBe('4 May 2026')
    await page.getByLabel('To', { exact: true }).fill('1 May 2026')
    await page.getByText('Not before 4 May 2026.').waitFor()
    await from.fill('31 June')
    await from.press('Enter')
    await page.getByText('Write the day as 3 March 2026 or 3/3/2026.').waitFor()
    expect(await from.inputValue()).toBe('31 June')
    expect(new URL(page.url()).searchParams.get('from')).toBeNull()
    await expectAccessible(page)
    await page.context().close()
  })

  it('work findings out again where a place is assumed to be busier, and record nothing', async () => {
    const page = await enterHere()
    await page.goto(new URL('/reports/hotspots', page.url()).href)
    const findings = page.getByRole('region', { name: 'What can be said' })
    await findings.getByText(/North corridor between lessons stands out most/).waitFor()
    await page.getByText('What if a place is busier than recorded?').click()
    await page.getByLabel('Place', { exact: true }).selectOption({ label: 'North corridor (Example North High (made up))' })
    await page.getByLabel('Times as busy').fill('900')
    await page.getByRole('button', { name: 'Work it out again' }).click()
    await findings.getByText('North corridor is 900 times as busy as recorded').waitFor()
    expect(await findings.getByText(/North corridor between lessons stands out most/).count()).toBe(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'As recorded' }).click()
    await findings.getByText(/North corridor between lessons stands out most/).waitFor()
    await page.context().close()
  })

  it('lead from a figure down to its cases, and from a case to what happened in it', async () => {
    const page = await enterHere()
    await openReport(page, 'Places and times')
    const cell = page.getByRole('table', { name: /Incidents reported on site/ }).getByRole('link', { name: /North corridor, Between lessons/ })
    const incidents = Number(await cell.textContent())
    await cell.click()
    await page.getByRole('heading', { name: 'The cases behind a figure' }).waitFor()
    const rows = page.getByRole('table', { name: /Cases, the last told first/ }).getByRole('row')
    await rows.nth(1).waitFor()
    const figures = await rows.locator('td.number').allTextContents()
    expect(figures.reduce((sum, text) => sum + Number(text), 0)).toBe(incidents)
    await expectAccessible(page)
    await picture(page, 'cases-behind')
    await photo(page, 'cases-behind')
    await page.getByRole('link', { name: /Open the case told on/ }).first().click()
    await page.getByRole('heading', { name: /^What is alleged: / }).first().waitFor()
    expect(await page.getByText('North corridor').count()).toBeGreaterThan(0)
    expect(await page.getByText(/Child [A-Z]+\d+/).count()).toBeGreaterThan(1)
    await expectAccessible(page)
    expect(page.url()).not.toMatch(/Child/)
    await page.context().close()
  })

  it('say so where an address names no figure and no case', async () => {
    const page = await enterHere()
    for (const [path, words] of [
      ['/reports/trend/cases?table=months&column=nothing', 'This report has no such figure with cases behind it.'],
      ['/cases/00000000-0000-4000-8000-00000000ffff', 'There is no such case.'],
      ['/nowhere', 'There is no page at this address'],
    ] as const) {
      await page.goto(new URL(path, page.url()).href)
      await page.getByText(words).first().waitFor()
      await expectAccessible(page)
    }
    await page.context().close()
  })

  it('are all accessible, in light and dark and at a phone’s width, and none scrolls sideways', async () => {
    const looks = { desk: {}, dark: { colorScheme: 'dark' }, phone: { viewport: { width: 390, height: 844 } } } as const
    for (const [look, options] of Object.entries(looks)) {
      const page = await enterHere(options)
      for (const name of REPORTS) {
        await openReport(page, name)
        await page.getByText(/Computed from the record up to store position \d+/).last().waitFor()
        await expectAccessible(page)
        expect(await sideways(page), name).toBe(0)
        if (look === 'phone') await picture(page, `phone-${name.toLowerCase().replaceAll(' ', '-')}`)
        if (look !== 'desk') continue
        // With what can be said, which comes after the figures.
        await page.waitForLoadState('networkidle')
        await photo(page, pageName(page))
      }
      await page.context().close()
    }
  })

  it('have one row of navigation, whose group unfolds by keyboard and folds again, and which says where one is', async () => {
    const page = await enterHere()
    const navigation = page.getByRole('navigation', { name: 'Pages' })
    const figures = navigation.getByRole('button', { name: 'Figures' })
    const unfolded = () => figures.getAttribute('aria-expanded')
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    const row = await navigation.locator('ul').first().boundingBox()
    expect(row!.height).toBeLessThan(50)
    expect(await figures.getAttribute('aria-current')).toBe('true')
    await figures.focus()
    await page.keyboard.press('Enter')
    expect(await unfolded()).toBe('true')
    expect(await navigation.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe('page')
    await expectAccessible(page)
    await photo(page, 'navigation')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Overview')
    await page.keyboard.press('Escape')
    expect([await unfolded(), await focused()]).toEqual(['false', 'Figures'])
    await page.keyboard.press('Space')
    for (let i = 0; i < 12 && (await focused()) !== 'Lessons learnt'; i++) await page.keyboard.press('Tab')
    expect([await unfolded(), await focused()]).toEqual(['false', 'Lessons learnt'])
    await figures.click()
    await page.getByRole('heading', { level: 1 }).click()
    expect(await unfolded()).toBe('false')
    await openReport(page, 'Trend')
    await page.waitForURL((url) => url.pathname === '/reports/trend')
    expect([await unfolded(), await focused()]).toEqual(['false', 'Figures'])
    await page.goto(new URL('/cases', page.url()).href)
    await page.getByRole('heading', { level: 1, name: 'Find a case or a child' }).waitFor()
    expect(await figures.getAttribute('aria-current')).toBeNull()
    expect(await navigation.getByRole('link', { name: 'Find', exact: true }).getAttribute('aria-current')).toBe('page')
    await page.context().close()
  })

  it('can be used with the keyboard alone', async () => {
    const page = await enterHere()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent)
    for (let i = 0; i < 6 && (await focused()) !== 'From'; i++) await page.keyboard.press('Tab')
    expect(await focused()).toBe('From')
    await page.keyboard.type('2/2/2026')
    await page.waitForURL((url) => url.searchParams.get('from') === '2026-02-02')
    await openReport(page, 'Places and times')
    await page.getByText('since 2 February 2026').filter({ visible: true }).first().waitFor()
    await page.context().close()
  })

  it('keep what is chosen in the address, and go back as of a day', async () => {
    const page = await enterHere()
    const address = new URL('/reports/hotspots', page.url())
    address.search = '?from=2026-01-01&to=2026-03-31&asOf=2026-02-01'
    await page.goto(address.href)
    await page.getByText('1 January 2026 to 31 March 2026').filter({ visible: true }).first().waitFor()
    await page.getByText('as known on 1 February 2026').filter({ visible: true }).first().waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.waitForURL((url) => url.search === '')
    await page.context().close()
  })

  it('say what is the matter when the service does not answer, and go on when it does', async () => {
    const page = await enterHere()
    await page.route('**/api/reports/trend*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ detail: 'The views cannot be reached now.' }),
      }),
    )
    await page.goto(new URL('/reports/trend', page.url()).href)
    await page.getByRole('alert').getByText('The views cannot be reached now.').waitFor()
    await expectAccessible(page)
    await page.unroute('**/api/reports/trend*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'By month' }).waitFor()
    await page.context().close()
  })

  it('print on A4', async () => {
    const page = await enterHere()
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.context().close()
  })
})

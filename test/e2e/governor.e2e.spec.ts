import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { sent } from '../support/ingest'
import { RunningProgram } from '../support/program'

const PATIENCE = { timeout: 120_000 }
/** A year is many questions at once: some seconds of a processor that others may be using. */
const A_YEAR = { timeout: 240_000 }
const SCHOOL = 'Example North High (made up)'
/** Where no page of theirs may lead. */
const NOT_THEIRS = /^\/(cases|children|record|schools|lessons)(\/|$)|^\/reports\/repeats|^\/reports\/[^/]+\/cases/

async function open(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage()
  await page.goto(link)
  await page.waitForURL((url) => url.pathname === '/')
  await page.getByRole('heading', { level: 1 }).waitFor(PATIENCE)
  return page
}

/** Accessible, and no wider than the window, on a desk and on a phone. */
async function expectFit(page: Page): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await expectAccessible(page)
    expect(await sideways(page)).toBe(0)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

const linksOf = (page: Page) => page.locator('a[href]').evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))
const pressUntil = async (page: Page, name: string) => {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
    if (focused === name) return
  }
  throw new Error(`The keyboard does not reach “${name}”.`)
}

describe.skipIf(!hasBrowser())('a governor, in the demo', () => {
  const program = new RunningProgram()
  let browser: Browser
  let page: Page
  const address = (path: string) => new URL(path, page.url()).href

  beforeAll(async () => {
    await program.start('demo')
    browser = await launchBrowser()
    const [, link] = /A governor of [^\n]+:\s+(http\S+)/.exec(program.output) ?? []
    page = await open(browser, link!)
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  it('opens the link of theirs that it prints, at a calm first page that says who they are and what is here', async () => {
    await page.getByRole('heading', { level: 1, name: `What is reported, and what is done: ${SCHOOL}` }).waitFor()
    await page.getByText(`Example governor (made up), governor of ${SCHOOL}`).waitFor()
    await photo(page, 'governor')
    const navigation = page.getByRole('navigation', { name: 'Pages' })
    await navigation.getByRole('button', { name: 'Figures' }).click()
    expect(await navigation.getByRole('link').allTextContents()).toEqual(['Start', 'Overview', 'Places and times', 'Patterns', 'Time to referral', 'Responses', 'Reviews', 'Lessons', 'Reporting itself', 'Trend', 'Annual report'])
    await expectFit(page)
  })

  it('reads the annual report of their school by keyboard alone, and no child is in it', async () => {
    await page.goto(address('/'))
    await page.getByRole('link', { name: 'Read the annual report' }).waitFor()
    await pressUntil(page, 'Read the annual report')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Annual report on child-on-child abuse: Example North High \(made up\), \d{4}\/\d\d$/ }).waitFor(A_YEAR)
    expect(await page.getByText(/Child [A-Z]\d/).count()).toBe(0)
    expect((await linksOf(page)).filter((path) => NOT_THEIRS.test(path))).toEqual([])
    await expectFit(page)
  }, 300_000)

  it('finds on none of their pages a way to a case, a child or a form', async () => {
    const tabs = await page.getByRole('navigation', { name: 'Pages' }).locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
    expect(tabs).toHaveLength(11)
    for (const tab of tabs) {
      await page.goto(tab)
      await page.getByRole('heading', { level: 1 }).waitFor(PATIENCE)
      await expect.poll(() => page.locator('[aria-busy=true]').or(page.getByText(/^Loading /)).count(), PATIENCE).toBe(0)
      expect((await linksOf(page)).filter((path) => NOT_THEIRS.test(path)), tab).toEqual([])
      expect(await page.getByText(/cannot be shown now/).count(), tab).toBe(0)
      expect(await page.getByText(/Child [A-Z]\d/).count(), tab).toBe(0)
    }
    await page.goto(address('/reports/hotspots'))
    const total = page.getByRole('table', { name: /Incidents reported on site/ }).getByRole('row').nth(1).getByRole('cell').last()
    await total.waitFor(PATIENCE)
    expect(Number(await total.textContent())).toBeGreaterThan(0)
    expect(await total.getByRole('link').count()).toBe(0)
    await page.goto(address('/overview'))
    await page.getByText(/Most in one place and time slot/).waitFor(PATIENCE)
    await expectFit(page)
  })

  it('is told in plain words where a page is not theirs, and where to go', async () => {
    const { cases } = (await (await program.ask('/api/cases?limit=1')).json()) as { cases: { case: string }[] }
    const { case: id } = cases[0]!
    for (const path of ['/cases', `/cases/${id}`, `/cases/${id}/review`, `/cases/${id}/record`, `/children/${id}`, '/record', '/schools', '/lessons', '/reports/repeats', '/reports/repeats/compare', '/reports/trend/cases?table=months&column=cases']) {
      await page.goto(address(path))
      await page.getByRole('heading', { level: 1, name: 'This page is not open to you' }).waitFor(PATIENCE)
    }
    await expectFit(page)
    const asked = await page.evaluate((path) => fetch(path).then(async (r) => ({ status: r.status, text: await r.text() })), `/api/cases/${id}`)
    expect(asked).toEqual({ status: 403, text: expect.stringContaining('for the safeguarding lead and the headteacher alone') as string })
    await page.getByRole('link', { name: 'Go to your first page' }).click()
    await page.getByRole('link', { name: 'Read the annual report' }).waitFor()
  })

  it('signs out by keyboard, and nobody is in after that', async () => {
    await pressUntil(page, 'Sign out')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You have signed out' }).waitFor()
    await expectFit(page)
    await page.goto(address('/annual'))
    await page.getByRole('heading', { name: 'Please open a new link' }).waitFor()
    await page.context().close()
  })

  it('beside the headteacher of a school, who sees its cases and no others', async () => {
    const [, link] = /The headteacher of [^\n]+:\s+(http\S+)/.exec(program.output) ?? []
    const head = await open(browser, link!)
    await head.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await head.getByText(`headteacher of ${SCHOOL}`).waitFor()
    await head.getByRole('link', { name: 'Record a concern' }).waitFor()
    const { cases } = (await (await program.ask('/api/cases?limit=500')).json()) as { cases: { case: string; school: string }[] }
    const [own] = await head.evaluate(() => fetch('/api/schools').then(async (r) => (await r.json()) as { id: string; name: string }[]))
    expect(own!.name).toBe(SCHOOL)
    const statusOf = (id: string) => head.evaluate((path) => fetch(path).then((r) => r.status), `/api/cases/${id}`)
    expect(await statusOf(cases.find(({ school }) => school === own!.id)!.case)).toBe(200)
    expect(await statusOf(cases.find(({ school }) => school !== own!.id)!.case)).toBe(403)
    await expectFit(head)
    await head.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Schools' }).click()
    await head.getByRole('heading', { level: 2, name: SCHOOL }).waitFor()
    expect(await head.getByRole('heading', { level: 2 }).count()).toBe(1)
    expect(await head.getByRole('link', { name: 'Register a school' }).count()).toBe(0)
    await expectFit(head)
    await head.goto(new URL('/schools/register', head.url()).href)
    await head.getByRole('heading', { level: 1, name: 'This page is not open to you' }).waitFor()
    await head.getByText(/^A school is registered by a safeguarding lead whose account is for all schools/).waitFor()
    await head.context().close()
  })

  it('beside the trust’s board, for whom there are all schools, and the report of them together', async () => {
    const [, link] = /A member of the trust’s board:\s+(http\S+)/.exec(program.output) ?? []
    const board = await open(browser, link!)
    await board.getByText('Example board member (made up), member of the trust’s board of all schools').waitFor()
    await board.getByRole('link', { name: 'Read the annual report' }).click()
    await board.getByLabel('Report of').waitFor(PATIENCE)
    expect(await board.getByLabel('Report of').locator('option').allTextContents()).toHaveLength(7)
    expect((await linksOf(board)).filter((path) => NOT_THEIRS.test(path))).toEqual([])
    await board.context().close()
  })
})

describe.skipIf(!hasBrowser())('a governor, where children are real', () => {
  it('is told why nothing can be shown yet; and is the same person after a restart', async () => {
    const program = new RunningProgram()
    await program.start()
    const registered = await program.ask(`/api/schools/${randomUUID()}/events`, sent('school-registered', { name: 'Example Wood (made up)' }))
    expect(registered.status).toBe(201)
    await expect.poll(async () => ((await (await program.ask('/api/schools')).json()) as unknown[]).length, PATIENCE).toBe(1)
    const given = await program.run('link', '--role', 'governor', '--school', 'example wood', '--name', 'Somebody (made up)')
    expect(given).toMatchObject({ code: 0, output: expect.stringContaining('For Somebody (made up), governor of Example Wood (made up); it works once:') as string })
    const link = /http\S+/.exec(given.output)![0]
    const browser = await launchBrowser()
    const page = await open(browser, link)
    await page.getByText('Nothing can be shown to you here yet').waitFor()
    await page.getByText(/A small number can name a child\./).waitFor()
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()).toEqual(['Start'])
    await expectFit(page)
    for (const path of ['/annual', '/overview', '/reports/trend', '/cases']) {
      await page.goto(new URL(path, page.url()).href)
      await page.getByRole('heading', { level: 1, name: 'This page is not open to you' }).waitFor()
    }
    await browser.close()

    const listed = await program.run('accounts')
    expect(listed.output).toMatch(/^[0-9a-f-]{36} {2}Somebody \(made up\), governor of Example Wood \(made up\)\n$/)
    await program.stop()
    await program.start()
    expect((await program.run('accounts')).output).toBe(listed.output)
    const again = await program.run('link', '--account', listed.output.slice(0, 36))
    expect(again.output).toContain('For Somebody (made up), governor of Example Wood (made up)')
    const refused = await program.run('link', '--role', 'governor', '--school', 'nowhere')
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--school: No school is called like that. There are: Example Wood (made up).') as string })
    expect((await program.run('accounts', '--remove', listed.output.slice(0, 36))).code).toBe(0)
    expect((await program.run('accounts')).output).toContain('Nobody but you')
    await program.end()
  })
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, picture, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

interface Today {
  readonly groups: readonly { readonly what: string; readonly total: number; readonly items: readonly { readonly case: string; readonly due: string }[] }[]
}

describe.skipIf(!hasBrowser())('Today, with the made-up trust', () => {
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

  const waiting = async () => ((await (await program.ask('/api/today')).json()) as Today).groups

  it('opens with the concerns nobody has taken up, the oldest first, in an alert', async () => {
    const page = await enter(browser, program)
    await page.getByRole('alert').getByText(/^Nobody has taken up \d+ concerns\. The oldest was told on \d+ \w+ \d{4}\.$/).waitFor()
    const [first] = await waiting()
    expect(first!.what).toBe('take-up')
    expect(first!.total).toBeGreaterThan(2)
    expect(first!.items.map((i) => i.due)).toEqual(first!.items.map((i) => i.due).sort())
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents()
    expect(headings[0]).toBe(`Concerns nobody has taken up: ${first!.total}`)
    const links = page.getByRole('region', { name: /^Concerns nobody has taken up/ }).getByRole('link', { name: /^Told / })
    expect(await links.first().getAttribute('href')).toBe(`/cases/${first!.items[0]!.case}`)
    await expectAccessible(page)
    await photo(page, 'today')
    await picture(page, 'today-whole')
    await page.context().close()
  })

  it('leads with one click to the case, and with one to what is to be done; done, it waits no longer', async () => {
    const page = await enter(browser, program)
    const group = page.getByRole('region', { name: /^Concerns nobody has taken up/ })
    const before = (await waiting())[0]!
    await group.getByRole('link', { name: /^Told / }).first().click()
    await page.waitForURL((url) => url.pathname === `/cases/${before.items[0]!.case}`)
    await page.goBack()
    await group.getByRole('link', { name: /^Take it up: Told/ }).first().click()
    await page.getByLabel('Date', { exact: true }).fill(before.items[0]!.due)
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('Recorded: The designated safeguarding lead took it up').waitFor()
    await expect.poll(async () => (await waiting())[0]!.total, { timeout: 60_000 }).toBe(before.total - 1)
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await page.getByRole('heading', { name: `Concerns nobody has taken up: ${before.total - 1}` }).waitFor()
    await page.context().close()
  })

  it('shows one school, says when nothing waits, and can be gone through on a phone with the keyboard', async () => {
    const page = await enter(browser, program, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await page.getByRole('alert').waitFor()
    expect(await sideways(page)).toBe(0)
    await expectAccessible(page)
    await page.getByLabel('School').selectOption({ label: 'Example Hill Primary (made up)' })
    await page.waitForURL((url) => url.searchParams.has('school'))
    await page.getByRole('region', { name: /^Concerns nobody has taken up/ }).waitFor()
    await expect.poll(() => page.getByText('Example North High (made up)', { exact: true }).filter({ visible: true }).count()).toBe(0)
    await page.getByText('What counts as waiting').focus()
    await page.keyboard.press('Enter')
    await page.getByText(/Days are school days of the school/).waitFor()
    await page.route('**/api/today*', (route) =>
      route.fulfill({ contentType: 'application/json', body: JSON.stringify({ position: 5, day: '2026-03-03', groups: [], names: {} }) }),
    )
    await page.reload()
    await page.getByText(/^Nothing that is recorded here waits for somebody/).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('says what is the matter when it cannot be told what waits, and goes on when it can', async () => {
    const page = await enter(browser, program)
    const refused = { status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'The views cannot be reached now.' }) }
    await page.route('**/api/today*', (route) => route.fulfill(refused))
    await page.reload()
    await page.getByRole('alert').getByText('The views cannot be reached now.').waitFor()
    await page.unroute('**/api/today*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: /^Concerns nobody has taken up/ }).waitFor()
    await page.context().close()
  })
})

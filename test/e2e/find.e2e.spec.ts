import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

interface Found {
  readonly total: number
  readonly cases: readonly { readonly case: string; readonly roles: readonly (readonly [string, string])[] }[]
  readonly names: Readonly<Record<string, string>>
}

describe.skipIf(!hasBrowser())('finding cases and children', () => {
  const program = new RunningProgram()
  let browser: Browser
  let page: Page
  let name: string
  let id: string

  beforeAll(async () => {
    await program.start('demo')
    browser = await launchBrowser()
    page = await enter(browser, program)
    const { cases, names } = (await (await program.ask('/api/find', { state: 'closed' })).json()) as Found
    id = cases.find((one) => one.roles.length > 1)!.roles[0]![0]
    name = names[id]!
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const open = (path: string) => page.goto(new URL(path, page.url()).href)
  const total = async () => {
    await page.getByText(/Loading what was found/).waitFor({ state: 'detached' })
    const words = (await page.getByRole('region', { name: /cases?$|^No case was found$/ }).getByRole('heading', { level: 2 }).textContent())!
    return words.startsWith('No case') ? 0 : Number(words.replaceAll(/\D/g, ''))
  }

  it('finds a child by the beginnings of the name, which stands in no address', async () => {
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await page.getByRole('link', { name: 'Find', exact: true }).click()
    await page.getByLabel('Name of a child').fill(name.toUpperCase())
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name, exact: true }).first().waitFor()
    const { total: known } = (await (await program.ask('/api/find', { name })).json()) as Found
    await expect.poll(total).toBe(known)
    expect(page.url()).not.toContain(encodeURIComponent(name))
    expect(addresses.filter((address) => decodeURIComponent(address).includes(name))).toEqual([])
    await expectAccessible(page)
    await photo(page, 'find')
  })

  it('opens the child’s page: every case, and the role in each', async () => {
    await page.getByRole('link', { name, exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/children/${id}`)
    expect(await page.title()).not.toContain(name)
    await page.getByText(/(child harmed|child alleged to have caused harm) in \d+ cases?/i).first().waitFor()
    await expectAccessible(page)
    await photo(page, 'child')
    await page.getByRole('link', { name: /^Told / }).first().click()
    await page.waitForURL((url) => url.pathname.startsWith('/cases/'))
  })

  it('finds cases by place, state and time together, keeps them in the address, and goes on page by page', async () => {
    await open('/cases')
    const all = await total()
    expect(all).toBeGreaterThan(900)
    await page.getByText('1 to 50 are shown, the last told first.').waitFor()
    await page.getByRole('button', { name: 'The next 50' }).click()
    await page.getByText('51 to 100 are shown, the last told first.').waitFor()
    await page.getByLabel('School').selectOption({ label: 'Example North High (made up)' })
    await page.getByLabel('Place').selectOption({ label: 'North corridor' })
    await expect.poll(total).toBeLessThan(all / 4)
    const there = await total()
    await page.getByLabel('State').selectOption('closed')
    await page.waitForURL((url) => url.searchParams.get('state') === 'closed' && url.searchParams.has('place'))
    await expect.poll(total).toBeLessThanOrEqual(there)
    const shown = await total()
    await page.reload()
    await page.getByRole('link', { name: /^Told / }).first().waitFor()
    expect(await total()).toBe(shown)
    await expectAccessible(page)
  })

  it('says so where nothing is found, and starts again', async () => {
    await page.getByLabel('Name of a child').fill('zzzz nobody')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByRole('heading', { name: 'No case was found' }).waitFor()
    await page.getByText(/A child who is in no case is not found here/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start again' }).click()
    await page.waitForURL((url) => url.search === '')
    expect(await page.getByLabel('Name of a child').inputValue()).toBe('')
    await open('/children/00000000-0000-4000-8000-00000000ffff')
    await page.getByText('There is no such child.').first().waitFor()
  })

  it('works on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('/cases')
    await page.getByRole('link', { name: /^Told / }).first().waitFor()
    expect(await sideways(page)).toBe(0)
    await expectAccessible(page)
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

interface Found {
  readonly total: number
  readonly cases: readonly { readonly case: string; readonly roles: readonly (readonly [string, string])[] }[]
  readonly names: Readonly<Record<string, string>>
}

interface Recorded {
  readonly case: string
  readonly entries: readonly { readonly type: string; readonly state: string; readonly place: number; readonly occurredAt: { readonly date: string }; readonly data: Record<string, unknown> }[]
}
interface Truth {
  readonly id: string
  readonly told: string
  readonly state: string
  readonly behaviours: readonly string[]
  readonly yearGroups: readonly string[]
}

/** What can be looked for in a case, worked out from its record alone. */
function truthOf({ case: id, entries }: Recorded): Truth {
  const living = entries.filter(({ state }) => state === 'holds').sort((a, b) => a.place - b.place)
  const of = (...types: string[]) => living.filter(({ type }) => types.includes(type))
  const last = of('case-closed', 'case-reopened').at(-1)?.type
  const takenUp = of('concern-taken-up', 'decision-recorded').length > 0
  return {
    id,
    told: of('disclosure-made', 'concern-noticed').map(({ occurredAt }) => occurredAt.date).sort()[0]!,
    state: last === 'case-closed' ? 'closed' : of('case-dealt-with').length > 0 ? 'dealt with' : takenUp ? 'open' : 'not taken up',
    behaviours: [...new Set(of('incident-recorded').flatMap(({ data }) => [data.behaviour as string, ...(data.furtherBehaviours as string[])]))],
    yearGroups: [...new Set(of('child-involved').flatMap(({ data }) => (data.yearGroup === undefined ? [] : [data.yearGroup as string])))],
  }
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
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
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

  describe('of one school', () => {
    const SMALL = 'Example Brook Primary (made up)'
    let cases: Truth[]

    beforeAll(async () => {
      const schools = (await (await program.ask('/api/schools')).json()) as { id: string; name: string }[]
      const found = (await (await program.ask('/api/find', { school: schools.find((one) => one.name === SMALL)!.id })).json()) as Found
      expect(found.cases).toHaveLength(found.total)
      cases = await Promise.all(found.cases.map(async (one) => truthOf((await (await program.ask(`/api/cases/${one.case}`)).json()) as Recorded)))
    })

    /** Chooses in the browser, and waits for exactly these cases. */
    const finds = async (choose: () => Promise<unknown>, expected: (one: Truth) => boolean, what: string) => {
      await open('/cases')
      await page.getByLabel('School').selectOption({ label: SMALL })
      await choose()
      const shown = () => page.locator('main ol.found h3 a').evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname.split('/')[2]!).sort())
      const right = cases.filter(expected).map(({ id: one }) => one).sort()
      await expect.poll(shown, { message: what, timeout: 30_000 }).toEqual(right)
      expect(await total(), what).toBe(right.length)
      return right.length
    }

    it('finds by behaviour and by year group exactly the cases whose records say so', async () => {
      for (const [field, of] of [['Behaviour', 'behaviours'], ['Year group', 'yearGroups']] as const) {
        const values = [...new Set(cases.flatMap((one) => one[of]))]
        expect(values.length, field).toBeGreaterThan(2)
        for (const value of values.slice(0, 4)) {
          const found = await finds(() => page.getByLabel(field).selectOption(value), (one) => one[of].includes(value), `${field} ${value}`)
          expect(found, value).toBeLessThan(cases.length)
        }
      }
      expect(await page.getByLabel('Year group').locator('option').allTextContents()).toEqual(expect.arrayContaining(['Nursery, first year', 'Reception', 'Year 6', 'Not in a year group']))
      expect(await page.getByLabel('Behaviour').locator('option').allTextContents()).not.toContainEqual(expect.stringMatching(/\w\.\w|^[a-z]/))
    })

    it('finds by state: each case in one', async () => {
      let all = 0
      for (const state of ['not taken up', 'open', 'dealt with', 'closed'])
        all += await finds(() => page.getByLabel('State').selectOption({ label: state }), (one) => one.state === state, state)
      expect(all).toBe(cases.length)
    })

    it('finds by when it was told, both days included, and says what is no day', async () => {
      const days = cases.map(({ told }) => told).sort()
      const [from, to] = [days[Math.floor(days.length / 4)]!, days[Math.floor(days.length / 2)]!]
      const british = (day: string) => day.split('-').reverse().join('/')
      const found = await finds(
        async () => {
          await page.getByLabel('Told from').fill(british(from))
          await page.getByLabel('Told to').fill(british(to))
        },
        ({ told }) => told >= from && told <= to,
        `${from} to ${to}`,
      )
      expect(found).toBeGreaterThan(1)
      expect(new URL(page.url()).searchParams.get('from')).toBe(from)
      await expectAccessible(page)
      await page.getByLabel('Told to').fill('31 June')
      await page.getByLabel('Told from').click()
      await page.getByText('Write the day as 3 March 2026 or 3/3/2026.').waitFor()
      expect(new URL(page.url()).searchParams.get('to')).toBeNull()
    })

    it('finds by all of it together, and goes back step by step', async () => {
      const one = cases.find(({ state, behaviours, yearGroups }) => state === 'closed' && behaviours.length > 0 && yearGroups.length > 0)!
      const [behaviour, yearGroup] = [one.behaviours[0]!, one.yearGroups[0]!]
      const both = (of: Truth) => of.behaviours.includes(behaviour) && of.yearGroups.includes(yearGroup)
      await finds(
        async () => {
          await page.getByLabel('Behaviour').selectOption(behaviour)
          await page.getByLabel('Year group').selectOption(yearGroup)
          await page.getByLabel('State').selectOption('closed')
        },
        (of) => both(of) && of.state === 'closed',
        'together',
      )
      await page.goBack()
      await expect.poll(total, { timeout: 30_000 }).toBe(cases.filter(both).length)
      expect(await page.getByLabel('State').inputValue()).toBe('')
    })
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

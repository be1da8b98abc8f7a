import { copyFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, picture, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

interface Answer {
  readonly tables: { name: string; rows: Record<string, unknown>[] }[]
}

describe.skipIf(!hasBrowser())('the review of circumstances, with the made-up trust', () => {
  const program = new RunningProgram()
  let browser: Browser
  /** A case that waits for its review, and one of its school. */
  let awaiting: { case_id: string; school: string }

  const awaitingNow = async () => {
    const { tables } = (await (await program.ask('/api/reports/reviews')).json()) as Answer
    return tables.find((t) => t.name === 'awaiting')!.rows as { case_id: string; school: string }[]
  }

  beforeAll(async () => {
    await program.start('demo')
    awaiting = (await awaitingNow())[0]!
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const goTo = (page: Page, path: string) => page.goto(new URL(path, page.url()).href)

  async function photo(page: Page, name: string): Promise<void> {
    await picture(page, name)
    await page.screenshot({ path: `test-results/${name}-top.png` })
    if (process.env.UPDATE_PICTURES) copyFileSync(`test-results/${name}-top.png`, `docs/images/${name}.png`)
  }

  it('opens with what is known of the case, its place, its time and its behaviour', async () => {
    const page = await enter(browser, program)
    await goTo(page, `/cases/${awaiting.case_id}`)
    await page.getByRole('link', { name: 'Review of circumstances' }).click()
    await page.getByRole('heading', { name: 'What is known about the case' }).waitFor()
    const around = page.getByRole('region', { name: 'Its place, time and behaviour' })
    await around.getByText(/incidents? (was|were) of this behaviour, of \d+ at this school in all/).first().waitFor()
    await around.getByText('What was agreed for such a place before').waitFor()
    await around.getByText('Working out what can be said').waitFor({ state: 'detached' })
    await expectAccessible(page)
    await photo(page, 'review')
    const figure = around.getByRole('link', { name: /reported at this place/ })
    if ((await figure.count()) > 0) {
      const said = Number(/^(\d+)/.exec((await figure.first().textContent())!)![1])
      await figure.first().click()
      const rows = page.getByRole('table', { name: /Cases, the last told first/ }).getByRole('row')
      await rows.nth(1).waitFor()
      const figures = await rows.locator('td.number').allTextContents()
      expect(figures.reduce((sum, text) => sum + Number(text), 0)).toBe(said)
    }
    await page.context().close()
  })

  it('says what is missing beside its field, keeps what was written over a reload, and does not share the name of a child', async () => {
    const page = await enter(browser, program)
    await goTo(page, `/cases/${awaiting.case_id}/review`)
    await page.getByRole('button', { name: 'Add a lesson' }).click()
    await page.getByLabel('What did we learn?').fill('Nobody could see the corner.')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByRole('alert').getByText('This was not recorded').waitFor()
    expect(await page.getByLabel('What has to change in the school?').getAttribute('aria-invalid')).toBe('true')
    await expectAccessible(page)
    await page.reload()
    expect(await page.getByLabel('What did we learn?').inputValue()).toBe('Nobody could see the corner.')
    const child = (await page.getByRole('region', { name: 'The case' }).locator('strong').first().textContent())!
    await page.getByLabel('What did we learn?').fill(`${child} could not be seen.`)
    await page.getByLabel('Share this lesson').check()
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('is part of the name of a child of this case').first().waitFor()
    await page.context().close()
  })

  it('is recorded with the keyboard alone, with a lesson and an action, and the case waits no longer', async () => {
    const page = await enter(browser, program)
    await goTo(page, `/cases/${awaiting.case_id}/review`)
    await page.getByLabel('What could have been done differently?').focus()
    const type = async (text: string) => page.keyboard.type(text)
    await type('Somebody could have stood at the corner.')
    await page.keyboard.press('Tab')
    await type('The corner has to be seen.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByLabel('What is it about?').focus()
    await type('sup')
    await page.keyboard.press('Tab')
    await type('A corner that nobody sees is a place to be afraid of.')
    await page.getByLabel('Share this lesson').focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Add an action' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('What is to be done?').focus()
    await type('A mirror at the corner')
    await page.keyboard.press('Tab')
    await type('The site manager')
    await page.keyboard.press('Tab')
    await type('1/1/2199')
    await page.getByLabel('How shall we know?').focus()
    await type('Children in years 7 and 8 say so.')
    await page.keyboard.press('Tab')
    await type('few')
    await page.getByRole('button', { name: 'Record', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Recorded. The figures follow in a moment.').waitFor()
    await page.getByRole('region', { name: 'What was reviewed' }).getByText('A mirror at the corner').first().waitFor()
    await expect.poll(async () => (await awaitingNow()).some((row) => row.case_id === awaiting.case_id), { timeout: 60_000 }).toBe(false)
    await expectAccessible(page)
    await picture(page, 'review-recorded')
    await page.context().close()
  })

  it('lets what was agreed be changed with a reason, done and looked at, and refuses what cannot be', async () => {
    const page = await enter(browser, program, { viewport: { width: 390, height: 844 } })
    await goTo(page, `/cases/${awaiting.case_id}/review`)
    const action = page.getByRole('article').filter({ hasText: 'A mirror at the corner' })
    await action.getByRole('button', { name: /^Change what was agreed/ }).click()
    await action.getByLabel('Who sees to it?').fill('The deputy head')
    await action.getByRole('button', { name: 'Record', exact: true }).click()
    await action.getByRole('alert').getByText('This was not recorded').waitFor()
    await action.getByLabel('Why is it changed?').fill('The site manager has left.')
    await action.getByRole('button', { name: 'Record', exact: true }).click()
    await action.getByText('The deputy head, by 1 January 2199').waitFor()
    await action.getByRole('button', { name: /^It is done/ }).click()
    await action.getByRole('textbox', { name: 'On', exact: true }).fill('2199-01-01')
    await action.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByRole('alert').or(page.locator(':invalid')).first().waitFor()
    await action.getByRole('textbox', { name: 'On', exact: true }).fill(new Intl.DateTimeFormat('en-CA').format(new Date()))
    await action.getByRole('button', { name: 'Record', exact: true }).click()
    await action.getByText('Done', { exact: true }).waitFor()
    expect(await sideways(page)).toBe(0)
    await expectAccessible(page)
    await picture(page, 'phone-review')
    await page.context().close()
  })

  it('is seen again in Lessons learnt: by theme, done, with what was reported before and after, and shared without the case', async () => {
    const page = await enter(browser, program)
    await goTo(page, '/reports/lessons')
    await page.getByRole('link', { name: 'What was learnt and agreed, in words' }).click()
    await page.getByText(/^\d+ lessons; actions: /).first().waitFor()
    await page.getByText(/^Supervision/).first().click()
    const lesson = page.getByRole('article', { name: /^Lesson of/ }).filter({ hasText: 'A corner that nobody sees is a place to be afraid of.' })
    await lesson.getByText('Done', { exact: true }).waitFor()
    await page.getByText(/this does not show that the action did it/).first().waitFor({ state: 'attached' })
    const shared = page.getByRole('listitem').filter({ hasText: 'A corner that nobody sees' })
    expect(await shared.textContent()).toMatch(/^Supervision: A corner that nobody sees is a place to be afraid of\. Everywhere$/)
    await expectAccessible(page)
    await photo(page, 'lessons')
    await lesson.getByRole('link', { name: 'The review' }).click()
    await page.getByRole('heading', { name: 'Review of circumstances' }).waitFor()
    await page.context().close()
    const phone = await enter(browser, program, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await goTo(phone, '/lessons')
    await phone.getByText(/^\d+ lessons; actions: /).first().waitFor()
    expect(await sideways(phone)).toBe(0)
    await expectAccessible(phone)
    await picture(phone, 'phone-lessons')
    await phone.context().close()
  })

  it('stands beside another school, both in the address, and says that a difference is no finding', async () => {
    const page = await enter(browser, program)
    const schools = (await (await program.ask('/api/schools')).json()) as { id: string; name: string }[]
    await goTo(page, `/reports/reviews?school=${schools[0]!.id}`)
    await page.getByRole('link', { name: 'Compare schools or periods' }).click()
    await page.getByText('A difference between two columns is not a finding').waitFor()
    await page.getByRole('form', { name: 'Choose what stands second' }).getByLabel('School', { exact: true }).selectOption({ label: schools[1]!.name })
    await page.waitForURL((url) => url.searchParams.get('second.school') === schools[1]!.id && url.searchParams.get('school') === schools[0]!.id)
    const row = page.getByRole('table', { name: /Reviewed, due and overdue/ }).getByRole('row').nth(1)
    const decided = async (school: string) => {
      const { tables } = (await (await program.ask(`/api/reports/reviews?schools=${school}`)).json()) as Answer
      return String(tables.find((t) => t.name === 'state')!.rows[0]!.decided)
    }
    const wanted = [await decided(schools[0]!.id), await decided(schools[1]!.id)]
    await expect.poll(async () => (await row.getByRole('cell').allTextContents()).slice(0, 2), { timeout: 30_000 }).toEqual(wanted)
    await page.getByText('Loading').first().waitFor({ state: 'detached' })
    await expectAccessible(page)
    await photo(page, 'compare')
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await sideways(page)).toBe(0)
    await page.context().close()
  })
})

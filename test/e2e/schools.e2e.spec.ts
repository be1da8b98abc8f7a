import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

describe.skipIf(!hasBrowser())('a school that begins with nothing', () => {
  const program = new RunningProgram()
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    await program.start()
    browser = await launchBrowser()
    page = await enter(browser, program, { viewport: { width: 390, height: 844 }, timezoneId: 'Europe/London' })
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const within = (name: string | RegExp) => page.getByRole('group', { name })
  const submit = () => page.getByRole('button', { name: 'Record', exact: true }).click()
  const record = async (title: string, fill: () => Promise<unknown>) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByLabel('Date', { exact: true }).fill('2026-01-05')
    await fill()
    await expectAccessible(page)
    expect(await sideways(page)).toBe(0)
    await submit()
    await page.getByText(`Recorded: ${title}`).waitFor()
    expect(new URL(page.url()).pathname).toBe('/schools')
  }
  const choose = async (title: string) => {
    await page.getByText(/^Record something of /).click()
    await page.getByRole('link', { name: title }).click()
  }

  it('is led from the first page to registering it, and told what is missing', async () => {
    await page.goto(new URL('/record', page.url()).href)
    await page.getByText('No school is registered yet.').waitFor()
    await page.getByRole('link', { name: 'register one first' }).click()
    await submit()
    await page.getByRole('alert').getByRole('link', { name: /^Name: Write something here/ }).click()
    await record('A school was registered', async () => {
      await page.getByLabel('Name', { exact: true }).fill('Example School (made up)')
      await within('Phase').getByLabel('Secondary', { exact: true }).check()
      await page.getByLabel('URN (optional)').fill('100000')
      await page.getByLabel(/^Trust/).selectOption({ label: 'A trust that is not here yet: give its name below' })
      await page.getByLabel(/^Name of the trust/).fill('Example Trust (made up)')
      await page.getByLabel('From which day?').fill('2026-01-05')
    })
    await page.getByText('Secondary · Example Trust (made up)').waitFor()
    await page.getByText('Name its places, so that it can be said where something happened.').waitFor()
    await expectAccessible(page)
  })

  it('names its places, sets the day, the terms and within how many days things are due', async () => {
    await choose('Name a place')
    await record('A place was named', async () => {
      await page.getByLabel('What is the place called?').fill('Long corridor')
      await within('Where, broadly?').getByLabel('On site').check()
      await page.getByLabel('What kind of place?').selectOption('corridor')
    })
    await page.getByText('1 place', { exact: true }).click()
    await page.getByRole('rowheader', { name: 'Long corridor' }).waitFor()
    await choose('Set the timetable')
    await record('The timetable was set', async () => {
      await page.getByLabel('From which day?').fill('2026-01-05')
      for (const day of ['Monday', 'Friday']) await page.getByLabel(day).check()
      await page.getByLabel('From', { exact: true }).fill('10:40')
      await page.getByLabel('To', { exact: true }).fill('11:00')
      await page.getByLabel('What is it?').selectOption('break')
    })
    await choose('Set the terms of a school year')
    await record('The terms of a school year were set', async () => {
      await within('Which school year?').getByLabel('2025/26').check()
      await page.getByLabel('First day').fill('2026-01-05')
      await page.getByLabel('Last day').fill('2026-04-02')
      await page.getByRole('button', { name: 'Add a day' }).click()
      await page.getByLabel(/closed, 1$/).fill('2026-02-16')
    })
    await choose('Set within how many days things are due')
    await record('The days within which things are due were set', async () => {
      await page.getByLabel('From which day?').fill('2026-01-05')
      await page.getByLabel('A referral is answered within').fill('2')
    })
    await photo(page, 'schools')
  })

  it('says beside the field what is refused, and keeps what was written over a reload', async () => {
    await choose('Set the timetable')
    await page.getByLabel('From which day?').fill('2026-01-05')
    await page.getByLabel('Monday').check()
    await page.getByLabel('From', { exact: true }).fill('11:00')
    await page.getByLabel('To', { exact: true }).fill('10:00')
    await page.getByText(/^Your draft is saved/).waitFor()
    await page.reload()
    await page.getByText(/^Your draft of .* is put back/).waitFor()
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('10:00')
    await page.getByLabel('What is it?').selectOption('break')
    await page.getByLabel('Date', { exact: true }).fill('2026-01-05')
    await submit()
    await page.getByRole('alert').getByRole('link', { name: /A period ends after it starts/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Throw it away and start again' }).click()
  })

  it('then records a concern there', async () => {
    await page.goto(new URL('/record', page.url()).href)
    await page.getByLabel('Somebody noticed something').check()
    await page.getByLabel('What was said or seen').waitFor()
    await page.goto(new URL('/schools/00000000-0000-4000-8000-00000000ffff/record/place-named', page.url()).href)
    await page.getByText('There is no such school.').waitFor()
    await page.goto(new URL('/schools/00000000-0000-4000-8000-00000000ffff/record/nothing', page.url()).href)
    await page.getByText('There is no such record').waitFor()
  })
})

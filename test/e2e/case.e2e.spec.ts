import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, photo, picture, sideways } from '../support/browser'
import { sent } from '../support/ingest'
import { RunningProgram } from '../support/program'

/** Made of syllables nobody is called by. */
const [HARMED, ALLEGED, WITNESS] = ['Tellina Yorrick', 'Zorvé Quilmark', 'Hask Drumme'] as const
const OTHERS = /zorv|quilmark|hask|drumme/i

describe.skipIf(!hasBrowser())('a case, in a browser', () => {
  const program = new RunningProgram()
  const [school, place, caseId, incident, referral, assessment] = Array.from({ length: 6 }, () => randomUUID()) as [string, string, string, string, string, string]
  const ids: Record<string, string> = {}
  let browser: Browser
  let page: Page

  const at = (date: string, time?: string) => ({ occurredAt: time === undefined ? { date, precision: 'day' } : { date, time, precision: 'minute' } })
  const told = sent('disclosure-made', { reportedBy: 'child-harmed', toldTo: 'the head of Year 9', summary: 'Tellina said that ZORVE pushed her, and that Hask saw it.', verbatim: false, twoStaffPresent: true }, at('2026-03-03', '11:20'))
  const happened = sent('incident-recorded', { incident, place, mode: 'in-person', setting: 'on-site', locationKind: 'corridor', behaviour: 'physical', account: 'Zorvé Quilmark is said to have pushed Tellina against the wall.' }, at('2026-03-03', '10:50'))
  const mistaken = sent('professional-notified', { professional: 'social-worker' }, at('2026-03-03', '12:00'))

  const facts = (harmed: string, alleged: string, witness: string) => [
    { ...told, data: { ...told.data, child: harmed } },
    happened,
    sent('child-involved', { incident, child: alleged, role: 'alleged-perpetrator', onRoll: school, sex: 'M', yearGroup: '9' }, at('2026-03-03', '10:50')),
    sent('child-involved', { incident, child: harmed, role: 'alleged-victim', onRoll: school, sex: 'F', yearGroup: '9' }, at('2026-03-03', '10:50')),
    sent('child-involved', { incident, child: witness, role: 'witness', onRoll: school, sex: 'F' }, at('2026-03-03', '10:50')),
    sent('act-recorded', { incident, by: alleged, on: harmed }, at('2026-03-03', '10:50')),
    mistaken,
    sent('statement-taken', { of: 'child', child: witness, verbatim: true, words: 'I saw it.' }, at('2026-03-03', '13:00')),
    sent('risk-assessed', { assessment, child: harmed, controls: 'Kept apart from Quilmark.', reviewDue: '2026-03-17' }, at('2026-03-03', '14:00')),
    sent('decision-recorded', { routes: ['childrens-social-care'], tier: 3, reasons: 'Zorve had been spoken to before.', agenciesNotInvolved: [{ agency: 'police', reason: 'No offence is disclosed.' }] }, at('2026-03-03', '15:00')),
    sent('referral-made', { referral, children: [harmed, alleged] }, at('2026-03-03', '15:30')),
    sent('referral-answered', { referral, answer: 'declined', note: 'Below threshold.' }, at('2026-03-05')),
    sent('referral-challenged', { referral, grounds: 'It was not the first time.' }, at('2026-03-06')),
    sent('family-told', { child: harmed, manner: 'face-to-face' }, at('2026-03-03', '16:00')),
    sent('school-finding-recorded', { child: alleged, incident, finding: 'established', reasons: 'It was seen.' }, at('2026-03-20')),
  ]

  beforeAll(async () => {
    await program.start()
    const post = async (path: string, body: unknown): Promise<{ child: string }> => {
      const answer = await program.ask(path, body)
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as { child: string }
    }
    await post(`/api/schools/${school}/events`, [sent('school-registered', { name: 'Example School (made up)' }), sent('place-named', { place, name: 'North corridor' })])
    for (const name of [HARMED, ALLEGED, WITNESS])
      ids[name] = (await post('/api/children', { references: [{ issuer: 'made-up', scheme: 'name', value: name }], name })).child
    await post(`/api/cases/${caseId}/events?school=${school}`, facts(ids[HARMED]!, ids[ALLEGED]!, ids[WITNESS]!))
    await post(`/api/cases/${caseId}/events`, [
      { ...happened, id: randomUUID(), supersedes: happened.id, reason: 'A member of staff was at the other end.', data: { ...happened.data, supervised: 'yes' } },
      { id: randomUUID(), type: 'fact-withdrawn', ...at('2026-03-04'), data: { event: mistaken.id }, reason: 'Meant for another case.' },
    ])
    await program.caughtUp()
    browser = await launchBrowser()
    page = await enter(browser, program)
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const open = async (path: string) => {
    await page.goto(new URL(path, page.url()).href)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const section = (name: string) => page.getByRole('region', { name })
  const rowOf = (table: Locator, name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

  it('opens with how it stands, who is in it in which role, and what waits, each with its form', async () => {
    await open(`/cases/${caseId}`)
    await page.getByText(`3 March 2026, 11:20: ${HARMED} told the head of Year 9.`).waitFor()
    await page.getByText('3 March 2026, 15:00, by the decision').waitFor()
    const people = page.locator('.people')
    expect(await people.innerText()).toContain(`${ALLEGED}: Child alleged to have caused harm in the incident`)
    await section('What is waiting').getByText(`Families not told, and no reason recorded: ${ALLEGED}`).waitFor()
    await section('What is waiting').getByText('due 17 March 2026').waitFor()
    await section('What is waiting').getByText('What was just recorded is on its way here').waitFor({ state: 'detached' })
    await expectAccessible(page)
    await picture(page, 'case')
    await photo(page, 'case')
    await section('What is waiting').getByRole('link', { name: `Record that they were told: ${ALLEGED}` }).click()
    await page.waitForURL((url) => url.pathname === `/cases/${caseId}/record/family-told`)
  })

  it('has every entry as a sentence under its day, decisions, referrals, plans, families and findings each in one place', async () => {
    await open(`/cases/${caseId}`)
    const days = section('Chronology').getByRole('heading', { level: 3 })
    await days.first().waitFor()
    expect(await days.allTextContents()).toEqual(['3 March 2026', '5 March 2026', '6 March 2026', '20 March 2026'])
    const text = await page.locator('main').innerText()
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|alleged-|childrens-social|undefined/)
    await section('Decisions').getByText('Police: No offence is disclosed.').waitFor()
    expect(await rowOf(section('Referrals'), 'Children’s social care').innerText()).toMatch(/Declined, 5 March 2026\s+Below threshold\.\s+6 March 2026\s+It was not the first time\.\s+No answer yet/)
    expect(await rowOf(section('Plans, risk assessments and reviews'), `Risk assessment for ${HARMED}`).innerText()).toMatch(/17 March 2026\s*overdue/)
    expect(await rowOf(section('Families'), ALLEGED).innerText()).toContain('Not recorded yet')
    expect(await rowOf(section('The school’s findings, for each child'), ALLEGED).innerText()).toContain('Established on the balance of probabilities')
  })

  it('shows a correction as a correction, what it said before one key away, and what was taken back with the reason', async () => {
    const entry = section('Chronology').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 4, name: /^What is alleged: / }) }).last()
    const summary = entry.locator('summary')
    expect(await summary.innerText()).toMatch(/^Corrected on \d+ \w+ \d{4}, because: A member of staff was at the other end\. What it said before$/)
    const former = entry.locator('.former')
    expect(await former.isVisible()).toBe(false)
    await summary.focus()
    await page.keyboard.press('Enter')
    await former.getByText('place supervised').waitFor()
    await expectAccessible(page)
    const taken = section('Chronology').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 4, name: 'An entry was taken back' }) }).last()
    expect(await taken.innerText()).toContain('because: Meant for another case.')
    await taken.getByText('What was taken back').click()
    await taken.getByText('The social worker was told.').waitFor()
    await entry.getByRole('link', { name: /^Correct: What is alleged/ }).click()
    await page.waitForURL((url) => /\/entries\/[^/]+\/correct$/.test(url.pathname))
    await page.goBack()
  })

  it('opens every former version at once, for whoever wants to read or print them all', async () => {
    await open(`/cases/${caseId}`)
    await page.getByLabel(/^Open every former version/).check()
    expect(await page.locator('.former').first().isVisible()).toBe(true)
  })

  it('is printed for one child: nothing that the browser is sent names another', async () => {
    await open(`/cases/${caseId}`)
    const answer = page.waitForResponse((response) => response.url().includes('/chronology?for='))
    await page.getByRole('link', { name: `Print the chronology for ${HARMED}, the others masked` }).click()
    expect(await (await answer).text()).not.toMatch(OTHERS)
    const table = page.getByRole('table')
    await table.getByText('Another child A is said to have pushed Tellina against the wall.', { exact: false }).waitFor()
    await table.getByText('Tellina said that Another child A pushed her, and that Another child B saw it.', { exact: false }).waitFor()
    await page.getByText('No program knows every way in which a child can be recognised').waitFor()
    await page.getByText(/^2 entries are left out: about other children alone/).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(OTHERS)
    expect(page.url()).not.toMatch(OTHERS)
    await expectAccessible(page)
    await photo(page, 'chronology')
  })

  it('prints on A4 across the sheet, without controls, its head on every page', async () => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    expect(await page.locator('.chronology-table thead').evaluate((head) => getComputedStyle(head).display)).toBe('table-header-group')
    expect(await page.locator('.running').innerText()).toMatch(/Example School \(made up\)\. Case [0-9a-f]{8}\. For Tellina Yorrick\. As of /)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    // 297 mm by 210 mm, in points.
    for (const [, width, height] of pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)) expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595])
    expect(pdf).toContain('/MediaBox')
    await page.emulateMedia({ media: null })
  })

  it('is printed whole, and says where there is no such child', async () => {
    await open(`/cases/${caseId}/chronology`)
    await page.getByText(/\. The whole case\. As of /).first().waitFor()
    await page.getByRole('table').getByText('Zorvé Quilmark is recorded in the incident').waitFor()
    await open(`/cases/${caseId}`)
    await page.goto(new URL(`/cases/${caseId}/chronology?for=${randomUUID()}`, page.url()).href)
    await page.getByRole('alert').getByText('There is no such child.').waitFor()
    await expectAccessible(page)
  })

  it('says on the child’s page how each case stands and what waits in it', async () => {
    await open(`/children/${ids[ALLEGED]!}`)
    await page.getByText(/^1 case is open\. \d+ things wait, \d+ overdue\.$/).waitFor()
    await page.getByText(/^Waiting: families not told, and no reason recorded, due/).waitFor()
    await expectAccessible(page)
  })

  it('goes on a phone, in dark too', async () => {
    const phone = await enter(browser, program, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    for (const path of [`/cases/${caseId}`, `/cases/${caseId}/chronology?for=${ids[HARMED]!}`, `/children/${ids[HARMED]!}`]) {
      await phone.goto(new URL(path, phone.url()).href)
      await phone.getByRole('heading', { level: 1 }).waitFor()
      await phone.waitForLoadState('networkidle')
      expect(await sideways(phone), path).toBe(0)
      await expectAccessible(phone)
      await picture(phone, `phone${path.split('?')[0]!.replace(/\/[0-9a-f-]{36}/, '').replaceAll('/', '-')}`)
    }
    await phone.context().close()
  })

  it('says what is the matter where it cannot be told what waits; the case is there', async () => {
    await page.route('**/waiting', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'The views cannot be reached now.' }) }))
    await open(`/cases/${caseId}`)
    await page.getByRole('alert').getByText('The views cannot be reached now.').waitFor({ timeout: 30_000 })
    await section('Chronology').getByRole('heading', { level: 4 }).first().waitFor()
    await expectAccessible(page)
  })
})

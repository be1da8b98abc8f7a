import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, hasBrowser, launchBrowser, photo } from '../support/browser'
import { sent } from '../support/ingest'
import { RunningProgram } from '../support/program'

interface Answer {
  readonly tables: { readonly name: string; readonly rows: Record<string, unknown>[] }[]
  readonly names: Record<string, string>
}
interface Entry {
  readonly id: string
  readonly type: string
  readonly state: string
}

describe.skipIf(!hasBrowser())('recording, in a browser', () => {
  const program = new RunningProgram()
  const school = randomUUID()
  let browser: Browser
  let page: Page
  let caseId: string

  beforeAll(async () => {
    const link = await program.start()
    const places = ['Corridor by the hall', 'Lower field'].map((name, i) =>
      sent('place-named', { place: randomUUID(), name, setting: 'on-site', kind: i === 0 ? 'corridor' : 'field' }),
    )
    const facts = [sent('school-registered', { name: 'Example School (made up)' }), ...places]
    expect((await program.ask(`/api/schools/${school}/events`, facts)).status).toBe(201)
    await atHead()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London' })
    await page.goto(link)
    await page.waitForURL((url) => url.pathname === '/')
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const atHead = () =>
    program.caughtUp()
  const open = (path: string) => page.goto(new URL(path, page.url()).href)
  const entries = async () => ((await (await program.ask(`/api/cases/${caseId}`)).json()) as { entries: Entry[] }).entries
  const drafts = async () => ((await (await program.ask('/api/drafts')).json()) as { drafts: unknown[] }).drafts
  const within = (name: string | RegExp) => page.getByRole('group', { name })
  const day = (date: string) => page.getByLabel('Date', { exact: true }).fill(date)
  const submit = () => page.getByRole('button', { name: 'Record', exact: true }).click()
  /** Opens a form of the case, fills it in, records it, and waits until the case says so. */
  const recorded = async (type: string, title: string, fill: () => Promise<unknown>) => {
    await open(`/cases/${caseId}/record/${type}`)
    await day('2026-03-03')
    await fill()
    await submit()
    await page.getByText(`Recorded: ${title}`).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/cases/${caseId}`)
  }
  const incidentsAt = async (place: string) => {
    await atHead()
    const { tables, names } = (await (await program.ask('/api/reports/hotspots')).json()) as Answer
    const rows = tables.find((t) => t.name === 'on-site')!.rows.filter((row) => names[String(row.place)] === place)
    return rows.reduce((sum, row) => sum + Number(row.incidents), 0)
  }

  /** What the page of places and times shows for a place, all time slots together. */
  const incidentsShownAt = async (place: string) => {
    await open('/reports/hotspots')
    const grid = page.getByRole('table', { name: /Incidents reported on site/ })
    await grid.getByRole('row').nth(1).waitFor()
    const row = grid.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${place}`) }) })
    return (await row.count()) === 0 ? 0 : Number(await row.locator('td.total').textContent())
  }

  it('says at each field what is missing, and leads there', async () => {
    await open('/record')
    await page.getByLabel('Somebody told').check()
    await submit()
    const summary = page.getByRole('alert')
    await summary.getByText('This is not recorded yet').waitFor()
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
    await expectAccessible(page)
    await photo(page, 'recording-refused')
    await within('Who told?').or(page.getByLabel('Who told?')).first().waitFor()
    await summary.getByRole('link', { name: /^What was said or seen: Write something here/ }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-data.summary')
  })

  it('keeps a draft over a reload, and takes it away once it is recorded', async () => {
    await page.getByLabel('Who told?').selectOption('child-harmed')
    await day('2026-03-03')
    await page.getByLabel('What was said or seen').fill('Child A said that it happened by the hall.')
    await page.getByText(/^Your draft is saved/).waitFor()
    await page.reload()
    await page.getByText(/^Your draft of .* is put back/).waitFor()
    expect(await page.getByLabel('What was said or seen').inputValue()).toBe('Child A said that it happened by the hall.')
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('by the hall')
    await expectAccessible(page)
    await photo(page, 'recording-disclosure')
    await within('Is this in the child’s own words?').getByLabel('No').check()
    await submit()
    await page.getByText('Recorded: A disclosure was made').waitFor()
    caseId = new URL(page.url()).pathname.split('/')[2]!
    expect(await drafts()).toEqual([])
  })

  it('offers what usually comes next first', async () => {
    await page.getByRole('link', { name: 'Record what comes next' }).click()
    const next = page.getByRole('region', { name: 'What usually comes next' })
    await next.getByRole('link', { name: 'Take the concern up' }).waitFor()
    await expectAccessible(page)
    await photo(page, 'recording-menu')
  })

  it('records an incident and the children involved, and the figures move', async () => {
    expect(await incidentsAt('Corridor by the hall')).toBe(0)
    await recorded('incident-recorded', 'An incident was recorded', async () => {
      await page.getByLabel('Which place?').selectOption({ label: 'Corridor by the hall' })
      await within('In person or online?').getByLabel('In person').check()
      await page.getByLabel('What behaviour, chiefly?').selectOption('physical')
    })
    for (const [name, role, sex] of [['Child A', 'Child harmed', 'Girl'], ['Child B', 'Child alleged to have caused harm', 'Boy']] as const)
      await recorded('child-involved', 'A child was involved', async () => {
        await page.getByRole('button', { name: 'Find or add a child' }).click()
        await page.getByLabel('Name of the child').fill(name)
        await page.getByRole('button', { name: 'Use this child' }).click()
        await within('Role in this incident').getByLabel(role, { exact: true }).check()
        await within('Sex').getByLabel(sex).check()
      })
    await recorded('act-recorded', 'Who is said to have acted on whom', async () => {
      await page.getByLabel('Which child is said to have acted?').selectOption({ label: 'Child B' })
      await page.getByLabel('On which child?').selectOption({ label: 'Child A' })
    })
    expect(await incidentsAt('Corridor by the hall')).toBe(1)
    expect(await incidentsShownAt('Corridor by the hall')).toBe(1)
    expect((await entries()).map((e) => e.type)).toEqual(['disclosure-made', 'incident-recorded', 'child-involved', 'child-involved', 'act-recorded'])
  })

  it('assesses risk in the matrix of its scheme', async () => {
    await recorded('risk-assessed', 'Risk was assessed', async () => {
      await within('For whom?').getByLabel('Child harmed').check()
      await page.getByLabel(/^Which child\?/).selectOption({ label: 'Child A' })
      await within('What kind of risk?').getByLabel('Physical').check()
      await within('Rating').first().getByLabel('Severity × likelihood (1 to 25)').check()
      await page.getByRole('radio', { name: /^Severity 3, likelihood 4: 12/ }).check()
      await expectAccessible(page)
      await page.getByRole('table').scrollIntoViewIfNeeded()
      await photo(page, 'recording-risk')
    })
  })

  it('says beside the field what the rules refuse', async () => {
    await open(`/cases/${caseId}/record/statement-taken`)
    await day('2026-03-03')
    await within('Whose statement?').getByLabel('Child').check()
    await within('Is this in the child’s own words?').getByLabel('Yes').check()
    await page.getByLabel('The statement').fill('What Child A said')
    await submit()
    await page.getByRole('alert').getByRole('link', { name: /Say which child gave this statement/ }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-data.child')
    expect(await page.locator('.question', { has: page.locator('[id="field-data.child"]') }).getByText('Say which child gave this statement.').count()).toBe(1)
    await page.getByLabel(/^Which child\?/).selectOption({ label: 'Child A' })
    await submit()
    await page.getByText('Recorded: A statement was taken').waitFor()
  })

  it('tells that somebody else recorded meanwhile, and records once the person says so', async () => {
    await open(`/cases/${caseId}/record/concern-taken-up`)
    await day('2026-03-03')
    expect((await program.ask(`/api/cases/${caseId}/events`, sent('professional-notified', {}, { occurredAt: { date: '2026-03-03', precision: 'day' } }))).status).toBe(201)
    await submit()
    await page.getByText(/^Somebody else recorded something in this case/).waitFor()
    await submit()
    await page.getByText('Recorded: The designated safeguarding lead took it up').waitFor()
  })

  it('decides, refers and closes', async () => {
    await recorded('decision-recorded', 'A decision was recorded', async () => {
      await within('What was decided?').getByLabel('Referral to children’s social care').check()
      await page.getByLabel('Tier 3: assessment by children’s services').check()
      await page.getByLabel('Reasons').fill('Harm is alleged')
    })
    await recorded('referral-made', 'A referral was made', () => page.getByLabel('Which agency?').selectOption('childrens-social-care'))
    await recorded('case-closed', 'The case was closed', () => Promise.resolve())
    await open(`/cases/${caseId}/record`)
    await page.getByRole('region', { name: 'What usually comes next' }).getByRole('link', { name: 'Open the case again' }).waitFor()
  })

  it('corrects a mistaken place, and the figures follow', async () => {
    const incident = (await entries()).find((e) => e.type === 'incident-recorded')!
    await open(`/cases/${caseId}`)
    await page.getByRole('link', { name: 'Record or correct something in this case' }).click()
    await page.getByRole('link', { name: /^Correct: An incident was recorded/ }).click()
    await page.waitForURL((url) => url.pathname === `/cases/${caseId}/entries/${incident.id}/correct`)
    await page.getByLabel('What behaviour, chiefly?').waitFor()
    expect(await page.getByLabel('What behaviour, chiefly?').inputValue()).toBe('physical')
    await page.getByLabel('Which place?').selectOption({ label: 'Lower field' })
    const correct = page.getByRole('button', { name: 'Record the correction' })
    await correct.click()
    await page.getByRole('alert').getByRole('link', { name: /Say in a few words why it is corrected/ }).waitFor()
    await page.getByLabel('Why is it corrected?').fill('The place was mistaken')
    await expectAccessible(page)
    await correct.click()
    await page.getByText('Recorded: An incident was recorded (corrected)').waitFor()
    expect([await incidentsAt('Corridor by the hall'), await incidentsAt('Lower field')]).toEqual([0, 1])
    expect([await incidentsShownAt('Corridor by the hall'), await incidentsShownAt('Lower field')]).toEqual([0, 1])
    await open(`/cases/${caseId}/entries/${incident.id}/correct`)
    await page.getByText('This entry has been corrected already').waitFor()
  })

  it('takes an entry back, with the reason', async () => {
    const statement = (await entries()).find((e) => e.type === 'statement-taken')!
    await open(`/cases/${caseId}/entries/${statement.id}/withdraw`)
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('alert').getByRole('link', { name: /Say in a few words/ }).waitFor()
    await page.getByLabel('Why is it taken back?').fill('Another case was meant')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('Recorded: A statement was taken (taken back)').waitFor()
    expect((await entries()).find((e) => e.id === statement.id)!.state).toBe('withdrawn')
  })

  it('is reviewed, with a lesson and an action, and the pages show both', async () => {
    await open(`/cases/${caseId}`)
    await page.getByRole('link', { name: 'Review of circumstances' }).click()
    await page.getByLabel('What could have been done differently?').fill('An adult could have been at the field.')
    await page.getByLabel('What has to change in the school?').fill('The lower field has to be seen at lunch.')
    await page.getByRole('button', { name: 'Add a lesson' }).click()
    await page.getByLabel('What is it about?').selectOption({ index: 1 })
    await page.getByLabel('What did we learn?').fill('A field that nobody sees is a place to be afraid of.')
    await page.getByRole('button', { name: 'Add an action' }).click()
    await page.getByLabel('What is to be done?').fill('A member of staff at the lower field')
    await page.getByLabel('Who sees to it?').fill('The head of year')
    await page.getByLabel('Done by').fill('2199-01-01')
    await page.getByLabel('How shall we know?').fill('Children say that they are seen there.')
    await page.getByLabel('What should happen to the number of reports?').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('Recorded. The figures follow in a moment.').waitFor()
    await atHead()
    await open('/lessons')
    await page.locator('details', { hasText: 'A member of staff at the lower field' }).first().locator('summary').first().click()
    await page.getByText('A member of staff at the lower field').first().waitFor()
    await page.getByText('A field that nobody sees is a place to be afraid of.').first().waitFor()
    await open('/reports/reviews')
    await page.getByText(/Computed from the record up to store position/).last().waitFor()
    await expectAccessible(page)
    const { tables } = (await (await program.ask('/api/reports/lessons')).json()) as Answer
    expect(tables.some(({ rows }) => rows.length > 0)).toBe(true)
  })

  it('goes by keyboard alone, on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await open('/record')
    const tabTo = async (what: () => Promise<boolean>) => {
      for (let i = 0; i < 60; i++) {
        if (await what()) return
        await page.keyboard.press('Tab')
      }
      throw new Error('The keyboard does not get there.')
    }
    const focused = (id: string) => () => page.evaluate((wanted) => document.activeElement?.id === wanted, id)
    const onButton = (words: string) => () => page.evaluate((w) => document.activeElement?.textContent?.trim() === w, words)
    await page.getByLabel('Somebody noticed something').waitFor()
    await tabTo(() => page.evaluate(() => document.activeElement?.getAttribute('name') === 'first'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByLabel('What was said or seen').waitFor()
    await tabTo(onButton('It was just now'))
    await page.keyboard.press('Enter')
    await tabTo(focused('field-data.summary'))
    await page.keyboard.type('Two children were seen apart from the others.')
    await tabTo(() => page.evaluate(() => document.activeElement?.getAttribute('name') === 'data.verbatim'))
    await page.keyboard.press('ArrowDown')
    await tabTo(onButton('Record'))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await expectAccessible(page)
    await photo(page, 'recording-phone')
    await page.keyboard.press('Enter')
    await page.getByText('Recorded: A concern was noticed').waitFor()
  })
})

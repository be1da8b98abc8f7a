import { definitionOf, definitionsFor, WITHDRAWAL, type EventType } from '@circumspect/domain'
import { randomUUID } from 'node:crypto'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldsOf } from '../../apps/dashboard/web/src/recording/model/fields-of'
import { expectAccessible, hasBrowser, launchBrowser, sideways } from '../support/browser'
import { fillForm, type Answers } from '../support/fill-form'
import { sent } from '../support/ingest'
import { RunningProgram } from '../support/program'

const [HARMED, ALLEGED] = ['Child A', 'Child B'] as const
const ON = { occurredAt: { date: '2026-03-03', precision: 'day' } }
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 900 }

/** What the rules want of a form beyond what its fields say. */
const ANSWERS: Partial<Record<EventType, Answers>> = {
  'child-involved': { 'Role in this incident': 'Witness' },
  'act-recorded': { 'Which child is said to have acted?': ALLEGED, 'On which child?': HARMED },
  'referral-answered': { 'What was the answer?': 'Declined' },
  'place-changed': { 'What is the place called?': 'Long corridor' },
  'timetable-set': { To: '15:30' },
  'terms-set': { 'Which school year?': '2025/26' },
  'recording-scope-declared': { 'In which system': 'paper-file' },
  'school-described': { URN: '100000', 'LAESTAB number': '1000000' },
  'school-registered': { URN: '100001', 'LAESTAB number': '1000001' },
}

/** What stands in the controls of the form; not what is left empty, as there is more to choose from with every record. */
const filledIn = (page: Page) =>
  page.locator('form.record').evaluate((form) =>
    [...form.querySelectorAll<HTMLInputElement>('input:not([aria-hidden], [type=radio], [type=checkbox]), :checked:not(option), select, textarea')].map((one) =>
      one.matches(':checked') ? `${one.name} ${one.labels?.[0]?.textContent ?? ''}` : `${one.id}: ${one.value}`,
    ),
  )

/** What of the form stands out of the window, or is cut. */
const cutOff = (page: Page) =>
  page.locator('form.record').evaluate((form) =>
    [...form.querySelectorAll('label, legend, button, input, select, textarea, p')]
      .filter((one) => one.checkVisibility() && !one.matches('.calendar, .spoken'))
      .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0 || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden')
      .map((one) => one.outerHTML.slice(0, 200)),
  )

describe.skipIf(!hasBrowser())('every form that the menus offer', { timeout: 400_000 }, () => {
  const program = new RunningProgram()
  const [school, caseId] = [randomUUID(), randomUUID()]
  const kept = new Map<string, string[]>()
  const recorded = new Map<EventType, object>()
  let browser: Browser
  let page: Page
  let forms: string[]

  beforeAll(async () => {
    const link = await program.start()
    const post = async (path: string, body: unknown) => {
      const answer = await program.ask(path, body)
      expect(answer.status, await answer.clone().text()).toBeLessThan(300)
      return (await answer.json()) as { child: string }
    }
    const place = (name: string) => sent('place-named', { place: randomUUID(), name }, ON)
    await post(`/api/schools/${school}/events`, [sent('school-registered', { name: 'Example School (made up)', trust: randomUUID(), trustName: 'Example Trust (made up)' }, ON), place('Long corridor'), place('Short corridor')])
    const [harmed, alleged] = [await post('/api/children', { references: [], name: HARMED }), await post('/api/children', { references: [], name: ALLEGED })].map(({ child }) => child)
    await post(`/api/cases/${caseId}/events?school=${school}`, [
      sent('disclosure-made', {}, ON),
      sent('incident-recorded', {}, ON),
      sent('child-involved', { child: harmed, role: 'alleged-victim', onRoll: school, sex: 'F' }, ON),
      sent('child-involved', { child: alleged, onRoll: school }, ON),
      sent('risk-assessed', { child: harmed }, ON),
      sent('referral-made', {}, ON),
      sent('support-planned', { child: alleged }, ON),
      sent('safety-plan-agreed', { plan: randomUUID(), child: harmed }, ON),
    ])
    await program.caughtUp()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: PHONE, locale: 'en-US', timezoneId: 'Europe/London' })
    await page.goto(link)
    await page.waitForURL((url) => url.pathname === '/')
    forms = await offered()
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  const open = async (path: string) => {
    await page.goto(new URL(path, page.url()).href)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  /** The addresses of all forms, read from the menu of the case and from the page of schools. */
  const offered = async () => {
    const paths: string[] = []
    for (const menu of [`/cases/${caseId}/record`, '/schools']) {
      await open(menu)
      await page.getByText(/^(Correct or take back what is mistaken|Register a school)$/).first().waitFor()
      const links = await page.locator('main a[href*="/record/"], main a[href$="/schools/register"]').evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname))
      paths.push(...links)
    }
    return [...new Set(paths)]
  }
  const typeOf = (path: string) => (path.endsWith('/register') ? 'school-registered' : path.split('/').at(-1)!) as EventType
  const submit = () => page.getByRole('button', { name: 'Record', exact: true }).click()
  /** Goes to a form by the menu, as a person does. */
  const goTo = async (path: string) => {
    const [menu, link] = path.startsWith('/cases/') ? ([`/cases/${caseId}/record`, /^(What else can be recorded|Record what comes next)$/] as const) : (['/schools', /^Schools( and places)?$/] as const)
    const way = page.getByRole('link', { name: link })
    if ((await way.count()) === 0) await open(menu)
    else await way.last().click()
    await page.waitForURL((url) => url.pathname === menu)
    const form = page.locator(`a[href="${path}"]`)
    await form.first().waitFor({ state: 'attached' })
    if (!(await form.first().isVisible())) await page.locator('details', { has: form }).locator('summary').click()
    await form.first().click()
    await page.waitForURL((url) => url.pathname === path)
    await page.locator('form.record').waitFor()
  }
  /** Records what is filled in; the command as it was sent. */
  const sentBy = async (click: () => Promise<void>): Promise<Request> => {
    const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('/events')), click()])
    expect(answer.status(), await answer.text()).toBe(201)
    return answer.request()
  }

  it('is offered, of every type of event there is to record', () => {
    const known = [...definitionsFor('case'), ...definitionsFor('school')].map(({ type }) => type)
    expect(forms.map(typeOf).sort()).toEqual([...new Set(known)].filter((type) => type !== WITHDRAWAL).sort())
  })

  it('says what is missing beside its fields, and unfolded fits a phone and a desk and is accessible', async () => {
    for (const path of forms) {
      const type = typeOf(path)
      await goTo(path)
      await submit()
      const lines = await page.getByRole('alert').getByRole('listitem').allTextContents()
      const beside = (await page.locator('form.record').textContent())!
      expect(lines.length, type).toBeGreaterThan(0)
      for (const words of lines.map((line) => line.slice(line.lastIndexOf(': ') + 2))) expect(beside, type).toContain(words)
      await fillForm(page, ANSWERS[type])
      // What was answered is wrong no longer.
      expect(await page.locator('form.record [aria-invalid="true"], form.record .said-wrong').count(), type).toBe(0)
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size)
        expect([await sideways(page), ...(await cutOff(page))], `${type} at ${size.width} px`).toEqual([0])
      }
      await expectAccessible(page)
      kept.set(path, await filledIn(page))
    }
  })

  it('keeps what was written over a reload, and records all of it', async () => {
    await page.reload()
    for (const path of forms) {
      const type = typeOf(path)
      await goTo(path)
      await page.getByText(/^Your draft of .* is put back/).waitFor()
      expect(await filledIn(page), type).toEqual(kept.get(path))
      const request = await sentBy(submit)
      const { data, occurredAt } = request.postDataJSON() as { data: object; occurredAt: object }
      expect(occurredAt, type).toEqual({ date: '2026-03-03', time: '14:30', precision: 'minute' })
      expect(Object.keys(data).sort(), type).toEqual(fieldsOf(type).map(({ key }) => key).sort())
      await page.getByText(`Recorded: ${definitionOf(type)!.title}.`).waitFor()
      recorded.set(type, data)
    }
    const { entries } = (await (await program.ask(`/api/cases/${caseId}`)).json()) as { entries: { type: EventType; data: object }[] }
    for (const type of forms.filter((path) => path.startsWith('/cases/')).map(typeOf))
      expect(entries.findLast((entry) => entry.type === type)?.data, type).toEqual(recorded.get(type))
    expect(((await (await program.ask('/api/drafts')).json()) as { drafts: unknown[] }).drafts).toEqual([])
    await open('/schools')
    await page.getByRole('heading', { level: 2, name: /^Words/ }).first().waitFor()
  })
})

import { Gate, SqliteAuditLog } from '@circumspect/access'
import { DASHBOARD_STATUSES, DashboardModule, LOCAL_ACCOUNT, NOT_YET, pages } from '@circumspect/dashboard'
import { streamId } from '@circumspect/domain'
import { ProblemFilter } from '@circumspect/http'
import { AppraisalWorker } from '@circumspect/views'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { existsSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import 'reflect-metadata'
import { launchBrowser } from '../support/browser'
import { fact } from '../support/least-facts'
import { openHistory, TESTER } from '../support/service'
import type { FeedGenerator } from './generator'
import { figure, median, ms, quantile, type Measured } from './table'
import { NOW, type Views } from './views'

const WEB = resolve('dist/web')
/** As the service has it: findings are worked out in a thread of their own. */
const APPRAISALS = resolve('dist/server/appraisals.js')
const FIRST_PAGE_MS = 1500
const ANSWER_MS = 200
const SCRIPT_KILOBYTES = 300
/** What can be said of all schools may take that long. */
const PATIENCE_MS = 120_000
const REST_MS = 300
/** At each step of its history the browser takes a picture of the page, for swiping back: without a graphics card, on the cores that answer. */
const NO_PICTURES = '--disable-features=BackForwardTransitions'
/** Of few cases it is not the time that is looked at. */
const runsFor = (cases: number) => (cases < 5000 ? 2 : 7)
const FILTERED = ['hotspots', 'patterns', 'time-to-referral', 'trend'] as const

/** The pages in a real browser: how soon the first can be used, how soon a filter answers, and how much script comes first. */
export async function measurePages(views: Views, generator: FeedGenerator, directory: string): Promise<Measured[]> {
  if (!existsSync(WEB) || !existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'))
    return [{ section: 'pages', what: 'pages in a browser', figure: 'not measured: no built pages, or no Chromium', against: '' }]
  const dashboard = await openDashboard(views, generator, directory)
  const browser = await launchBrowser(NO_PICTURES)
  try {
    const runs = runsFor(generator.cases)
    return [...(await firstPage(browser, dashboard.url, runs)), ...(await filtered(browser, dashboard.url, runs, generator.schools.length))]
  } finally {
    await browser.close()
    await dashboard.close()
  }
}

/** The dashboard over the views, with schools that have names and no cases to open. */
async function openDashboard(views: Views, { schools }: FeedGenerator, directory: string) {
  const history = await openHistory(() => NOW)
  for (const [i, { id }] of schools.entries())
    await history.recorder.record(streamId('school', id), [fact('school-registered', { name: `School ${i + 1} (made up)` })], { recordedBy: TESTER })
  const audit = new SqliteAuditLog(join(directory, 'pages-audit.db'))
  const appraisals = new AppraisalWorker(APPRAISALS)
  const ports = {
    reports: views.newReports(appraisals.appraise), store: history.store, vault: history.vault, gate: new Gate(), audit,
    now: () => NOW, accountOf: () => LOCAL_ACCOUNT, leaving: NOT_YET, parts: () => ({}),
  }
  const app = await NestFactory.create<NestExpressApplication>(DashboardModule.register(ports), { bodyParser: false, logger: false })
  app.use(pages(WEB))
  app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, () => undefined))
  await app.listen(0, '127.0.0.1')
  const url = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}`
  const close = async () => {
    await app.close()
    await appraisals.close()
    await audit.close()
    await history.close()
  }
  return { url, close }
}

const openPage = async (browser: Browser): Promise<Page> => (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage()

/** A browser that has never been here, from the address to a page whose controls can be used. */
async function firstPage(browser: Browser, url: string, runs: number): Promise<Measured[]> {
  const times: number[] = []
  let bytes = 0
  for (let run = 0; run < runs; run++) {
    const page = await openPage(browser)
    const sizes: Promise<number>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') sizes.push(response.request().sizes().then((s) => s.responseBodySize))
    })
    const start = performance.now()
    await page.goto(url, { waitUntil: 'commit' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('form, a').first().waitFor()
    times.push(performance.now() - start)
    await page.waitForLoadState('networkidle')
    bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    await page.context().close()
  }
  const [middle, kilobytes] = [median(times), bytes / 1000]
  return [
    { section: 'pages', what: 'first page can be used, nothing kept from before', figure: `${ms(middle)}, p95 ${ms(quantile(times, 0.95))}`, against: `median and p95 of ${runs} new browsers`, aim: `< ${FIRST_PAGE_MS} ms`, reached: middle < FIRST_PAGE_MS },
    { section: 'pages', what: 'script fetched for the first page', figure: `${figure(kilobytes)} kB`, against: 'as sent, compressed', aim: `< ${SCRIPT_KILOBYTES} kB`, reached: kilobytes < SCRIPT_KILOBYTES },
  ]
}

/** From choosing a school that has not been chosen before, on a page at rest, until the figures of that school are drawn. */
async function filtered(browser: Browser, url: string, runs: number, schools: number): Promise<Measured[]> {
  const page = await openPage(browser)
  await page.goto(`${url}/reports/${FILTERED[0]}`)
  await atRest(page)
  const measured: Measured[] = []
  // In turn, so that none is the one that the page has shown already: each report begins with the last choice of the one before.
  let chosen = 0
  const choices = Math.min(runs, schools - 1)
  for (const report of FILTERED) {
    if (report !== FILTERED[0]) await goTo(page, report)
    const times: number[] = []
    for (let run = 0; run < choices; run++) {
      times.push(await page.evaluate(choose, 1 + (chosen++ % schools)))
      await atRest(page)
    }
    const middle = median(times)
    measured.push({ section: 'pages', what: `another school chosen, ${report} drawn`, figure: `${ms(middle)}, p95 ${ms(quantile(times, 0.95))}`, against: `median and p95 of ${choices} choices, in the browser`, aim: `≤ ${ANSWER_MS} ms at 100,000 cases`, reached: middle <= ANSWER_MS })
  }
  await page.context().close()
  return measured
}

/** From one report to another, as a person goes. */
async function goTo(page: Page, report: string): Promise<void> {
  const link = page.locator(`nav a[href^="/reports/${report}"]`)
  if (!(await link.isVisible())) await page.locator('nav .unfolding button', { hasText: 'Figures' }).click()
  const before = await page.locator('h1').innerText()
  await link.click()
  await page.locator('h1').filter({ hasNotText: before }).waitFor()
  await atRest(page)
}

/**
 * In the page, as a person does it and sees it: chooses the school of this number, and gives the milliseconds until the frame after the one
 * in which the figures of the choice before have gone.
 */
async function choose(index: number): Promise<number> {
  // The figures come last on a page.
  const waits = () => [...document.querySelectorAll('.loaded')].at(-1)?.ariaBusy === 'true'
  // Told by the page, not asked at every frame: drawing frames takes time from what is measured.
  const became = (waiting: boolean) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (waits() !== waiting) return
        observer.disconnect()
        resolve()
      })
      observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-busy'] })
    })
  const select = [...document.querySelectorAll('select')].find(({ labels }) => labels[0]?.textContent === 'School')!
  const start = performance.now()
  // As the browser sets it: React looks past a plain assignment.
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!.set!.call(select, select.options[index]!.value)
  const began = became(true)
  select.dispatchEvent(new Event('change', { bubbles: true }))
  await began
  await became(false)
  await new Promise(requestAnimationFrame)
  return performance.now() - start
}

/** Figures and findings are there, and nothing is on its way. */
async function atRest(page: Page): Promise<void> {
  await page.getByText(/Computed from the record up to store position/).last().waitFor({ timeout: PATIENCE_MS })
  await page.getByText(/^Loading /).first().waitFor({ state: 'detached', timeout: PATIENCE_MS })
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: PATIENCE_MS })
  await page.waitForTimeout(REST_MS)
}

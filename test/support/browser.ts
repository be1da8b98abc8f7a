import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RunningProgram } from './program'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Is there a browser to test in? Where there is none it is said loudly, and in CI it is a failure. */
export const hasBrowser = (): boolean => {
  const there = existsSync(EXECUTABLE)
  if (!there) process.stderr.write(`\nSKIPPED, LOUDLY: no Chromium at ${EXECUTABLE}; the pages are not tested. Set CHROMIUM to one.\n\n`)
  if (!there && process.env.CI) throw new Error('In CI the pages are tested in a real browser.')
  return there
}

/** A real Chromium, without its calls home. */
export const launchBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })

/** The first screen of a page, for the documentation when it is asked for. */
export async function photo(page: Page, name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true })
  await page.screenshot({ path: `test-results/${name}-top.png` })
  if (process.env.UPDATE_PICTURES) copyFileSync(`test-results/${name}-top.png`, `docs/images/${name}.png`)
}

/** Takes a picture of the whole page for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true })
  await page.screenshot({ path: `test-results/${name}.png`, fullPage: true })
}

const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails with every breach of WCAG 2.2 A and AA that axe finds on the page; `enhanced` also with text of less contrast than 7 to 1. */
export async function expectAccessible(page: Page, { enhanced = false } = {}): Promise<void> {
  // Evaluated from outside: the page's own policy forbids inline scripts.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const options = { runOnly: AA, rules: { 'color-contrast-enhanced': { enabled: enhanced } } }
  const breaches = await page.evaluate(async (asked) => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
    }
    const { violations } = await axe.run(asked)
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary ?? ''}`).join(' | ')}`)
  }, options)
  expect(breaches).toEqual([])
}

/** A new browser, let into the program by a link of its own and at its first page. */
export async function enter(browser: Browser, program: RunningProgram, options: BrowserContextOptions = {}): Promise<Page> {
  const { link } = (await (await program.ask('/api/links', {})).json()) as { link: string }
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options })).newPage()
  await page.goto(link)
  await page.waitForURL((url) => url.pathname === '/')
  return page
}

/** Goes to a report by the navigation, as a person does. */
export async function openReport(page: Page, name: string): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Pages' })
  await navigation.getByRole('button', { name: 'Figures' }).click()
  await navigation.getByRole('link', { name, exact: true }).click()
}

/** How far the page scrolls sideways, in CSS pixels; 0 where it does not. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

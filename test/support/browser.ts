import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Is there a browser to test in? Where there is none it is said loudly, and in CI it is a failure. */
export const hasBrowser = (): boolean => {
  const there = existsSync(EXECUTABLE)
  if (!there) process.stderr.write(`\nSKIPPED, LOUDLY: no Chromium at ${EXECUTABLE}; the pages are not tested. Set CHROMIUM to one.\n\n`)
  if (!there && process.env.CI) throw new Error('In CI the pages are tested in a real browser.')
  return there
}

/** A real Chromium, without its calls home. */
export const launchBrowser = (): Promise<Browser> =>
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
    ],
  })

/** Takes a picture of the whole page for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true })
  await page.screenshot({ path: `test-results/${name}.png`, fullPage: true })
}

/** Fails with every breach of WCAG 2.2 A and AA that axe finds on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated from outside: the page's own policy forbids inline scripts.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const breaches = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }
    }
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary ?? ''}`).join(' | ')}`)
  })
  expect(breaches).toEqual([])
}

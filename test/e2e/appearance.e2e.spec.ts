import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, picture, sideways } from '../support/browser'
import { RunningProgram } from '../support/program'

const PAGES = [
  '/',
  '/overview',
  '/schools',
  '/cases',
  '/reports/hotspots',
  '/reports/patterns',
  '/reports/repeats',
  '/reports/time-to-referral',
  '/reports/responses',
  '/reports/reviews',
  '/reports/lessons',
  '/reports/reporting',
  '/reports/trend',
  '/reports/trend/compare',
  '/lessons',
  '/annual',
  '/record',
]

/** Text set wider, as WCAG 1.4.12 lets a reader set it. */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }'

describe.skipIf(!hasBrowser())('the pages, as different people see them', () => {
  const program = new RunningProgram()
  let browser: Browser

  beforeAll(async () => {
    await program.start('demo')
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await program.end()
  })

  async function goTo(page: Page, path: string): Promise<void> {
    await page.goto(new URL(path, page.url()).href)
    await page.getByRole('heading', { level: 1 }).waitFor()
    // A year of a trust takes a while to report on.
    await page.waitForLoadState('networkidle', { timeout: 120_000 })
  }
  const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

  it('keep the appearance that was chosen, in every tab and after a reload', async () => {
    const page = await enter(browser, program)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await page.getByLabel('Appearance').selectOption('High contrast, dark')
    expect(await background(page)).toBe('rgb(0, 0, 0)')
    await expect.poll(() => background(other)).toBe('rgb(0, 0, 0)')
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await background(page)).toBe('rgb(0, 0, 0)')
    await page.getByLabel('Appearance').selectOption('As this device is set')
    expect(await background(page)).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ contrast: 'more', colorScheme: 'dark' })
    await expect.poll(() => background(page)).toBe('rgb(0, 0, 0)')
    await page.context().close()
  })

  it('have text of enough contrast, whatever appearance is chosen', { timeout: 400_000 }, async () => {
    const page = await enter(browser, program)
    for (const path of PAGES) {
      await goTo(page, path)
      for (const look of ['Dark', 'High contrast, light', 'High contrast, dark']) {
        await page.getByLabel('Appearance').selectOption(look)
        await expectAccessible(page, { enhanced: look !== 'Dark' })
      }
    }
    await page.context().close()
  })

  it('keep every word and mark where a device forces its own colours', async () => {
    const page = await enter(browser, program, { forcedColors: 'active' })
    await goTo(page, '/reports/hotspots')
    await expectAccessible(page)
    const figures = page.getByRole('button', { name: 'Figures' })
    await figures.click()
    await expectAccessible(page)
    const link = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
    const edge = (of: typeof figures) => of.evaluate((element) => getComputedStyle(element).borderBottomColor)
    expect(await edge(link('Places and times'))).not.toBe(await edge(link('Patterns')))
    expect(await edge(figures)).not.toBe(await edge(link('Find')))
    await page.context().close()
  })

  it('stay whole at 200 % and at 400 %, and with text set wider: nothing scrolls sideways', async () => {
    const page = await enter(browser, program, { viewport: { width: 640, height: 450 } })
    for (const path of PAGES) {
      await goTo(page, path)
      for (const width of [640, 320]) {
        await page.setViewportSize({ width, height: width === 640 ? 450 : 256 })
        await expect.poll(() => sideways(page), { message: `${path} at ${width} px`, timeout: 10_000 }).toBe(0)
      }
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        document.adoptedStyleSheets.push(sheet)
      }, SPACED)
      for (const width of [320, 640]) {
        await page.setViewportSize({ width, height: width === 640 ? 450 : 256 })
        await expect.poll(() => sideways(page), { message: `${path} at ${width} px, text set wider`, timeout: 10_000 }).toBe(0)
      }
    }
    await page.context().close()
  })

  it('are gone through in order with the Tab key, what has it always to be seen', async () => {
    const page = await enter(browser, program)
    for (const path of ['/', '/reports/hotspots', '/record']) {
      await goTo(page, path)
      const stops = await page.evaluate(() => {
        const able = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
        // Of radio buttons the group is one stop, its first where none is chosen.
        const further = (e: Element) =>
          e instanceof HTMLInputElement &&
          e.type === 'radio' &&
          e !== (document.querySelector(`[name="${e.name}"]:checked`) ?? document.querySelector(`[name="${e.name}"]`))
        const there = [...document.querySelectorAll<HTMLElement>(able)].filter(
          (e) => e.checkVisibility() && !e.matches(':disabled') && e.tabIndex >= 0 && !further(e),
        )
        there.forEach((element, i) => (element.dataset.stop = String(i)))
        return there.length
      })
      expect(stops).toBeGreaterThan(10)
      let last = -1
      for (let presses = 0; last < stops - 1; presses++) {
        expect(presses, `${path}: presses of Tab`).toBeLessThan(stops * 4)
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          const box = element.getBoundingClientRect()
          const inView = box.bottom > 0 && box.top < innerHeight
          return { stop: Number(element.dataset.stop), seen: inView && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 }
        })
        expect(at.stop, `${path}: after stop ${last}`).toBeGreaterThanOrEqual(last)
        expect(at.stop, `${path}: after stop ${last}`).toBeLessThanOrEqual(last + 1)
        expect(at.seen, `${path}: stop ${at.stop} is to be seen`).toBe(true)
        last = at.stop
      }
    }
    await page.context().close()
  })

  it('print in dark ink on white, whatever the screen is, with what was chosen in words and no controls', async () => {
    const page = await enter(browser, program, { colorScheme: 'dark' })
    await goTo(page, '/reports/hotspots?from=2026-01-01&to=2026-03-31')
    expect(await background(page)).not.toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect.poll(() => background(page)).toBe('rgb(255, 255, 255)')
    await page.getByText('All 6 schools from 1 January 2026 to 31 March 2026').waitFor()
    for (const gone of [page.getByLabel('Appearance'), page.getByRole('navigation'), page.getByRole('combobox').first()])
      expect(await gone.isVisible()).toBe(false)
    await picture(page, 'print-hotspots')
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await expect.poll(() => background(page)).not.toBe('rgb(255, 255, 255)')
    await page.context().close()
  })
})

import { NO_STREAM, SqliteEventStore } from '@circumspect/event-store'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, expectAccessible, hasBrowser, launchBrowser, picture, sideways } from '../support/browser'
import { newEvent, newStream } from '../support/events'
import { RunningProgram } from '../support/program'
import { until } from '../support/service'

const SECRET = 'unmistakable-secret'

describe('events that cannot be carried into the figures', () => {
  const program = new RunningProgram()
  let head: number
  beforeAll(async () => {
    await program.start('demo')
    await program.stop()
    const store = new SqliteEventStore(join(program.directory, 'history.db'))
    const broken = { type: 'behaviour-assessed', data: { tool: { scheme: SECRET } } }
    await store.append(newStream(), [newEvent({ type: 'unheard-of' }), newEvent(broken), newEvent({ type: 'unheard-of' })], NO_STREAM)
    head = await store.head()
    await store.close()
    await program.start('demo')
  })
  afterAll(() => program.end())

  const json = async (path: string) => (await program.ask(path)).json() as Promise<Record<string, unknown>>

  it('block nothing, are counted, and stand with their reasons beside every report', async () => {
    await until('the figures are past them', async () => (await json('/api/ready')).watermark === head)
    expect(await json('/api/ready')).toMatchObject({ ready: true, head, watermark: head, parked: 3 })
    expect(await (await program.ask('/metrics')).text()).toContain('circumspect_parked_events 3\n')
    const { parked } = await json('/api/reports/trend')
    expect(parked).toEqual([
      { reason: 'This type of event is not known to this version of the program.', events: 2 },
      { reason: 'behaviour-assessed version 1 does not fit its schema.', events: 1 },
    ])
    // A figure of before is not without them.
    expect((await json('/api/reports/trend?asOf=2026-01-01T00:00:00Z')).parked).toEqual([])
    expect((await program.ask('/api/reports/trend?format=csv')).headers.get('X-Events-Not-Carried')).toBe('3')
  })

  describe.skipIf(!hasBrowser())('on the pages', () => {
    let browser: Browser
    beforeAll(async () => void (browser = await launchBrowser()))
    afterAll(() => browser?.close())

    it('say how many, and why, to whoever reads, and nothing of what was recorded', async () => {
      const page = await enter(browser, program)
      for (const report of ['trend', 'hotspots']) {
        await page.goto(new URL(`/reports/${report}`, page.url()).href)
        const note = page.getByRole('note', { name: 'What is in no figure' })
        await note.scrollIntoViewIfNeeded()
        expect(await note.innerText()).toContain('3 events that were recorded could not be carried into the figures.')
        expect(await note.getByRole('listitem').allInnerTexts()).toEqual([
          'This type of event is not known to this version of the program. (2 events)',
          'behaviour-assessed version 1 does not fit its schema. (one event)',
        ])
        expect(await page.content()).not.toContain(SECRET)
        await expectAccessible(page)
        await picture(page, `parked-${report}`)
      }
      await page.setViewportSize({ width: 390, height: 844 })
      await page.getByRole('note', { name: 'What is in no figure' }).scrollIntoViewIfNeeded()
      expect(await sideways(page)).toBe(0)
      await picture(page, 'parked-narrow')
    })
  })
})

import { instantsOf, toFeedEvent, type RecordedEvent } from '@circumspect/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHistory, type History } from '../../../../test/support/service'
import { fillWithDemo, type DemoOptions } from './fill'
import { TRUST } from './trust'

const TODAY = '2026-11-20'
const SMALL: DemoOptions = { seed: 7, today: TODAY, share: 0.2 }

describe('the made-up trust', () => {
  let history: History
  let events: readonly RecordedEvent[]
  const of = (type: string) => events.filter((e) => e.type === type)

  const fill = async (options: DemoOptions) => {
    const filled = await openHistory()
    await fillWithDemo(filled, options)
    return { filled, events: await filled.store.readAll(0, 100_000) }
  }
  beforeAll(async () => {
    const { filled, events: all } = await fill(SMALL)
    history = filled
    events = all
  })
  afterAll(() => history.close())

  it('is the same for the same seed and day, but for the random ids of its children', async () => {
    const childrenOf = (all: readonly RecordedEvent[]) => new Set(all.filter((e) => e.type === 'child-involved').map((e) => String(e.data.child)))
    const shape = (all: readonly RecordedEvent[]) => {
      const children = childrenOf(all)
      return all.map((e) => JSON.stringify(toFeedEvent(e)).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => (children.has(id) ? 'child' : id)))
    }
    const again = await fill(SMALL)
    // Streams of one day are written at once, in whatever order they come.
    expect(shape(again.events).map(withoutPlace).sort()).toEqual(shape(events).map(withoutPlace).sort())
    await again.filled.close()
  })

  it('is six schools with three school years and the one that is on, and a roll for each term', () => {
    expect(of('school-registered').map((e) => e.data.phase).sort()).toEqual(TRUST.map((s) => s.phase).sort())
    expect(new Set(of('terms-set').map((e) => e.data.schoolYear))).toEqual(new Set(['202324', '202425', '202526', '202627']))
    expect(of('roll-counted')).toHaveLength(6 * 7)
    const north = of('roll-counted').find((e) => (e.data.groups as { pupils: number }[]).reduce((sum, g) => sum + g.pupils, 0) === 1200)
    expect(north).toBeDefined()
  })

  it('has everything that happens in a case: responses, reviews, corrections, something withdrawn, something open', () => {
    for (const type of ['referral-made', 'risk-assessed', 'safety-plan-agreed', 'circumstances-reviewed', 'action-completed', 'school-finding-recorded', 'case-dealt-with'])
      expect(of(type).length, type).toBeGreaterThan(0)
    expect(events.filter((e) => e.supersedes !== undefined).length).toBeGreaterThan(0)
    expect(of('incident-recorded').length).toBeGreaterThan(80)
  })

  it('was recorded as it happened: never before, nor after the last day', () => {
    const recorded = events.map((e) => e.recordedAt)
    expect(recorded).toEqual([...recorded].sort())
    expect(recorded.at(-1)! < `${TODAY}T23:59`).toBe(true)
    for (const { occurredAt, recordedAt } of events) expect(instantsOf(occurredAt).earliest).toBeLessThanOrEqual(Date.parse(recordedAt))
  })

  it('calls nobody by a name that somebody could have', async () => {
    const children = [...new Set(of('child-involved').map((e) => String(e.data.child)))]
    for (const child of children) expect((await history.vault.details(child))?.name).toMatch(/^Child [A-Z]\d{1,2}-\d{1,3}$/)
    expect(children.length).toBeGreaterThan(100)
  })
})

const withoutPlace = (event: string): string => event.replace(/"position":\d+/, '')

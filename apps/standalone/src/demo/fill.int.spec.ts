import { instantsOf, toFeedEvent, type RecordedEvent } from '@circumspect/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHistory, type History } from '../../../../test/support/service'
import { fillWithDemo } from './fill'

const SEED = 7

describe('the made-up school', () => {
  let history: History
  let events: readonly RecordedEvent[]
  const of = (type: string) => events.filter((e) => e.type === type)

  const fill = async (seed: number) => {
    const filled = await openHistory()
    await fillWithDemo(filled, seed)
    return { filled, events: await filled.store.readAll(0, 10_000) }
  }
  beforeAll(async () => {
    const { filled, events: all } = await fill(SEED)
    history = filled
    events = all
  })
  afterAll(() => history.close())

  it('is the same for the same seed, but for the random ids of its children', async () => {
    const shape = (all: readonly RecordedEvent[], child: RegExp) => JSON.stringify(all.map(toFeedEvent)).replace(child, 'child')
    const childrenOf = (all: readonly RecordedEvent[]) =>
      new RegExp([...new Set(all.filter((e) => e.type === 'child-involved').map((e) => e.data.child))].join('|'), 'g')
    const again = await fill(SEED)
    expect(shape(again.events, childrenOf(again.events))).toBe(shape(events, childrenOf(events)))
    await again.filled.close()
  })

  it('has sixty cases in a school year, each with its incident and who was involved, and reviews of most', () => {
    expect(of('incident-recorded')).toHaveLength(60)
    expect(of('act-recorded')).toHaveLength(60)
    expect(of('child-involved')).toHaveLength(120)
    expect(of('circumstances-reviewed').length).toBeGreaterThan(30)
    const days = of('incident-recorded').map((e) => e.occurredAt.date)
    expect([days.every((d) => d >= '2025-09-03' && d <= '2026-07-21'), new Set(days).size > 30]).toEqual([true, true])
  })

  it('has one place that stands out', async () => {
    const school = of('school-registered')[0]!
    const opened = await Promise.all((await history.store.readStream(school.stream)).map((e) => history.vault.open(school.stream, e)))
    const names = new Map(opened.filter((e) => e.type === 'place-named').map((e) => [e.data.place, e.data.name]))
    const counts = new Map<unknown, number>()
    for (const { data } of of('incident-recorded'))
      if (data.place !== undefined) counts.set(names.get(data.place), (counts.get(names.get(data.place)) ?? 0) + 1)
    const [[first, most], [, next]] = [...counts].sort(([, a], [, b]) => b - a) as [[string, number], [string, number]]
    expect(first).toBe('North corridor')
    expect(most).toBeGreaterThan(next)
  })

  it('calls nobody by a name that somebody could have', async () => {
    const children = [...new Set(of('child-involved').map((e) => String(e.data.child)))]
    const names = await Promise.all(children.map(async (child) => (await history.vault.details(child))?.name))
    expect(names.length).toBeGreaterThan(40)
    for (const name of names) expect(name).toMatch(/^Child [A-E]\d{1,2}$/)
  })

  it('was recorded as it happened: never before, and in the order of the simulated clock', () => {
    const recorded = events.map((e) => e.recordedAt)
    expect(recorded).toEqual([...recorded].sort())
    for (const { occurredAt, recordedAt } of events) expect(instantsOf(occurredAt).earliest).toBeLessThanOrEqual(Date.parse(recordedAt))
  })
})

import { ClickHouseReports, DATABASES, type Finding, type ReportName } from '@circumspect/views'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import { PLANTED } from '../../apps/standalone/src/demo/planted'
import { TRUST, type SchoolKey } from '../../apps/standalone/src/demo/trust'
import { useClickHouse } from '../support/clickhouse'
import { openHistory, project, until, type History } from '../support/service'

const TODAY = '2026-11-20'
type Cells = Record<string, unknown>

/** What is planted in the made-up trust is found: in the plain figures of the reports, and named by the findings, there and nowhere else. */
describe('the made-up trust', () => {
  const clickhouse = useClickHouse()
  let history: History
  let reports: ClickHouseReports
  let stop: () => Promise<void>
  const schools = new Map<SchoolKey, string>()
  const names = new Map<string, string>()

  beforeAll(async () => {
    history = await openHistory()
    await fillWithDemo(history, { today: TODAY })
    const projector = await project(history, clickhouse.projector())
    stop = () => projector.stop()
    reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date(`${TODAY}T18:00:00Z`))
    await until('the views are at the head', async () => (await reports.watermark()) >= (await history.store.head()))
    for (const event of await history.store.readAll(0, 100_000)) {
      if (!['school-registered', 'place-named'].includes(event.type)) continue
      const opened = await history.vault.open(event.stream, event)
      const data = opened.data as { name: string; place?: string }
      names.set(data.place ?? event.school, data.name)
      const plan = TRUST.find((s) => s.name === data.name)
      if (plan) schools.set(plan.key, event.school)
    }
  })
  afterAll(async () => {
    await stop()
    await history.close()
  })

  const rows = async (report: ReportName, table: string, of: string[] = [...schools.values()]): Promise<Cells[]> =>
    (await reports.run(report, { schools: of })).tables.find((t) => t.name === table)!.rows as Cells[]
  const standingOut = async (report: ReportName): Promise<Finding[]> =>
    (await reports.appraise(report, { schools: [...schools.values()] })).findings.filter((f) => f.kind === 'stands-out')

  it('has a corridor that stands out at lesson change', async () => {
    const cells = await rows('hotspots', 'on-site')
    const counts = new Map<string, number>()
    for (const c of cells) counts.set(`${String(c.school)} ${String(c.place)} ${String(c.slot)}`, (counts.get(`${String(c.school)} ${String(c.place)} ${String(c.slot)}`) ?? 0) + Number(c.incidents))
    const inBreaks = [...counts].filter(([key]) => !key.endsWith(' lesson')).sort(([, a], [, b]) => b - a)
    const [school, place, slot] = inBreaks[0]![0].split(' ')
    expect([school, names.get(place!), slot]).toEqual([schools.get(PLANTED.corridor.school), 'North corridor', 'lesson-change'])
    expect(inBreaks[0]![1]).toBeGreaterThan(2 * inBreaks[1]![1])
    const found = await standingOut(PLANTED.corridor.report)
    expect(found.map((f) => f.code)).toEqual(['cluster'])
    expect(found[0]!.text).toContain(`{${schools.get(PLANTED.corridor.school)!}}`)
  })

  it('has pupils with SEN harmed far more often than the others at one school', async () => {
    const found = (await standingOut(PLANTED.sen.report)).filter((f) => f.text.includes('pupils with SEN'))
    expect(found.map((f) => f.text.includes(schools.get(PLANTED.sen.school)!) && f.text.includes('as harmed'))).toEqual([true])
  })

  it('has one school that is slow to refer', async () => {
    const medians = new Map((await rows('time-to-referral', 'outcomes')).filter((r) => r.dimension === 'school').map((r) => [r.value, Number(r.median_hours)]))
    const slow = medians.get(schools.get(PLANTED.slow.school))!
    for (const [school, median] of medians) if (school !== schools.get(PLANTED.slow.school) && median > 0) expect(slow).toBeGreaterThan(3 * median)
    const found = await standingOut(PLANTED.slow.report)
    expect(found.map((f) => [f.code, f.text.includes(schools.get(PLANTED.slow.school)!)])).toEqual([['slow-school', true]])
  })

  it('has one pair that comes again after it was dealt with, at one school', async () => {
    for (const [key, school] of schools) {
      const [pairs] = await rows('repeats', 'pairs', [school])
      expect([pairs!.again, pairs!.persisted], key).toEqual(key === PLANTED.pair.school ? [1, 1] : [0, 0])
    }
    expect((await standingOut(PLANTED.pair.report)).map((f) => f.code)).toEqual(['persisted'])
    const school = schools.get(PLANTED.pair.school)!
    const behind = await reports.behind('repeats', { schools: [school] }, { table: 'pairs', column: 'persisted', row: {} })
    expect(behind!.cases).toHaveLength(1 + PLANTED.pair.again)
  })

  it('has one school that reports far less than its peer', async () => {
    const rates = (await rows('reporting', 'schools')).filter((r) => r.phase === 'primary').map((r) => [r.school, Number(r.cases_per_1000)] as const)
    const quiet = rates.find(([school]) => school === schools.get(PLANTED.quiet.school))![1]
    for (const [school, rate] of rates) if (school !== schools.get(PLANTED.quiet.school)) expect(rate).toBeGreaterThan(3 * quiet)
    const found = await standingOut(PLANTED.quiet.report)
    expect(found.map((f) => [f.code, f.text.includes(schools.get(PLANTED.quiet.school)!)])).toEqual([['low-reporting', true]])
  })
})

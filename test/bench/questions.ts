import { REPORT_NAMES, type ReportName, type ClickHouseReports, type ReportRequest } from '@circumspect/views'
import type { FeedGenerator } from './generator'
import { figure, median, ms, quantile, type Measured } from './table'
import type { Views } from './views'

export interface Scope {
  readonly name: string
  /** Which schools, at each run: so that no answer can be the last one again. */
  readonly schools: (run: number) => readonly string[]
  readonly runs: number
  /** Median, milliseconds, at 1,000,000 cases. */
  readonly aim?: number
}

/** One school, 20 schools, all of them; the first school is the small one and is asked apart. */
export function scopesOf({ schools, cases }: FeedGenerator): Scope[] {
  // Of few cases it is not the time that is looked at.
  const [many, some] = cases < 5000 ? [2, 2] : [21, 9]
  const ids = schools.map((s) => s.id)
  const usual = ids.slice(1)
  return [
    { name: 'one school', schools: (run) => [usual[(run * 7) % usual.length]!], runs: many, aim: 15 },
    { name: '20 schools', schools: (run) => Array.from({ length: Math.min(20, ids.length) }, (_, i) => ids[(run * 20 + i) % ids.length]!), runs: some, aim: 40 },
    { name: 'all schools', schools: () => ids, runs: 2 },
  ]
}

/** A question that has taken so long in all is not asked again. */
const LONG_ENOUGH_MS = 6000

/** Milliseconds of each run after one that warms. A question that is refused as too large gives none. */
export async function timed(runs: number, ask: (run: number) => Promise<unknown>): Promise<number[] | Error> {
  const times: number[] = []
  const begun = performance.now()
  try {
    for (let run = -1; run < runs && (times.length === 0 || performance.now() - begun < LONG_ENOUGH_MS); run++) {
      const start = performance.now()
      await ask(run + 1)
      if (run >= 0) times.push(performance.now() - start)
    }
  } catch (error) {
    return error as Error
  }
  return times
}

const shown = (times: number[] | Error) => (times instanceof Error ? `refused: ${times.message}` : `${ms(median(times))}, p95 ${ms(quantile(times, 0.95))}`)
const howOften = (times: number[] | Error) => (times instanceof Error ? '' : `median and p95 of ${times.length} warm ${times.length === 1 ? 'run' : 'runs'}`)

export interface Answered {
  readonly measured: readonly Measured[]
  /** The median of each report for one school of the usual size, ms. */
  readonly oneSchool: ReadonlyMap<ReportName, number>
}

/** Every report for one school, twenty and all, each time by reports that keep nothing of an answer before; then asked again. */
export async function measureReports({ newReports }: Views, generator: FeedGenerator): Promise<Answered> {
  const oneSchool = new Map<ReportName, number>()
  const measured: Measured[] = []
  for (const scope of scopesOf(generator))
    for (const name of REPORT_NAMES) {
      const times = await timed(scope.runs, (run) => newReports().run(name, { schools: [...scope.schools(run)] }))
      const middle = times instanceof Error ? Infinity : median(times)
      if (scope.name === 'one school') oneSchool.set(name, middle)
      measured.push({
        section: 'reports', what: `report ${name}, ${scope.name}`, figure: shown(times), against: howOften(times),
        ...(scope.aim !== undefined && { aim: `≤ ${scope.aim} ms median at 1,000,000 cases`, reached: middle <= scope.aim }),
      })
    }
  return { measured: [...measured, await measureAgain(newReports(), generator), ...(await measureAsOf(newReports, generator))], oneSchool }
}

/** Every report of one school once more, nothing of it having changed. */
async function measureAgain(reports: ClickHouseReports, generator: FeedGenerator): Promise<Measured> {
  const schools = [generator.schools.at(-1)!.id]
  for (const name of REPORT_NAMES) await reports.run(name, { schools })
  const times = await timed(REPORT_NAMES.length * 3, (run) => reports.run(REPORT_NAMES[run % REPORT_NAMES.length]!, { schools }))
  return { section: 'reports', what: 'any report of one school, asked again with nothing of it changed', figure: shown(times), against: howOften(times) }
}

/** A question as of the middle of it all, which is folded from the ledger. */
async function measureAsOf(newReports: Views['newReports'], generator: FeedGenerator): Promise<Measured[]> {
  const request = (schools: readonly string[]): ReportRequest => ({ schools: [...schools], asOf: '2025-03-31T12:00:00Z' })
  const measured: Measured[] = []
  for (const scope of scopesOf(generator).slice(0, 2)) {
    const times = await timed(Math.min(9, scope.runs), (run) => newReports().run('hotspots', request(scope.schools(run))))
    measured.push({ section: 'reports', what: `report hotspots as of a date half way, ${scope.name}`, figure: shown(times), against: 'folded from the ledger' })
  }
  return measured
}

/** Of a school alike when everything is ten times as much, and of a school of a tenth the size. */
export async function measureGrowth({ newReports }: Views, generator: FeedGenerator, oneSchool: ReadonlyMap<ReportName, number>, smaller: ReadonlyMap<ReportName, number> | undefined): Promise<Measured[]> {
  const measured: Measured[] = []
  const worst = (ratios: readonly number[]) => Math.max(...ratios)
  if (smaller) {
    const ratios = REPORT_NAMES.map((name) => oneSchool.get(name)! / smaller.get(name)!)
    measured.push({
      section: 'growth', what: 'one school, when there are ten times as many cases in ten times as many schools', figure: `${figure(worst(ratios))} × (median ${figure(median(ratios))} ×)`,
      against: 'the slowest growing report, medians, the size before', aim: '≤ 2 ×', reached: worst(ratios) <= 2,
    })
  }
  const small = generator.schools[0]!.id
  const ratios: number[] = []
  for (const name of REPORT_NAMES) {
    const times = await timed(9, () => newReports().run(name, { schools: [small] }))
    if (!(times instanceof Error)) ratios.push(oneSchool.get(name)! / median(times))
  }
  measured.push({ section: 'growth', what: 'one school that has ten times as many cases', figure: `${figure(worst(ratios))} × (median ${figure(median(ratios))} ×)`, against: 'a school with a tenth of its cases, the same store, the slowest growing report' })
  return measured
}

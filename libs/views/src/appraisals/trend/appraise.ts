import { falseAlarms, FEWEST_PER_PERIOD, mannKendall, senSlope, xmrChart, type ControlChart } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { counted, figure, percent, round } from '../words'
import schoolDaysSql from './school-days.sql?raw'

/** A stretch of school days and the cases told in it. */
interface Period {
  /** `2026-03`, or `202526 spring`. */
  readonly name: string
  readonly cases: number
  readonly schoolDays: number
}

const SEED = 1
/** Limits mean little from fewer points. */
const LEAST_PERIODS = 8
/** A month with hardly any school day (August) is no month like the others. */
const LEAST_OF_A_MONTH = 0.3

/** Trend: by the month, or by the term where months hold too few cases. */
export const trend: AppraisalDefinition = {
  questions: { 'school-days': { sql: schoolDaysSql } },
  appraise({ rows }) {
    const months = monthsOf(rows['school-days']!)
    const by = meanOf(months) >= FEWEST_PER_PERIOD ? 'month' : 'term'
    const periods = by === 'month' ? months : termsOf(rows['school-days']!)
    if (periods.length < LEAST_PERIODS || meanOf(periods) < FEWEST_PER_PERIOD) return { findings: [few(periods, by)], tables: [] }
    const chart = xmrChart(periods.map(rateOf))
    return { findings: [latest(periods, chart, by), ...slope(periods, by)], tables: [chartTable(periods, chart)] }
  },
}

const asPeriod = (r: Row): Period => ({ name: String(r.month), cases: Number(r.cases), schoolDays: Number(r.school_days) })
const rateOf = ({ cases, schoolDays }: Period): number => (cases / schoolDays) * 100
const meanOf = (periods: readonly Period[]): number => (periods.length === 0 ? 0 : periods.reduce((sum, p) => sum + p.cases, 0) / periods.length)

function monthsOf(rows: readonly Row[]): Period[] {
  const months = rows.map(asPeriod)
  const days = months.map((m) => m.schoolDays).sort((a, b) => a - b)
  const least = (days[Math.floor(days.length / 2)] ?? 0) * LEAST_OF_A_MONTH
  return months.filter((m) => m.schoolDays > least)
}

/** Autumn to December, spring to March, summer to August. */
function termsOf(rows: readonly Row[]): Period[] {
  const terms = new Map<string, Period>()
  for (const { name: month, cases, schoolDays } of rows.map(asPeriod)) {
    const [year, m] = [Number(month.slice(0, 4)), Number(month.slice(5))]
    const starts = m >= 9 ? year : year - 1
    const name = `${starts}${String((starts + 1) % 100).padStart(2, '0')} ${m >= 9 ? 'autumn' : m <= 3 ? 'spring' : 'summer'}`
    const before = terms.get(name) ?? { name, cases: 0, schoolDays: 0 }
    terms.set(name, { name, cases: before.cases + cases, schoolDays: before.schoolDays + schoolDays })
  }
  return [...terms.values()].filter((t) => t.schoolDays > 0)
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const inWords = ({ name }: Period): string =>
  name.includes(' ') ? `the ${name.slice(7)} term of ${name.slice(0, 4)}/${name.slice(4, 6)}` : `${MONTHS[Number(name.slice(5)) - 1]!} ${name.slice(0, 4)}`

const HOW = (periods: readonly Period[], by: string, alarms: number): string =>
  `XmR chart of cases for each 100 school days by the ${by} they were told, after NHS England's “Making Data Count”: mean ± 2.66 × mean moving range, moving ranges of 3.267 × their mean or more screened out; signals: outside the limits, 7 on one side of the mean, 7 rising or falling, 2 of 3 in the outer third. Of ${periods.length} ${by}s of pure chance at this mean, ${percent(alarms)} of charts show a signal somewhere (2,000 charts, seed ${SEED}).`

function latest(periods: readonly Period[], chart: ControlChart, by: string): Finding {
  const [last, point] = [periods.at(-1)!, chart.points.at(-1)!]
  const { share } = falseAlarms({ mean: meanOf(periods), points: periods.length, seed: SEED })
  const how = HOW(periods, by, share)
  const rate = `${round(rateOf(last), 1)} cases for each 100 school days`
  const usual = `between ${round(Math.max(0, chart.lower!), 1)} and ${round(chart.upper!, 1)}`
  if (point.signals.length === 0)
    return {
      code: 'ordinary-variation',
      kind: 'ordinary',
      text: `${inWords(last).replace(/^./, (c) => c.toUpperCase())}, with ${rate}, is within what varies from ${by} to ${by} anyway (${usual}).`,
      caution: `A difference between two ${by}s within these limits needs no reason, and explains nothing.`,
      how,
    }
  const up = point.signals[0]!.direction === 'up'
  return {
    code: up ? 'signal-up' : 'signal-down',
    kind: 'stands-out',
    text: `${inWords(last).replace(/^./, (c) => c.toUpperCase())}, with ${rate}, ${up ? 'is more' : 'is less'} than varies from ${by} to ${by} anyway (${usual} is usual).`,
    caution: `${up ? 'More reports can mean that more happens, or that more children tell.' : 'Fewer reports can mean that less happens, or that fewer children tell.'} Of charts of pure chance like this one, ${percent(share)} show a signal somewhere.`,
    how,
  }
}

/** A trend over the whole time, with no shape assumed. */
function slope(periods: readonly Period[], by: string): Finding[] {
  const values = periods.map(rateOf)
  const { p } = mannKendall(values)
  const sen = senSlope(values)
  if (p > 0.05 || sen === null || sen.slope === 0) return []
  const perYear = (value: number) => round(Math.abs(value) * (by === 'month' ? 10 : 3), 1)
  return [{
    code: sen.slope > 0 ? 'rising' : 'falling',
    kind: 'note',
    text: `Over ${counted(periods.length, by)} reporting has ${sen.slope > 0 ? 'risen' : 'fallen'} by about ${perYear(sen.slope)} cases for each 100 school days a school year.`,
    caution: 'A slow change in what is reported can be a change in what happens, in who tells, or in what is recorded.',
    how: `Mann–Kendall test, p ${round(p, 4)}; Sen's slope, 95 % interval ${round(sen.lower, 3)} to ${round(sen.upper, 3)} a ${by}.`,
  }]
}

const few = (periods: readonly Period[], by: string): Finding => ({
  code: 'few-cases',
  kind: 'unsure',
  text: `Too few cases or too short a time to tell a change from chance: ${counted(periods.reduce((sum, p) => sum + p.cases, 0), 'case')} in ${counted(periods.length, by)}.`,
  caution: `It takes at least ${LEAST_PERIODS} ${by}s with ${FEWEST_PER_PERIOD} cases each, on average.`,
  how: '',
})

function chartTable(periods: readonly Period[], chart: ControlChart): Table {
  return {
    name: 'control-chart',
    title: 'Control chart',
    columns: [
      { key: 'period', label: 'Period' },
      { key: 'cases', label: 'Cases told', unit: 'cases' },
      { key: 'school_days', label: 'School days, all schools together', unit: 'school days' },
      { key: 'rate', label: 'Cases per 100 school days', unit: 'per 100 school days' },
      { key: 'mean', label: 'Mean', unit: 'per 100 school days' },
      { key: 'lower', label: 'Lower limit', unit: 'per 100 school days' },
      { key: 'upper', label: 'Upper limit', unit: 'per 100 school days' },
      { key: 'signal', label: 'Signal' },
    ],
    rows: periods.map((p, i) => ({
      period: inWords(p), cases: p.cases, school_days: p.schoolDays, rate: figure(rateOf(p), 2), mean: figure(chart.mean, 2), lower: figure(chart.lower, 2), upper: figure(chart.upper, 2),
      signal: chart.points[i]!.signals.length === 0 ? null : chart.points[i]!.signals.map((s) => `${s.rule} ${s.direction}`).join(', '),
    })),
  }
}

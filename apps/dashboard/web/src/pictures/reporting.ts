import type { NamedReport } from '../shared/named'
import { bars, drawn, figure, pointsOf, rowsOf, valuesOf, word, type Pictures, type Row } from './rows'

/** Reports against roll among schools that can be compared; who told; how long it took. */
export function reporting(report: NamedReport): Pictures {
  const schools = rowsOf(report, 'schools').filter((r) => r.compared_with !== 'not comparable')
  const groups = valuesOf(schools, 'compared_with').filter((group) => schools.filter((r) => r.compared_with === group).length > 1)
  return {
    schools: drawn(
      ...groups.map((group) => {
        const those = schools.filter((r) => r.compared_with === group)
        return bars({
          title: `Cases told per 1,000 pupils, among ${those.length} schools of the same phase (${String(those[0]!.phase)}) and declared scope`,
          unit: 'per 1,000 pupils',
          series: ['Cases per 1,000 pupils'],
          points: pointsOf(those, (r) => word(r, 'school', report), ['cases_per_1000']),
        })
      }),
    ),
    'who-told': drawn(
      bars({
        title: 'Who told',
        unit: 'cases',
        series: ['Cases'],
        points: pointsOf(rowsOf(report, 'who-told'), (r) => word(r, 'reported_by', report), ['cases']),
      }),
    ),
    delay: drawn(
      bars({
        title: 'From the incident to its telling',
        unit: 'cases',
        stacked: true,
        series: ['Same day', '1 to 7 days', '8 to 30 days', 'Later'],
        points: pointsOf(rowsOf(report, 'delay'), (r) => word(r, 'school', report), ['same_day', 'within_7_days', 'within_30_days', 'later']),
      }),
    ),
  }
}

/** Month by month, those without a case too: a quiet month has to be seen. */
export function trend(report: NamedReport): Pictures {
  const months = everyMonth(rowsOf(report, 'months'))
  return {
    months: drawn(
      bars({
        title: 'Cases for each 100 school days, by the month they were told',
        unit: 'per 100 school days',
        standing: true,
        series: ['Cases per 100 school days'],
        points: pointsOf(months, (r) => monthInShort(String(r.month)), ['cases_per_100_days']),
      }),
      bars({
        title: 'Cases by the month they were told',
        unit: 'cases',
        standing: true,
        series: ['Cases'],
        points: months.map((r) => ({ label: monthInShort(String(r.month)), values: [figure(r, 'cases') ?? 0] })),
      }),
    ),
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Jan 26 */
export const monthInShort = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1]!} ${month.slice(2, 4)}`

const MOST_MONTHS = 240

/** The months from the first row's to the last's, with what is known of each. */
export function everyMonth(rows: readonly Row[]): Row[] {
  const last = rows.at(-1)?.month
  const found = new Map(rows.map((r) => [String(r.month), r]))
  const all: Row[] = []
  for (let month = String(rows[0]?.month ?? ''); rows.length > 0 && all.length < MOST_MONTHS; month = next(month)) {
    all.push(found.get(month) ?? { month, cases: 0 })
    if (month === last) break
  }
  return all
}

const next = (month: string): string => {
  const [year, m] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return m === 12 ? `${year + 1}-01` : `${year}-${String(m + 1).padStart(2, '0')}`
}

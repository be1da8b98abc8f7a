import { figure, rowsOf, type Row } from '../pictures/rows'
import type { NamedReport } from '../shared/api'

const sum = (rows: readonly Row[], key: string): number => rows.reduce((all, row) => all + (figure(row, key) ?? 0), 0)
const counted = (n: number, one: string, several = `${one}s`): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : several}`
const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 100)} %`

/** Cases and incidents, and the time they are of. */
export function trendInWords(report: NamedReport): string {
  const rows = rowsOf(report, 'months')
  const cases = sum(rows, 'cases')
  return cases === 0 ? 'No case was told in this time.' : `${counted(cases, 'case')} told, with ${counted(sum(rows, 'incidents'), 'incident')}.`
}

/** What waits for somebody: each with the number, none where there is nothing. */
export interface Waiting {
  readonly what: string
  readonly number: number
  readonly report: 'time-to-referral' | 'reviews' | 'responses' | 'lessons'
}

export function waiting(referral: NamedReport, reviews: NamedReport, responses: NamedReport, lessons: NamedReport): Waiting[] {
  const all = rowsOf(referral, 'outcomes').filter((r) => r.dimension === 'all')
  const overdueActions = rowsOf(lessons, 'actions').filter((r) => r.state === 'overdue').length
  const every: Waiting[] = [
    { what: 'cases where a referral was due, neither made nor decided against', number: sum(all, 'open'), report: 'time-to-referral' },
    { what: 'referrals not answered', number: sum(rowsOf(responses, 'referrals'), 'unanswered'), report: 'responses' },
    { what: 'risk assessments and plans overdue for review', number: sum(rowsOf(responses, 'overdue'), 'overdue'), report: 'responses' },
    { what: 'reviews of circumstances overdue', number: sum(rowsOf(reviews, 'state'), 'overdue'), report: 'reviews' },
    { what: 'actions overdue', number: overdueActions, report: 'lessons' },
  ]
  return every.filter(({ number }) => number > 0)
}

/** Who is harmed and said to have harmed: SEN and sex, as shares of the involvements where it is known. */
export function patternsInWords(report: NamedReport): string[] {
  const rows = rowsOf(report, 'combined')
  const said = (['alleged-victim', 'alleged-perpetrator'] as const).map((role) => {
    const those = rows.filter((r) => r.role === role)
    const known = those.filter((r) => r.sen !== 'unknown')
    const withSen = sum(known.filter((r) => r.sen !== 'N'), 'involvements')
    const girls = sum(those.filter((r) => r.sex === 'F'), 'involvements')
    const bySex = sum(those.filter((r) => r.sex === 'F' || r.sex === 'M'), 'involvements')
    const whole = sum(known, 'involvements')
    const shares = [
      ...(whole === 0 ? [] : [`${percent(withSen, whole)} had SEN`]),
      ...(bySex === 0 ? [] : [`${percent(girls, bySex)} were girls`]),
    ]
    const who = role === 'alleged-victim' ? 'Of the children harmed' : 'Of the children alleged to have caused harm'
    return shares.length === 0 ? '' : `${who}, ${shares.join(' and ')} (involvements where it is known).`
  })
  return said.filter((text) => text !== '')
}

export function repeatsInWords(report: NamedReport): string {
  const [pairs] = rowsOf(report, 'pairs')
  const [again, persisted] = [figure(pairs, 'again') ?? 0, figure(pairs, 'persisted') ?? 0]
  if (again === 0) return 'The same two children were not recorded in a second incident.'
  const rest = persisted === 0 ? '' : `, ${persisted === again ? 'each' : persisted} after it had been dealt with`
  return `${counted(again, 'pair')} of children again in a later incident, in the same roles${rest}.`
}

export function referralInWords(report: NamedReport): string {
  const [all] = rowsOf(report, 'outcomes').filter((r) => r.dimension === 'all')
  const due = figure(all, 'due') ?? 0
  if (due === 0) return 'In no case was a referral to social care or the police due.'
  const median = figure(all, 'median_hours')
  const time = median === null ? '' : ` Half of those referred after it was told were referred within ${median.toLocaleString('en-GB', { maximumFractionDigits: 1 })} hours.`
  const referred = sum([all!], 'referred') + sum([all!], 'before') + sum([all!], 'reversed')
  return `A referral was due in ${counted(due, 'case')}: ${referred} referred, ${figure(all, 'decided_against') ?? 0} decided against, ${figure(all, 'open') ?? 0} neither yet.${time}`
}

/** The span of the rates among schools that can be compared. No school is named: few reports are not little harm. */
export function reportingInWords(report: NamedReport): string {
  const schools = rowsOf(report, 'schools').filter((r) => r.compared_with !== 'not comparable' && figure(r, 'cases_per_1000') !== null)
  const groups = [...new Set(schools.map((r) => String(r.compared_with)))].map((g) => schools.filter((r) => r.compared_with === g))
  const compared = groups.filter((g) => g.length > 1)
  if (compared.length === 0) return 'No two schools here have the same phase and declared scope: their rates cannot be compared.'
  const spans = compared.map((g) => {
    const rates = g.map((r) => figure(r, 'cases_per_1000')!)
    return `${Math.min(...rates).toLocaleString('en-GB')} to ${Math.max(...rates).toLocaleString('en-GB')} among ${g.length} schools (${String(g[0]!.phase)})`
  })
  return `Cases per 1,000 pupils: ${spans.join('; ')}. Few reports do not mean that little happened.`
}

import type { ReportName } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import type { NamedReport } from '../shared/api'
import { patternsInWords, referralInWords, repeatsInWords, reportingInWords, trendInWords, waiting } from './prepare'

type Rows = Record<string, string | number | null>[]
const reportOf = (tables: Record<string, Rows>): NamedReport => ({
  report: 'trend' satisfies ReportName,
  title: '',
  definition: '',
  request: { schools: [] },
  position: 1,
  at: '',
  tables: Object.entries(tables).map(([name, rows]) => ({ name, title: name, columns: [], rows })),
  names: {},
})

describe('the overview', () => {
  it('says how many cases were told, and never that nothing happened', () => {
    expect(trendInWords(reportOf({ months: [{ cases: 1, incidents: 1 }, { cases: 1200, incidents: 3 }] }))).toBe('1,201 cases told, with 4 incidents.')
    expect(trendInWords(reportOf({ months: [] }))).toBe('No case was told in this time.')
  })

  it('names what is waiting, and leaves out what is not', () => {
    const outcomes = [{ dimension: 'all', open: 3 }, { dimension: 'school', open: 3 }]
    const referral = reportOf({ outcomes })
    const responses = reportOf({ referrals: [{ unanswered: 1 }, { unanswered: 1 }], overdue: [{ overdue: 0 }] })
    const lessons = reportOf({ actions: [{ state: 'overdue' }, { state: 'done' }] })
    expect(waiting(referral, reportOf({ state: [{ overdue: 4 }] }), responses, lessons).map((w) => [w.number, w.report])).toEqual([
      [3, 'time-to-referral'],
      [2, 'responses'],
      [4, 'reviews'],
      [1, 'lessons'],
    ])
    const none = reportOf({})
    expect(waiting(none, none, none, none)).toEqual([])
  })

  it('gives shares of what is known only', () => {
    const row = (sen: string, sex: string, involvements: number) => ({ role: 'alleged-victim', sen, sex, involvements })
    expect(patternsInWords(reportOf({ combined: [row('K', 'F', 1), row('N', 'M', 3), row('unknown', 'unknown', 50)] }))).toEqual([
      'Of the children harmed, 25 % had SEN and 25 % were girls (involvements where it is known).',
    ])
    expect(patternsInWords(reportOf({ combined: [row('unknown', 'M', 2), row('unknown', 'F', 2)] }))).toEqual([
      'Of the children harmed, 50 % were girls (involvements where it is known).',
    ])
    expect(patternsInWords(reportOf({ combined: [row('unknown', 'unknown', 50)] }))).toEqual([])
  })

  it('says which pairs came again, and which after it was dealt with', () => {
    const said = (again: number, persisted: number) => repeatsInWords(reportOf({ pairs: [{ pairs: 9, again, persisted }] }))
    expect(said(0, 0)).toBe('The same two children were not recorded in a second incident.')
    expect(said(1, 1)).toBe('1 pair of children again in a later incident, in the same roles, each after it had been dealt with.')
    expect(said(3, 1)).toBe('3 pairs of children again in a later incident, in the same roles, 1 after it had been dealt with.')
  })

  it('counts a referral that came before the school was told as one, and has no time for it', () => {
    const outcomes = [{ dimension: 'all', due: 5, referred: 1, before: 1, reversed: 1, decided_against: 1, open: 1, median_hours: null }]
    expect(referralInWords(reportOf({ outcomes }))).toBe('A referral was due in 5 cases: 3 referred, 1 decided against, 1 neither yet.')
    expect(referralInWords(reportOf({ outcomes: [{ ...outcomes[0]!, median_hours: 12.34 }] }))).toContain('within 12.3 hours.')
  })

  it('gives the span of rates among schools that can be compared, and names none', () => {
    const school = (group: string, rate: number) => ({ school: 'x', phase: 'primary', compared_with: group, cases_per_1000: rate })
    expect(reportingInWords(reportOf({ schools: [school('a', 1), school('a', 9.5), school('b', 100)] }))).toBe(
      'Cases per 1,000 pupils: 1 to 9.5 among 2 schools (primary). Few reports do not mean that little happened.',
    )
    expect(reportingInWords(reportOf({ schools: [school('a', 1), school('b', 2)] }))).toContain('cannot be compared')
  })
})

import type { Appraisal, Column, Finding, ReportName, ReportResult, Table } from '@circumspect/views'
import { ANNUAL_REPORTS, COMPARED_REPORTS, type AnnualInput } from './model'

export const NORTH = '00000000-0000-4000-8000-000000000001'
export const SOUTH = '00000000-0000-4000-8000-000000000002'
const ACTION = '00000000-0000-4000-8000-00000000000a'
const REVIEW = '00000000-0000-4000-8000-00000000000b'
const AT = '2026-11-20T12:00:00.000Z'
const POSITION = 42

type Rows = Table['rows']
const UNITS: Readonly<Record<string, string>> = { share: 'share', share_24_hours: 'share', median_hours: 'hours' }
const REFS: Readonly<Record<string, Column['ref']>> = { school: 'school', action: 'action', review: 'review' }

/** A table whose columns are the keys of its first row: numbers are figures. */
function tableOf(name: string, rows: Rows): Table {
  const columns = Object.entries(rows[0] ?? {}).map(([key, value]): Column => {
    const unit = UNITS[key] ?? (typeof value === 'number' ? 'cases' : undefined)
    const ref = REFS[key]
    return { key, label: `The ${key}`, ...(unit !== undefined && { unit }), ...(ref && { ref }) }
  })
  return { name, title: `Table ${name}`, columns, rows }
}

const TABLES = (cases: number): Partial<Record<ReportName, Record<string, Rows>>> => ({
  trend: { months: [{ month: '2025-10', cases, incidents: cases + 1, school_days: 20, cases_per_100_days: cases * 5 }] },
  patterns: {
    involvements: [
      { role: 'alleged-victim', school_year: '202526', dimension: 'sex', value: 'F', children: 4, involvements: 5, roll: 100, children_per_1000: 40 },
      { role: 'alleged-victim', school_year: '202526', dimension: 'vulnerability', value: 'young-carer', children: 1, involvements: 1, roll: null, children_per_1000: null },
    ],
    pairs: [{ by_sex: 'M', on_sex: 'F', incidents: 3, acts: 3 }],
  },
  hotspots: { 'on-site': [{ school: NORTH, setting: 'on-site', place: null, location_kind: 'stairs', slot: 'break', weekday: 1, incidents: 6 }] },
  'time-to-referral': { outcomes: [{ dimension: 'all', value: 'all', due: 3, before: 0, referred: 2, reversed: 0, decided_against: 1, open: 0, median_hours: 5.25, share_24_hours: 0.6667 }] },
  responses: { referrals: [{ agency: 'police', made: 2, accepted: 1, declined: 1, unanswered: 0 }] },
  reviews: { state: [{ school: NORTH, decided: 5, cases_reviewed: 3, not_yet_due: 0, overdue: 2 }], awaiting: [{ school: NORTH, case_id: 'a case', decided: '2026-01-05' }] },
  lessons: {
    themes: [{ school: NORTH, theme: 'supervision', lessons: 2 }],
    actions: [{ school: NORTH, action: ACTION, review: REVIEW, due: '2026-03-02', state: 'done', expected: 'more-reports', incidents_before: 4, incidents_after: 1 }],
  },
  reporting: { 'who-told': [{ reported_by: 'child-harmed', cases: 2 }] },
})

const request = { schools: [NORTH, SOUTH], from: '2025-09-01', to: '2026-08-31', asOf: AT }
const reportOf = (report: ReportName, cases: number): ReportResult => ({
  report,
  title: `Report ${report}`,
  definition: `What ${report} means.`,
  request,
  position: POSITION,
  at: AT,
  tables: Object.entries(TABLES(cases)[report] ?? {}).map(([name, rows]) => tableOf(name, rows)),
})

const finding = (report: string, kind: Finding['kind']): Finding => ({ code: report, kind, text: `Found in ${report}: ${kind}.`, caution: `Look at ${report}.`, how: `Method of ${report}.` })
const appraisalOf = (report: ReportName): Appraisal => ({
  report, request, position: POSITION, at: AT,
  findings: [finding(report, 'note'), finding(report, 'stands-out')],
  tables: report === 'lessons' ? [tableOf('before-after', BEFORE_AFTER)] : [],
})
const BEFORE_AFTER: Rows = [{ school: NORTH, action: ACTION, review: REVIEW, expected: 'more-reports', before: 2.5, after: 0.75, ratio: 0.3, lower: 0.01, upper: 1.9, finding: 'either-possible' }]


const each = <N extends string, T>(names: readonly N[], of: (name: N) => T): Record<N, T> => Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, T>

/** Fixed results of two schools: 9 cases in the year asked for, 7 the year before, none in the two before that. */
export const annualInput: AnnualInput = {
  whose: 'Example Trust (made up)',
  year: 2025,
  asOf: AT,
  position: POSITION,
  schools: [NORTH, SOUTH],
  names: { [NORTH]: 'Example North (made up)', [SOUTH]: 'Ysgol Enghraifft Tŷ Gŵyr (made up)', [ACTION]: '=A member of staff at the corner' },
  lessons: [{ theme: 'supervision', locationKinds: ['stairs'], slots: ['lunch'], learnt: 'Somebody has to stand where two year groups meet.' }],
  parked: [],
  reports: each(ANNUAL_REPORTS, (name) => reportOf(name, 9)),
  appraisals: each(ANNUAL_REPORTS, appraisalOf),
  overYears: appraisalOf('trend'),
  before: [0, 0, 7].map((cases, i) => ({ year: 2022 + i, reports: each(COMPARED_REPORTS, (name) => reportOf(name, cases)) })),
}

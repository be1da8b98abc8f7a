import type { ReportResult } from '@circumspect/views'
import type { AnnualInput, AnnualTable, ComparedReportName } from '../model'
import { cell, rowsOf } from '../parts'
import { schoolYearName } from '../years'

type Reports = Readonly<Record<ComparedReportName, ReportResult>>

/** A figure of a school year: null where it is not known. */
interface Measure {
  readonly label: string
  readonly unit?: string
  readonly of: (reports: Reports) => number | null
}

/** Of the rows that are told apart by nothing else: a sum over all. */
const sum = (result: ReportResult, table: string, key: string): number => rowsOf(result, table).reduce((all, row) => all + Number(row[key] ?? 0), 0)
const outcome = (result: ReportResult, key: string): number | null => {
  const value = rowsOf(result, 'outcomes').find((row) => row.dimension === 'all')?.[key] ?? null
  return value === null ? null : Number(value)
}

const MEASURES: readonly Measure[] = [
  { label: 'Cases told', of: (r) => sum(r.trend, 'months', 'cases') },
  { label: 'Incidents in them', of: (r) => sum(r.trend, 'months', 'incidents') },
  { label: 'Cases told by the child harmed', of: (r) => Number(rowsOf(r.reporting, 'who-told').find((row) => row.reported_by === 'child-harmed')?.cases ?? 0) },
  { label: 'Cases where a referral was due', of: (r) => outcome(r['time-to-referral'], 'due') ?? 0 },
  { label: 'Share referred within 24 hours', unit: 'share', of: (r) => outcome(r['time-to-referral'], 'share_24_hours') },
  { label: 'Median hours to referral, of those referred', unit: 'hours', of: (r) => outcome(r['time-to-referral'], 'median_hours') },
  { label: 'Referrals made', of: (r) => sum(r.responses, 'referrals', 'made') },
  { label: 'Referrals declined', of: (r) => sum(r.responses, 'referrals', 'declined') },
  { label: 'Cases with circumstances reviewed', of: (r) => sum(r.reviews, 'state', 'cases_reviewed') },
  { label: 'Cases with the review overdue', of: (r) => sum(r.reviews, 'state', 'overdue') },
  { label: 'Lessons recorded', of: (r) => sum(r.lessons, 'themes', 'lessons') },
  { label: 'Actions agreed', of: (r) => rowsOf(r.lessons, 'actions').length },
  { label: 'Actions done', of: (r) => rowsOf(r.lessons, 'actions').filter((row) => row.state === 'done').length },
]

/** Years in order; those before the first with a case are left out: nothing recorded is not nothing happened. */
function yearsOf({ before, year, reports }: AnnualInput): { readonly year: number; readonly reports: Reports }[] {
  const first = before.findIndex((b) => MEASURES[0]!.of(b.reports) !== 0)
  return [...(first < 0 ? [] : before.slice(first)), { year, reports }]
}

/** This school year beside the years before, a row for each figure. */
export function besideYearsBefore(input: AnnualInput): AnnualTable {
  const years = yearsOf(input)
  return {
    kind: 'table',
    title: 'This school year and the years before',
    columns: [{ label: 'Figure', numeric: false }, ...years.map(({ year }) => ({ label: schoolYearName(year), numeric: true }))],
    rows: MEASURES.map(({ label, unit, of }) => [{ words: label, value: label }, ...years.map(({ reports }) => cell(of(reports), {}, unit))]),
  }
}

/** One row of that table as points of a picture. */
export function pointsOfYears({ columns, rows }: AnnualTable, label: string): { readonly label: string; readonly values: readonly (number | null)[] }[] {
  const row = rows.find(([first]) => first!.value === label) ?? []
  return columns.slice(1).map((column, i) => ({ label: column.label, values: [Number(row[i + 1]?.value ?? 0)] }))
}

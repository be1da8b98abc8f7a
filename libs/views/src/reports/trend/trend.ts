import { rate, type ReportDefinition } from '../definition'
import months from './months.sql?raw'

/** By date of disclosure, per 100 school days, so that August and late disclosures make no false signal. */
export const trend: ReportDefinition = {
  name: 'trend',
  title: 'Trend',
  definition:
    'Cases by the month of their first disclosure or concern, the incidents in them (without those whose every finding is unfounded or false), and the cases for each 100 school days of one school, so that a month with holidays is not a quiet month. Cases whose date is not known are left out; a month with no case has no row.',
  tables: [
    {
      name: 'months',
      title: 'By month',
      sql: months,
      caseKeys: ['month'],
      finish: (rows) => rows.map((r) => ({ ...r, cases_per_100_days: rate(r.cases, r.school_days, 100) })),
      columns: [
        { key: 'month', label: 'Month' },
        { key: 'cases', label: 'Cases', unit: 'cases', cases: true },
        { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true },
        { key: 'school_days', label: 'School days, all schools together', unit: 'school days' },
        { key: 'cases_per_100_days', label: 'Cases per 100 school days', unit: 'per 100 school days' },
      ],
    },
  ],
}

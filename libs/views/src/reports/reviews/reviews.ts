import { POLICY_DEFAULTS } from '@circumspect/domain'
import type { ReportDefinition } from '../definition'
import awaiting from './awaiting.sql?raw'
import state from './state.sql?raw'

const params = { review_days: POLICY_DEFAULTS.reviewOfCircumstances }

/** Which cases await the review of circumstances. */
export const reviews: ReportDefinition = {
  name: 'reviews',
  title: 'Review of circumstances',
  definition:
    `Cases with a first decision, by the date of the first disclosure or concern. The review of circumstances is due within the school days that the school’s policy in force on the day of the decision allows (${POLICY_DEFAULTS.reviewOfCircumstances} where it has set none), case open or not; judged on the day asked about.`,
  tables: [
    {
      name: 'state',
      title: 'Reviewed, due and overdue',
      sql: state,
      caseKeys: ['school'],
      params,
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'decided', label: 'Cases decided', unit: 'cases', cases: true },
        { key: 'cases_reviewed', label: 'Circumstances reviewed', unit: 'cases', cases: true },
        { key: 'not_yet_due', label: 'Not yet due', unit: 'cases', cases: true },
        { key: 'overdue', label: 'Overdue', unit: 'cases', cases: true },
      ],
    },
    {
      name: 'awaiting',
      title: 'Cases awaiting review (at most 1,000, the longest overdue first)',
      sql: awaiting,
      params,
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'case_id', label: 'Case', ref: 'case' },
        { key: 'decided', label: 'First decision' },
        { key: 'school_days_since', label: 'School days since', unit: 'school days' },
        { key: 'school_days_overdue', label: 'School days overdue', unit: 'school days' },
      ],
    },
  ],
}

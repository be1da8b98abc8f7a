import type { ReportDefinition } from '../definition'
import byRole from './by-role.sql?raw'
import decisions from './decisions.sql?raw'
import overdue from './overdue.sql?raw'
import referrals from './referrals.sql?raw'

const children = 'children in cases'

/** What was done, by role of the child: does the child alleged to have caused harm get theirs? */
export const responses: ReportDefinition = {
  name: 'responses',
  title: 'Responses',
  definition:
    'For each child in each case (once for each role held), by the date of the first disclosure or concern: whether a risk assessment, a named contact, a plan, a strategy meeting of their own and aftercare are recorded for that child, and whether the family was told or the reason recorded. Tiers and routes are those of the case’s last decision. Reviews due are judged on the day asked about, at whatever date the case was told.',
  tables: [
    {
      name: 'by-role',
      title: 'By role of the child',
      sql: byRole,
      caseKeys: ['role'],
      columns: [
        { key: 'role', label: 'Role' },
        { key: 'children_in_cases', label: 'Children in cases', unit: children, cases: true },
        { key: 'risk_assessed', label: 'Risk assessed', unit: children, cases: true },
        { key: 'named_contact', label: 'Named contact', unit: children, cases: true },
        { key: 'plan', label: 'Support or safety plan', unit: children, cases: true },
        { key: 'strategy_meeting', label: 'Strategy meeting', unit: children, cases: true },
        { key: 'aftercare', label: 'Aftercare', unit: children, cases: true },
        { key: 'family_told', label: 'Family told', unit: children, cases: true },
        { key: 'family_not_told_with_reason', label: 'Family not told, reason recorded', unit: children, cases: true },
      ],
    },
    {
      name: 'decisions',
      title: 'Tiers and routes',
      sql: decisions,
      caseKeys: ['dimension', 'value'],
      columns: [
        { key: 'dimension', label: 'By' },
        { key: 'value', label: 'Value' },
        { key: 'cases', label: 'Cases', unit: 'cases', cases: true },
      ],
    },
    {
      name: 'referrals',
      title: 'Referrals and their answers',
      sql: referrals,
      caseKeys: ['agency'],
      columns: [
        { key: 'agency', label: 'Agency' },
        { key: 'made', label: 'Made', unit: 'referrals', cases: true },
        { key: 'accepted', label: 'Accepted', unit: 'referrals', cases: true },
        { key: 'declined', label: 'Declined', unit: 'referrals', cases: true },
        { key: 'challenged', label: 'Challenged', unit: 'referrals', cases: true },
        { key: 'accepted_after_challenge', label: 'Accepted after challenge', unit: 'referrals', cases: true },
        { key: 'unanswered', label: 'Not answered', unit: 'referrals', cases: true },
      ],
    },
    {
      name: 'overdue',
      title: 'Reviews due',
      sql: overdue,
      caseKeys: ['school', 'what'],
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'what', label: 'Of what' },
        { key: 'with_a_date', label: 'With a date for the next review', unit: 'plans', cases: true },
        { key: 'overdue', label: 'Overdue', unit: 'plans', cases: true },
      ],
    },
  ],
}

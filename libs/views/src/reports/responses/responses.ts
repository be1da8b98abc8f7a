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
      columns: [
        { key: 'role', label: 'Role' },
        { key: 'children_in_cases', label: 'Children in cases', unit: children },
        { key: 'risk_assessed', label: 'Risk assessed', unit: children },
        { key: 'named_contact', label: 'Named contact', unit: children },
        { key: 'plan', label: 'Support or safety plan', unit: children },
        { key: 'strategy_meeting', label: 'Strategy meeting', unit: children },
        { key: 'aftercare', label: 'Aftercare', unit: children },
        { key: 'family_told', label: 'Family told', unit: children },
        { key: 'family_not_told_with_reason', label: 'Family not told, reason recorded', unit: children },
      ],
    },
    {
      name: 'decisions',
      title: 'Tiers and routes',
      sql: decisions,
      columns: [
        { key: 'dimension', label: 'By' },
        { key: 'value', label: 'Value' },
        { key: 'cases', label: 'Cases', unit: 'cases' },
      ],
    },
    {
      name: 'referrals',
      title: 'Referrals and their answers',
      sql: referrals,
      columns: [
        { key: 'agency', label: 'Agency' },
        { key: 'made', label: 'Made', unit: 'referrals' },
        { key: 'accepted', label: 'Accepted', unit: 'referrals' },
        { key: 'declined', label: 'Declined', unit: 'referrals' },
        { key: 'challenged', label: 'Challenged', unit: 'referrals' },
        { key: 'accepted_after_challenge', label: 'Accepted after challenge', unit: 'referrals' },
        { key: 'unanswered', label: 'Not answered', unit: 'referrals' },
      ],
    },
    {
      name: 'overdue',
      title: 'Reviews due',
      sql: overdue,
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'what', label: 'Of what' },
        { key: 'with_a_date', label: 'With a date for the next review', unit: 'plans' },
        { key: 'overdue', label: 'Overdue', unit: 'plans' },
      ],
    },
  ],
}

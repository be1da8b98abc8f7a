import type { ReportDefinition } from '../definition'
import actions from './actions.sql?raw'
import themes from './themes.sql?raw'

/** Lessons by theme; actions agreed, done, overdue, with what was reported before and after. */
export const lessons: ReportDefinition = {
  name: 'lessons',
  title: 'Lessons learnt and actions',
  definition:
    'Lessons by school and theme, and the actions agreed, by the date of the review. For each action: the incidents reported where it applies in the 365 days before it was agreed, without those that prompted it, and those after it was completed, with the days since, set against what its owner expected beforehand. More reports after an action can be what was hoped for: the figures do not show what caused them.',
  tables: [
    {
      name: 'themes',
      title: 'Lessons by theme',
      sql: themes,
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'theme', label: 'Theme' },
        { key: 'lessons', label: 'Lessons', unit: 'lessons' },
      ],
    },
    {
      name: 'actions',
      title: 'Actions',
      sql: actions,
      caseKeys: ['school', 'action'],
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'action', label: 'Action', ref: 'action' },
        { key: 'review', label: 'Review', ref: 'review' },
        { key: 'agreed', label: 'Agreed' },
        { key: 'due', label: 'Due' },
        { key: 'state', label: 'State' },
        { key: 'done', label: 'Done' },
        { key: 'followed', label: 'Times looked at since', unit: 'times' },
        { key: 'expected', label: 'Expected beforehand' },
        { key: 'incidents_before', label: 'Incidents in the 365 days before', unit: 'incidents', cases: true },
        { key: 'incidents_after', label: 'Incidents since it was done', unit: 'incidents', cases: true },
        { key: 'days_after', label: 'Days since it was done', unit: 'days' },
      ],
    },
  ],
}

import { rate, type ReportDefinition } from '../definition'
import delay from './delay.sql?raw'
import schools from './schools.sql?raw'
import whoTold from './who-told.sql?raw'

/** Schools with the same phase and the same declared scope are compared; all others are not comparable. */
const comparisonGroup = (phase: unknown, scope: unknown): string => (scope === null ? 'not comparable' : `${String(phase)}: ${String(scope)}`)

/** Reporting itself: no reports does not mean no abuse. */
export const reporting: ReportDefinition = {
  name: 'reporting',
  title: 'Reporting itself',
  definition:
    'Cases told, by school, against the pupils on roll (the mean of all termly counts recorded). Only schools of the same phase that have declared the same recording scope can be compared; the others are not comparable. Few reports do not mean that little happened. The delay is from the earliest incident of a case to its first disclosure or concern, in days; cases where either is not known to the day are counted and left out.',
  tables: [
    {
      name: 'schools',
      title: 'Reports by school',
      sql: schools,
      caseKeys: ['school'],
      finish: (rows) =>
        rows.map((r) => {
          const roll = Number(r.terms) === 0 ? null : Number(r.pupil_terms) / Number(r.terms)
          return {
            ...r,
            roll: roll === null ? null : Math.round(roll * 100) / 100,
            cases_per_1000: rate(r.cases, roll, 1000),
            compared_with: comparisonGroup(r.phase, r.scope),
          }
        }),
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'phase', label: 'Phase' },
        { key: 'compared_with', label: 'Compared with schools of' },
        { key: 'cases', label: 'Cases told', unit: 'cases', cases: true },
        { key: 'roll', label: 'Pupils on roll', unit: 'pupils' },
        { key: 'cases_per_1000', label: 'Cases per 1,000 pupils', unit: 'per 1,000 pupils' },
      ],
    },
    {
      name: 'who-told',
      title: 'Who told',
      sql: whoTold,
      caseKeys: ['reported_by'],
      columns: [
        { key: 'reported_by', label: 'Who told' },
        { key: 'cases', label: 'Cases', unit: 'cases', cases: true },
      ],
    },
    {
      name: 'delay',
      title: 'Delay from the incident to its telling',
      sql: delay,
      caseKeys: ['school'],
      columns: [
        { key: 'school', label: 'School', ref: 'school' },
        { key: 'cases', label: 'Cases', unit: 'cases', cases: true },
        { key: 'dated', label: 'Known to the day', unit: 'cases', cases: true },
        { key: 'same_day', label: 'Same day', unit: 'cases', cases: true },
        { key: 'within_7_days', label: '1 to 7 days', unit: 'cases', cases: true },
        { key: 'within_30_days', label: '8 to 30 days', unit: 'cases', cases: true },
        { key: 'later', label: 'Later', unit: 'cases', cases: true },
        { key: 'median_days', label: 'Median days', unit: 'days' },
      ],
    },
  ],
}

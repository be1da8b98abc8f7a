import type { Column } from '../../report'
import { rate, type ReportDefinition, type Row } from '../definition'
import acts from './acts.sql?raw'
import combined from './combined.sql?raw'
import involvements from './involvements.sql?raw'
import rolls from './rolls.sql?raw'

const counts: Column[] = [
  { key: 'involvements', label: 'Involvements', unit: 'involvements', cases: true },
  { key: 'children', label: 'Children', unit: 'children', cases: true },
]

/**
 * Pupils on roll for each school year, dimension and value: for each school the mean of its termly counts; in a total of several
 * schools those counted elsewhere are left out.
 */
function pupilsOnRoll(rows: Row[]): Map<string, number> {
  const several = new Set(rows.map((r) => r.school)).size > 1
  const pupils = new Map<string, number>()
  for (const r of rows) {
    const key = `${r.school_year} ${r.dimension} ${r.value}`
    const counted = Number(r.pupil_terms) - (several ? Number(r.elsewhere_terms) : 0)
    pupils.set(key, (pupils.get(key) ?? 0) + counted / Number(r.terms))
  }
  return pupils
}

function withRates(rows: Row[], others: ReadonlyMap<string, Row[]>): Row[] {
  const pupils = pupilsOnRoll(others.get('rolls')!)
  return rows.map((r) => {
    const roll = pupils.get(`${r.school_year} ${r.dimension} ${r.value}`)
    return {
      ...r,
      roll: roll === undefined ? null : Math.round(roll * 100) / 100,
      involvements_per_1000: rate(r.involvements_on_roll, roll, 1000),
      children_per_1000: rate(r.children_on_roll, roll, 1000),
    }
  })
}

const isPair = ({ by_sex: sex }: Row): boolean => sex !== ''

/** Involvements and distinct children by role × sex × SEN × year group × vulnerability; who acted on whom; age gap. */
export const patterns: ReportDefinition = {
  name: 'patterns',
  title: 'Patterns by sex, SEN, year group and vulnerability',
  definition:
    'Involvements (a child in a role in an incident) and distinct children, by the date the incident occurred. A child counts at the school whose roll it was on; children of no known school count where the incident happened and enter no rate. Rates are for each 1,000 pupils on roll in that school year; the roll is the mean of the year’s termly counts; where there is no roll there is no rate. Pairs count incidents with at least one recorded act of such a pair, and the acts. The age gap is that of the child alleged to have caused harm less that of the child harmed, in completed years at the incident. Where every finding is unfounded or false the incident is left out, and a child for whom it is, as alleged to have caused harm.',
  tables: [
    { name: 'rolls', title: 'Pupils on roll', sql: rolls, columns: [], hidden: true },
    {
      name: 'involvements',
      title: 'By role and one characteristic',
      sql: involvements,
      caseKeys: ['role', 'school_year', 'dimension', 'value'],
      columns: [
        { key: 'role', label: 'Role' },
        { key: 'school_year', label: 'School year' },
        { key: 'dimension', label: 'Characteristic' },
        { key: 'value', label: 'Value' },
        ...counts,
        { key: 'roll', label: 'Pupils on roll', unit: 'pupils' },
        { key: 'involvements_per_1000', label: 'Involvements per 1,000 pupils', unit: 'per 1,000 pupils' },
        { key: 'children_per_1000', label: 'Children per 1,000 pupils', unit: 'per 1,000 pupils' },
      ],
      finish: withRates,
    },
    {
      name: 'combined',
      title: 'By role, sex, SEN provision and year group together',
      sql: combined,
      caseKeys: ['role', 'sex', 'sen', 'year'],
      columns: [
        { key: 'role', label: 'Role' },
        { key: 'sex', label: 'Sex' },
        { key: 'sen', label: 'SEN provision' },
        { key: 'year', label: 'Year group' },
        ...counts,
      ],
    },
    {
      name: 'pairs',
      title: 'Who is said to have acted on whom, by sex',
      sql: acts,
      caseKeys: ['by_sex', 'on_sex'],
      finish: (rows) => rows.filter(isPair),
      own: "by_sex != ''",
      columns: [
        { key: 'by_sex', label: 'Child alleged to have caused harm' },
        { key: 'on_sex', label: 'Child harmed' },
        { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true },
        { key: 'acts', label: 'Acts', unit: 'acts', cases: true },
      ],
    },
    {
      name: 'age-gap',
      title: 'Age gap',
      sql: acts,
      within: 'pairs',
      caseKeys: ['age_gap'],
      finish: (rows) => rows.filter((row) => !isPair(row)),
      own: "by_sex = ''",
      columns: [
        { key: 'age_gap', label: 'Years older (younger: below 0)', unit: 'years' },
        { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true },
        { key: 'acts', label: 'Acts', unit: 'acts', cases: true },
      ],
    },
  ],
}

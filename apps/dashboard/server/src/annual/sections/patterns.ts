import type { ReportResult } from '@circumspect/views'
import { picturesOf } from '../../../../web/src/pictures'
import { label } from '../../../../web/src/shared/labels'
import type { AnnualInput, AnnualPart, AnnualSection } from '../model'
import { findings, heading, pictures, table, text, type Row } from '../parts'

const DIMENSIONS = ['sex', 'sen-provision', 'year-group'] as const
const ROLES: readonly unknown[] = ['alleged-victim', 'alleged-perpetrator']

/** Who is involved: by sex, SEN provision and year group, for each 1,000 pupils on roll. Never pairs of children. */
export function patterns(input: AnnualInput): AnnualSection {
  return {
    id: 'patterns',
    heading: 'Patterns: sex, SEN and year group',
    parts: [
      text('Counts alone say little where groups differ in size: where there is a roll, the figures are for each 1,000 pupils on it. A child who is watched more closely is recorded more often.'),
      ...findings(input.appraisals.patterns.findings),
      ...DIMENSIONS.flatMap((dimension) => byDimension(input, dimension)),
    ],
  }
}

function byDimension({ names, reports }: AnnualInput, dimension: string): AnnualPart[] {
  const those = (row: Row) => row.dimension === dimension && ROLES.includes(row.role)
  const of: ReportResult = { ...reports.patterns, tables: reports.patterns.tables.map((t) => (t.name === 'involvements' ? { ...t, rows: t.rows.filter(those) } : t)) }
  return [
    heading(`By ${label(dimension).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`),
    ...pictures(picturesOf({ ...of, names }).involvements),
    ...table(of, 'involvements', names, {
      columns: ['role', 'value', 'children', 'involvements', 'roll', 'children_per_1000'],
      title: `Children and involvements by role and ${label(dimension).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`,
      labels: { value: label(dimension) },
    }),
  ]
}

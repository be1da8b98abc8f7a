import type { ReportResult } from '@circumspect/views'
import { picturesOf } from '../../../../web/src/pictures'
import { inOrder } from '../../../../web/src/pictures/people'
import { ROLES, valuesOf } from '../../../../web/src/pictures/rows'
import { label } from '../../../../web/src/shared/labels'
import type { AnnualInput, AnnualPart, AnnualSection, AnnualTable } from '../model'
import { cell, findings, heading, pictures, rowsOf, text, withRows, type Row } from '../parts'

const DIMENSIONS = ['sex', 'sen-provision', 'year-group'] as const

/** Who is involved: by sex, SEN provision and year group, for each 1,000 pupils on roll. Never pairs of children. */
export function patterns(input: AnnualInput): AnnualSection {
  return {
    id: 'patterns',
    heading: 'Patterns: sex, SEN and year group',
    parts: [
      text('Counts alone say little where groups differ in size: where there is a roll, the figures are for each 1,000 pupils on it. A child is counted once in each role, however many incidents there were. A child who is watched more closely is recorded more often.'),
      ...findings(input.appraisals.patterns.findings),
      ...DIMENSIONS.flatMap((dimension) => byDimension(input, dimension)),
    ],
  }
}

function byDimension({ names, reports }: AnnualInput, dimension: string): AnnualPart[] {
  const rows = rowsOf(reports.patterns, 'involvements')
    .filter((row) => row.dimension === dimension && ROLES.includes(row.role as (typeof ROLES)[number]))
    .map((row): Row => ({ ...row, value: dimension === 'year-group' ? yearGroup(String(row.value)) : row.value! }))
  const of: ReportResult = withRows(reports.patterns, 'involvements', rows)
  return [heading(`By ${inSentence(dimension)}`), ...pictures(picturesOf({ ...of, names }).involvements), byRole(dimension, rows)]
}

/** A row for each group, in it both roles: what the picture shows. */
function byRole(dimension: string, rows: readonly Row[]): AnnualTable {
  const figure = (value: string, role: string, key: string) => cell(rows.find((row) => row.value === value && row.role === role)?.[key] ?? (key === 'children' ? 0 : null))
  const roll = (value: string) => cell(rows.find((row) => row.value === value && row.roll !== null)?.roll ?? null)
  const columns = ['Pupils on roll', 'Children harmed', 'Harmed, for each 1,000', 'Children alleged to have caused harm', 'Alleged, for each 1,000']
  return {
    kind: 'table',
    title: `Children by ${inSentence(dimension)} and role, and for each 1,000 pupils on roll`,
    columns: [{ label: label(dimension), numeric: false }, ...columns.map((of) => ({ label: of, numeric: true }))],
    rows: valuesOf(rows, 'value').sort(inOrder).map((value) => [
      { words: label(value), value: label(value) },
      roll(value),
      ...ROLES.flatMap((role) => [figure(value, role, 'children'), figure(value, role, 'children_per_1000')]),
    ]),
  }
}

const inSentence = (dimension: string): string => label(dimension).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())
/** 7 is a year, R is not. */
const yearGroup = (code: string): string => (/^\d+$/.test(code) ? `Year ${code}` : code)

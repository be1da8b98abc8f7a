import type { Column, Table } from '@circumspect/views'
import { searchOf, type Filters } from './filters'

type Row = Readonly<Record<string, unknown>>

/** The page of the cases behind a figure; undefined where there are none to list. */
export function behindAddress(
  report: string,
  table: Pick<Table, 'name' | 'caseKeys'>,
  column: Pick<Column, 'key' | 'cases'>,
  row: Row,
  filters: Filters,
): string | undefined {
  if (!table.caseKeys || !column.cases || !(Number(row[column.key]) > 0)) return undefined
  return figureAddress(report, table.name, column.key, pick(row, table.caseKeys), filters)
}

/** The page of the cases behind the rows of a table that have these values: `null` for none. */
export const figureAddress = (report: string, table: string, column: string, row: Row, filters: Filters): string =>
  `/reports/${report}/cases${searchOf(filters, { table, column, ...Object.fromEntries(Object.entries(row).map(([key, v]) => [`row.${key}`, valueOf(v)])) })}`

const valueOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const pick = (row: Row, keys: readonly string[]): Row => Object.fromEntries(keys.map((key) => [key, row[key]]))

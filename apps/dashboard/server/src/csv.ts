import type { Cell, Column, Table } from '@circumspect/views'

/** A spreadsheet takes a cell that starts so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function field(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What a reader sees in a cell: ids of schools, places and actions as their names. */
export function shownCell({ key, ref }: Column, row: Table['rows'][number], names: ReadonlyMap<string, string>): Cell {
  const value = row[key] ?? null
  return ref !== undefined && typeof value === 'string' ? (names.get(value) ?? value) : value
}

/** A table as CSV (RFC 4180), ids of schools and places as their names. A figure that is not known is empty. */
export function toCsv({ columns, rows }: Table, names: ReadonlyMap<string, string>): string {
  const head = columns.map((column) => column.label)
  const lines = [head, ...rows.map((row) => columns.map((column) => shownCell(column, row, names)))]
  return lines.map((line) => line.map(field).join(',') + '\r\n').join('')
}

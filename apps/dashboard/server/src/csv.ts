import type { Cell, Table } from '@circumspect/views'

/** A spreadsheet takes a cell that starts so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function field(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as CSV (RFC 4180), ids of schools and places as their names. A figure that is not known is empty. */
export function toCsv({ columns, rows }: Table, names: ReadonlyMap<string, string>): string {
  const named = (value: Cell, isRef: boolean): Cell => (isRef && typeof value === 'string' ? (names.get(value) ?? value) : value)
  const lines = [columns.map((c) => field(c.label)), ...rows.map((row) => columns.map((c) => field(named(row[c.key] ?? null, c.ref !== undefined))))]
  return lines.map((line) => line.join(',') + '\r\n').join('')
}

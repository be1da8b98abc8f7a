import { parse } from 'csv-parse/sync'
import { columnsOf, type Mapping } from './mapping'

/** One thing that is wrong with a file: where, what was expected, what to do. Never what stands there. */
export interface ImportProblem {
  /** As a spreadsheet counts: the head is row 1. 0: the file as a whole. */
  readonly row: number
  readonly column: string
  readonly message: string
}

export interface SourceRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

/** The rows of a CSV file. A row that cannot be read is a problem of its own; the others are still read. */
export function readRows(csv: string, mapping: Mapping): { rows: SourceRow[]; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  let table: string[][]
  try {
    table = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, info: false })
  } catch {
    return { rows: [], problems: [{ row: 0, column: '', message: 'This is not a CSV file, or its quotation marks do not match. Save it as CSV (UTF-8) again.' }] }
  }
  const head = (table.shift() ?? []).map((name) => name.trim())
  const missing = columnsOf(mapping).filter((name) => !head.includes(name))
  for (const name of missing) problems.push({ row: 1, column: name, message: 'The mapping names this column, but the file has none of that name. Correct one or the other.' })
  if (missing.length > 0) return { rows: [], problems }
  const rows: SourceRow[] = []
  for (const [index, cells] of table.entries()) {
    if (cells.length === head.length) rows.push({ row: index + 2, cells: Object.fromEntries(head.map((name, i) => [name, cells[i]!.trim()])) })
    else problems.push({ row: index + 2, column: '', message: `The head has ${head.length} columns, this row ${cells.length}. Look for a missing comma or quotation mark.` })
  }
  return { rows, problems }
}

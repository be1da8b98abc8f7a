import { importFile, mappingSchema, type ImportResult, type Mapping } from '@circumspect/ingest'
import { readFileSync } from 'node:fs'
import { TESTER, type History } from './service'

export const mappingFrom = (file: string): Mapping => mappingSchema.parse(JSON.parse(readFileSync(file, 'utf8')))

/** A CSV file as rows of cells by column. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
export const csvOf = ({ head, rows }: Table): string => [head, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n'

/** The table with one cell changed; `row` as a spreadsheet counts. */
export function edited({ head, rows }: Table, row: number, column: string, text: string): Table {
  const at = head.indexOf(column)
  if (at < 0 || rows[row - 2] === undefined) throw new Error(`The table has no ${column} in row ${row}.`)
  return { head, rows: rows.map((cells, i) => (i === row - 2 ? cells.with(at, text) : cells)) }
}

/** The table without some rows; as a spreadsheet counts. */
export const without = ({ head, rows }: Table, ...gone: number[]): Table => ({ head, rows: rows.filter((_, i) => !gone.includes(i + 2)) })

export const bring = (
  history: History,
  mapping: Mapping,
  file: Table | string,
  mode: ImportResult['mode'] = 'import',
): Promise<ImportResult> => importFile(history, typeof file === 'string' ? file : csvOf(file), mapping, mode, TESTER)

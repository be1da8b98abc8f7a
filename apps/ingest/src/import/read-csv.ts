import { parse, CsvError } from 'csv-parse'
import { pipeline, Readable } from 'node:stream'
import { columnsOf, type Mapping } from './mapping-schema'

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

/** A row that cannot be read as it should: what it says, as far as that goes. */
export interface BrokenRow extends SourceRow {
  readonly broken: true
}

export interface CsvFile {
  /** In the order of the file. */
  readonly rows: readonly (SourceRow | BrokenRow)[]
  readonly problems: readonly ImportProblem[]
}

/** Characters that stand where a program could not read another. */
const UNREADABLE = /[\0\uFFFD]/

const PIECE = 256 * 1024
/** The longest row, in characters. */
const LONGEST_ROW = 1024 * 1024

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE)
}

/** Reads a CSV file piece by piece, so that other requests get their turn. Problems with the file as a whole leave no rows. */
export async function readCsv(csv: string, mapping: Mapping): Promise<CsvFile> {
  const parser = parse({
    bom: true,
    delimiter: mapping.delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_ROW,
  })
  // An error also comes out of the loop below.
  pipeline(Readable.from(pieces(csv)), parser, () => undefined)
  let reader: RowReader | undefined
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++
      if (reader) reader.take(row, cells)
      else if ((reader = new RowReader(mapping, cells)).problems.length > 0) break
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // How many rows it had read, the head included.
    const { records } = error as { records?: unknown }
    return {
      rows: [],
      problems: [
        {
          row: typeof records === 'number' ? records + 1 : 0,
          column: '',
          message: 'From here on this cannot be read as CSV: look for a quotation mark that does not match. Nothing of the file is taken.',
        },
      ],
    }
  }
  return reader ?? { rows: [], problems: [{ row: 0, column: '', message: 'The file is empty. Its first row must name the columns.' }] }
}

class RowReader implements CsvFile {
  readonly rows: (SourceRow | BrokenRow)[] = []
  readonly problems: ImportProblem[] = []
  private readonly head: readonly string[]
  private readonly used: ReadonlySet<string>

  constructor(mapping: Mapping, head: readonly string[]) {
    this.head = head.map((name) => name.trim())
    this.used = new Set(columnsOf(mapping))
    for (const name of this.used) {
      const times = this.head.filter((h) => h === name).length
      if (times === 0) this.wrong(1, name, 'The mapping names this column, but the file has none of that name. Correct one or the other.')
      if (times > 1) this.wrong(1, name, 'Two columns have this name. Give each its own.')
    }
  }

  take(row: number, cells: readonly string[]): void {
    if (cells.every((cell) => cell.trim() === '')) return
    const byName: Record<string, string> = Object.create(null) as Record<string, string>
    this.head.forEach((name, i) => (byName[name] = (cells[i] ?? '').trim()))
    const unreadable = [...this.used].filter((name) => UNREADABLE.test(byName[name]!) || !byName[name]!.isWellFormed())
    for (const name of unreadable)
      this.wrong(row, name, 'Some characters here could not be read. Save the file as CSV in UTF-8, or type them again.')
    const whole = cells.length === this.head.length
    if (!whole)
      this.wrong(
        row,
        '',
        `The head has ${this.head.length} columns, this row ${cells.length}. Look for a missing or superfluous comma or quotation mark.`,
      )
    const ok = whole && unreadable.length === 0
    this.rows.push(ok ? { row, cells: byName } : { row, cells: byName, broken: true })
  }

  private wrong(row: number, column: string, message: string): void {
    this.problems.push({ row, column, message })
  }
}

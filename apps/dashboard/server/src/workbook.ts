import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import writeXlsxFile from 'write-excel-file/node'

/**
 * A cell: a number is a number; a text is a text, whatever it begins with; null is empty. A day is `YYYY-MM-DD`, a share from 0 to 1: they
 * are a date and a number that are shown as people write them.
 */
export type WorkbookCell = string | number | null | { readonly day: string } | { readonly share: number }

export interface WorkbookSheet {
  /** At most 31 characters are shown. */
  readonly name: string
  /** The first row, in bold; it stays in sight. None for a sheet of words. */
  readonly head?: readonly string[]
  readonly rows: readonly (readonly WorkbookCell[])[]
}

/** The first instant that a ZIP can hold: when it was made is not in the bytes. */
const NO_TIME = new Date(1980, 0, 1)
const LONGEST_NAME = 31
const WIDEST = 60

/** Names of sheets as Excel takes them: short, without its own signs, each once. */
function sheetNames(sheets: readonly WorkbookSheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }) => {
    const clean =
      name
        .replaceAll(/[\\/?*[\]:]/g, ' ')
        .trim()
        .slice(0, LONGEST_NAME) || 'Sheet'
    let own = clean
    for (let n = 2; taken.has(own.toLowerCase()); n++) own = `${clean.slice(0, LONGEST_NAME - 3)} ${n}`
    taken.add(own.toLowerCase())
    return own
  })
}

function cellOf(value: WorkbookCell) {
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number }
  if (typeof value === 'string') return { value, type: String, wrap: value.length > WIDEST }
  if ('day' in value) return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'd mmmm yyyy' }
  return { value: value.share, type: Number, format: '0.0 %' }
}

const lengthOf = (value: WorkbookCell | undefined): number => (typeof value === 'object' && value !== null ? 'd mmmm yyyy'.length + 4 : String(value ?? '').length)

const widthOf = (sheet: WorkbookSheet, column: number): number =>
  Math.min(WIDEST, Math.max(8, ...[sheet.head ?? [], ...sheet.rows].map((row) => lengthOf(row[column]))) + 2)

/** An XLSX workbook of these sheets. The same sheets give the same bytes. */
export async function workbook(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const names = sheetNames(sheets)
  const made = await writeXlsxFile(
    sheets.map((sheet, i) => ({
      sheet: names[i]!,
      data: [
        ...(sheet.head ? [sheet.head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))] : []),
        ...sheet.rows.map((row) => row.map(cellOf)),
      ],
      columns: Array.from({ length: Math.max(1, ...[sheet.head ?? [], ...sheet.rows].map((row) => row.length)) }, (_, column) => ({
        width: widthOf(sheet, column),
      })),
      ...(sheet.head && { stickyRowsCount: 1 }),
    })),
  ).toBuffer()
  return Buffer.from(withoutTimes(made))
}

/** The same parts with no word of when they were made. */
function withoutTimes(made: Uint8Array): Uint8Array {
  const parts = Object.entries(unzipSync(made)).sort(([a], [b]) => (a < b ? -1 : 1))
  const timeless = parts.map(([name, bytes]): [string, Uint8Array] => [
    name,
    name === 'docProps/core.xml' ? strToU8(strFromU8(bytes).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '1980-01-01T00:00:00Z')) : bytes,
  ])
  return zipSync(Object.fromEntries(timeless), { mtime: NO_TIME })
}

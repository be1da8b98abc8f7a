import { ERASURE_REASONS, type Erasure } from '@circumspect/identity'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'

/** That a child was erased: ids and dates alone, so that the list can be kept where no name may be. */
export type ErasureMade = Pick<Erasure, 'child' | 'erasedAt' | 'reason'>

export interface ErasuresFile {
  readonly erasures: readonly ErasureMade[]
  /** What is wrong, line by line; never what stands there. Then nothing of the file is to be taken. */
  readonly problems: readonly string[]
}

const COLUMNS = ['child', 'erasedAt', 'reason'] as const
const HEAD = COLUMNS.join(',')

const line = z.object({
  child: z.uuid('the id of a child was expected, a UUID'),
  erasedAt: z.iso.datetime('an instant in UTC was expected, as 2026-03-20T12:00:00.000Z'),
  reason: z.enum(ERASURE_REASONS, `one of ${ERASURE_REASONS.join(', ')} was expected`),
})

/** The list as a CSV file, in the order in which the erasures were made. */
export const erasuresFile = (erasures: readonly ErasureMade[]): string =>
  [HEAD, ...erasures.map(({ child, erasedAt, reason }) => `${child},${erasedAt},${reason}`)].map((text) => `${text}\n`).join('')

export function readErasuresFile(text: string): ErasuresFile {
  const [head, ...rows] = rowsOf(text)
  if (head?.cells.join(',') !== HEAD) return { erasures: [], problems: [`line 1: the columns ${HEAD} were expected`] }
  const read = rows.map(({ at, cells }) => ({ at, cells, parsed: line.safeParse(Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i]]))) }))
  const problems = read.flatMap(({ at, cells, parsed }) => [
    ...(cells.length === COLUMNS.length ? [] : [`line ${at}: ${COLUMNS.length} columns were expected, these are ${cells.length}`]),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `line ${at}, ${String(path[0])}: ${message}`),
  ])
  return { erasures: problems.length > 0 ? [] : read.map(({ parsed }) => parsed.data!), problems }
}

function rowsOf(text: string): readonly { at: number; cells: readonly string[] }[] {
  try {
    const records = parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true, info: true }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ at: info.lines, cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}

import type { Mapping } from './mapping-schema'
import type { BrokenRow, ImportProblem, SourceRow } from './read-csv'

/** The rows of one case. */
export interface CaseRows {
  /** What the key columns say. */
  readonly key: readonly string[]
  readonly rows: readonly SourceRow[]
  /** Rows that cannot be read and belong to this case, or may. Not empty: the case cannot be taken. */
  readonly broken: readonly number[]
}

interface Gathered extends CaseRows {
  readonly rows: SourceRow[]
  readonly broken: number[]
}

const isBroken = (row: SourceRow | BrokenRow): row is BrokenRow => 'broken' in row

/**
 * Gathers the rows of each case. A row that is broken, or does not say of which case it is, is held against the case that it seems
 * to name; and, where the file has several rows for one case, against the cases before and after it, for it may be theirs.
 */
export function casesOf(mapping: Mapping, rows: readonly (SourceRow | BrokenRow)[]): { cases: CaseRows[]; problems: ImportProblem[] } {
  const cases = new Map<string, Gathered>()
  const problems: ImportProblem[] = []
  const keyOf = (row: SourceRow): string[] => mapping.case.map((column) => row.cells[column] ?? '')
  const isLost = (row: SourceRow | BrokenRow): boolean => isBroken(row) || keyOf(row).some((part) => part === '')
  for (const row of rows) {
    if (isLost(row)) continue
    const key = keyOf(row)
    const name = JSON.stringify(key)
    const found = cases.get(name) ?? { key, rows: [], broken: [] }
    cases.set(name, found)
    found.rows.push(row)
  }
  const several = [...cases.values()].some((c) => c.rows.length > 1)
  let before: Gathered | undefined
  let waiting: number[] = []
  for (const row of rows) {
    const named = cases.get(JSON.stringify(keyOf(row)))
    if (!isLost(row)) {
      if (several) named?.broken.push(...waiting)
      waiting = []
      before = named
      continue
    }
    if (!isBroken(row))
      problems.push({
        row: row.row,
        column: mapping.case.find((c) => row.cells[c] === '')!,
        message: 'This must not be empty: it says which case the row belongs to.',
      })
    named?.broken.push(row.row)
    if (several && before !== named) before?.broken.push(row.row)
    waiting.push(row.row)
  }
  return { cases: [...cases.values()], problems }
}

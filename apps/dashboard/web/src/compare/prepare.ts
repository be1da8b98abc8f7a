import type { Cell, Column, Table } from '@circumspect/views'
import type { NamedReport } from '../shared/api'

export interface ComparedRow {
  readonly keys: readonly Cell[]
  /** For each measure the figure of the first and of the second; null where that side has no such row. */
  readonly figures: readonly (readonly [Cell, Cell])[]
}

export interface ComparedTable {
  readonly name: string
  readonly title: string
  readonly keys: readonly Column[]
  readonly measures: readonly Column[]
  readonly rows: readonly ComparedRow[]
}

/** Lists of single cases or reviews are not for comparing. */
const isList = ({ columns }: Table): boolean => columns.some(({ ref }) => ref === 'case' || ref === 'review' || ref === 'child')

/** The tables of one report for two choices, row beside row. Nothing is subtracted: whether a difference is more than chance no table says. */
export function compareReports(first: NamedReport, second: NamedReport): ComparedTable[] {
  // Where each side is one school, the schools are what is compared, not what rows are told apart by.
  const oneEach = first.request.schools.length === 1 && second.request.schools.length === 1
  return first.tables.flatMap((table) => {
    const other = second.tables.find((t) => t.name === table.name)
    if (!other || isList(table)) return []
    const keys = table.columns.filter((c) => c.unit === undefined && !(oneEach && c.ref === 'school'))
    const measures = table.columns.filter((c) => c.unit !== undefined)
    return measures.length === 0 ? [] : [{ name: table.name, title: table.title, keys, measures, rows: beside(table, other, keys, measures) }]
  })
}

function beside(first: Table, second: Table, keys: readonly Column[], measures: readonly Column[]): ComparedRow[] {
  const keyOf = (row: Table['rows'][number]) => JSON.stringify(keys.map(({ key }) => row[key] ?? null))
  const sides = [first, second].map((table) => new Map(table.rows.map((row) => [keyOf(row), row])))
  const all = [...new Set([...sides[0]!.keys(), ...sides[1]!.keys()])]
  return all.map((key) => ({
    keys: JSON.parse(key) as Cell[],
    figures: measures.map((measure) => [sides[0]!.get(key)?.[measure.key] ?? null, sides[1]!.get(key)?.[measure.key] ?? null] as const),
  }))
}

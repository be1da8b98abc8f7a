import type { Column, ReportName } from '../report'

export type Row = Record<string, unknown>

/** One table of a report: its SQL, its columns, and what TypeScript makes of the rows (ratios, hours) after the integers come back. */
export interface TableDefinition {
  readonly name: string
  readonly title: string
  /** What stands in it as a comment that begins with `case` is part of the question only when it is asked case by case. */
  readonly sql: string
  readonly columns: readonly Column[]
  /** Parameters of its own besides the common ones. */
  readonly params?: Readonly<Record<string, unknown>>
  /** `others` are the rows of the tables before it, by name. */
  readonly finish?: (rows: Row[], others: ReadonlyMap<string, Row[]>) => Row[]
  /** The columns that tell its rows apart, where the cases behind them can be listed. */
  readonly caseKeys?: readonly string[]
  /** Rows that only other tables need: not shown. */
  readonly hidden?: boolean
  /** Which rows of the question are its own, in SQL, where others are among them: what `finish` picks out. */
  readonly own?: string
  /** The table before it whose rows hold its own, which `finish` picks out: not asked for again, except for the cases behind them. */
  readonly within?: string
}

export interface ReportDefinition {
  readonly name: ReportName
  readonly title: string
  /** Units, what is counted, what is left out: shown with the figures. */
  readonly definition: string
  readonly tables: readonly TableDefinition[]
}

const num = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

/** Hours, to two places, from a column of milliseconds. */
export const hours = (ms: unknown): number | null => {
  const value = num(ms)
  return value === null ? null : Math.round(value / 36_000) / 100
}

/** A share from 0 to 1, to four places; null of nothing. */
export const share = (part: unknown, whole: unknown): number | null => {
  const [p, w] = [num(part), num(whole)]
  return p === null || w === null || w === 0 ? null : Math.round((p / w) * 10_000) / 10_000
}

/** `part` for every `per` of `whole`, to two places; null of nothing. */
export const rate = (part: unknown, whole: unknown, per: number): number | null => {
  const [p, w] = [num(part), num(whole)]
  return p === null || w === null || w <= 0 ? null : Math.round((p / w) * per * 100) / 100
}

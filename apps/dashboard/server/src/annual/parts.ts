import type { Appraisal, Cell, Column, Finding, ReportResult, Table } from '@circumspect/views'
import type { Picture } from '../../../web/src/pictures/picture'
import { byKind } from '../../../web/src/shared/kinds'
import { cellInWords } from '../../../web/src/shared/labels'
import type { AnnualCell, AnnualPart, AnnualTable } from './model'

export type Row = Table['rows'][number]
type Names = Readonly<Record<string, string>>

export const text = (words: string): AnnualPart => ({ kind: 'text', text: words })
export const heading = (words: string): AnnualPart => ({ kind: 'heading', text: words })
export const pictures = (all: readonly Picture[] | undefined): AnnualPart[] => (all ?? []).map((picture) => ({ kind: 'picture', picture }))

export const rowsOf = ({ tables }: Pick<ReportResult, 'tables'>, table: string): readonly Row[] => tables.find((t) => t.name === table)?.rows ?? []

/** The same report with other rows in one of its tables: what pictures and tables of a part of it are made from. */
export const withRows = <R extends Pick<ReportResult, 'tables'>>(report: R, table: string, rows: readonly Row[]): R => ({
  ...report,
  tables: report.tables.map((t) => (t.name === table ? { ...t, rows } : t)),
})

/** What was found, what stands out first; nothing where nothing was. */
export const findings = (found: readonly Finding[]): AnnualPart[] =>
  found.length === 0 ? [] : [{ kind: 'findings', findings: byKind(found).map(({ kind, text: words, caution }) => ({ kind, text: words, caution })) }]

/** A day of the calendar, as it stands in a row. */
export const isDay = (value: Cell): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

export const cell = (value: Cell, names: Names = {}, unit?: string): AnnualCell => {
  const words = cellInWords(value, names, unit)
  return { words, value: typeof value === 'string' && !isDay(value) ? words : value, ...(unit === 'share' && typeof value === 'number' && { share: true }) }
}

interface Asked {
  /** Of a table that is too wide for paper: these alone, in this order. */
  readonly columns?: readonly string[]
  readonly where?: (row: Row) => boolean
  readonly title?: string
  /** Other labels for some of the columns. */
  readonly labels?: Readonly<Record<string, string>>
}

/** A table of a report as it is; without the ids of reviews, and without the school where there is only one. */
export function table(of: Pick<ReportResult | Appraisal, 'tables' | 'request'>, name: string, names: Names, asked: Asked = {}): AnnualPart[] {
  const found = of.tables.find((t) => t.name === name)
  if (!found) return []
  const columns = columnsOf(found, of.request.schools.length, asked.columns)
  const rows = found.rows.filter(asked.where ?? (() => true))
  return [
    {
      kind: 'table',
      title: asked.title ?? found.title,
      columns: columns.map(({ key, label, unit }) => ({ label: asked.labels?.[key] ?? label, numeric: unit !== undefined })),
      rows: rows.map((row) => columns.map(({ key, unit }) => cell(row[key] ?? null, names, unit))),
    } satisfies AnnualTable,
  ]
}

function columnsOf({ columns }: Table, schools: number, asked: readonly string[] | undefined): readonly Column[] {
  const chosen = asked?.flatMap((key) => columns.filter((c) => c.key === key)) ?? columns.filter((c) => c.ref !== 'review')
  const others = chosen.filter((c) => c.ref !== 'school')
  return schools === 1 && others.some((c) => c.unit === undefined) ? others : chosen
}

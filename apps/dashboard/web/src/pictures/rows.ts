import type { NamedReport } from '../shared/named'
import { cellInWords, label } from '../shared/labels'
import type { BarPicture, Picture, Point } from './picture'

export type Row = NamedReport['tables'][number]['rows'][number]
/** The pictures of a report, by the table whose figures they show. */
export type Pictures = Readonly<Record<string, readonly Picture[]>>

export const rowsOf = ({ tables }: Pick<NamedReport, 'tables'>, table: string): readonly Row[] => tables.find((t) => t.name === table)?.rows ?? []

/** A figure of a row; null where it is not known, which is not zero. */
export const figure = (row: Row | undefined, key: string): number | null => {
  const value = row?.[key] ?? null
  return value === null ? null : Number(value)
}

export const word = (row: Row, key: string, { names }: Pick<NamedReport, 'names'>): string => cellInWords(row[key] ?? null, names)

/** The values of a column, each once, in the order they come. */
export const valuesOf = (rows: readonly Row[], key: string): string[] => [...new Set(rows.map((row) => String(row[key] ?? '')))]

/** The child harmed first, everywhere: the same colour for the same role. */
export const ROLES = ['alleged-victim', 'alleged-perpetrator'] as const
export const inOrderOfRoles = (rows: readonly Row[]): Row[] => {
  const rank = ({ role }: Row): number => (role === ROLES[0] ? 0 : role === ROLES[1] ? 1 : 2)
  return [...rows].sort((a, b) => rank(a) - rank(b))
}

/** A picture of nothing is left out; so is one where nothing is known. */
export const drawn = (...pictures: readonly Picture[]): Picture[] => pictures.filter(hasFigures)

function hasFigures(picture: Picture): boolean {
  if (picture.kind === 'matrix') return picture.figures.flat().some((n) => n > 0)
  if (picture.kind === 'funnel' || picture.kind === 'control') return picture.points.length > 0
  return picture.points.some(({ values }) => values.some((value) => value !== null && value > 0))
}

type Bars = Omit<BarPicture, 'kind' | 'inWords' | 'standing' | 'stacked'> & Partial<Pick<BarPicture, 'standing' | 'stacked'>>

/** Bars, with the largest of them said in words. */
export const bars = (given: Bars): BarPicture => ({ kind: 'bars', standing: false, stacked: false, inWords: largestInWords(given), ...given })

function largestInWords({ title, unit, series, points }: Bars): string {
  const all = points.flatMap(({ label: of, values }) => values.map((value, i) => ({ of, value: value ?? 0, series: series[i]! })))
  const most = Math.max(0, ...all.map((p) => p.value))
  const where = all.filter((p) => p.value === most)
  if (most === 0) return `${title}, ${unit}: nothing to show.`
  const named = where.length === 1 ? ` for ${where[0]!.of}${series.length > 1 ? `, ${where[0]!.series}` : ''}` : ` for ${where.length} of them`
  return `${title}. The largest is ${unit === 'share' ? `${Math.round(most * 100)} %` : `${most.toLocaleString('en-GB')} ${unit}`},${named}.`
}

/** A point for each row, a value for each of these columns. */
export const pointsOf = (rows: readonly Row[], name: (row: Row) => string, keys: readonly string[]): Point[] =>
  rows.map((row) => ({ label: name(row), values: keys.map((key) => figure(row, key)) }))

export const labelled = (codes: readonly string[]): string[] => codes.map(label)

import { label } from '../shared/labels'
import type { NamedReport } from '../shared/named'

export interface GridCell {
  readonly slot: string
  /** Incidents reported; 0 where none was. */
  readonly incidents: number
  /** 0 for none, then 1 to 5 in equal steps up to the largest of the grid, or to 5 where none is larger. */
  readonly level: 0 | 1 | 2 | 3 | 4 | 5
}

export interface GridRow {
  readonly key: string
  readonly place: string
  readonly note: string
  /** What tells the place apart in the report's table; undefined for the row of the others. */
  readonly where?: Readonly<Record<string, string | null>>
  readonly cells: readonly GridCell[]
  readonly total: number
}

export interface Most {
  readonly incidents: number
  readonly cells: number
  readonly place: string
  readonly note: string
  readonly slot: string
}

export interface Grid {
  readonly slots: readonly { readonly code: string; readonly label: string; readonly total: number }[]
  readonly rows: readonly GridRow[]
  readonly total: number
  readonly largest: number
  /** The largest figure of a known time slot, and how many cells have it; where one alone does, which. Undefined where there is none. */
  readonly most: Most | undefined
}

/** The day in its order; what is not known comes last. */
const SLOTS = ['arrival', 'registration', 'lesson', 'lesson-change', 'break', 'lunch', 'departure', 'journey', 'out-of-hours', 'unknown']

type Row = NamedReport['tables'][number]['rows'][number]
type Names = Readonly<Record<string, string>>

const PLACE_KEYS = ['school', 'setting', 'place', 'location_kind'] as const

/** A place with a name; or all that was recorded of a kind of place without one. */
const placeKey = (row: Row): string => `${String(row.school)} ${String(row.place ?? `${String(row.setting)} ${String(row.location_kind)}`)}`

function placeName({ place, setting, location_kind: kind }: Row, names: Names): string {
  if (place !== null) return names[String(place)] ?? 'Place without a name'
  if (setting === 'on-site') return `${label(String(kind))}, no named place`
  return kind === 'other' || setting === 'online-only'
    ? label(String(setting))
    : `${label(String(setting))}: ${label(String(kind)).toLowerCase()}`
}

/** Places down, time slots across. Places in the order of what was reported there, then by name. */
export function prepareGrid(rows: readonly Row[], names: Names, severalSchools: boolean): Grid {
  const counts = new Map<string, { first: Row; bySlot: Map<string, number> }>()
  for (const row of rows) {
    const key = placeKey(row)
    const place = counts.get(key) ?? { first: row, bySlot: new Map<string, number>() }
    place.bySlot.set(String(row.slot), (place.bySlot.get(String(row.slot)) ?? 0) + Number(row.incidents))
    counts.set(key, place)
  }
  const used = SLOTS.filter((slot) => [...counts.values()].some(({ bySlot }) => bySlot.has(slot)))
  const largest = Math.max(0, ...[...counts.values()].flatMap(({ bySlot }) => [...bySlot.values()]))
  const gridRows = [...counts].map(([key, { first, bySlot }]): GridRow => {
    const cells = used.map((slot) => ({ slot, incidents: bySlot.get(slot) ?? 0, level: levelOf(bySlot.get(slot) ?? 0, largest) }))
    const note = severalSchools ? (names[String(first.school)] ?? '') : ''
    const where = Object.fromEntries(PLACE_KEYS.map((k) => [k, first[k] === null || first[k] === undefined ? null : String(first[k])]))
    return { key, place: placeName(first, names), note, where, cells, total: sum(cells.map((c) => c.incidents)) }
  })
  gridRows.sort((a, b) => b.total - a.total || a.place.localeCompare(b.place, 'en-GB') || (a.key < b.key ? -1 : 1))
  return {
    slots: used.map((slot, i) => ({ code: slot, label: label(slot), total: sum(gridRows.map((r) => r.cells[i]!.incidents)) })),
    rows: gridRows,
    total: sum(gridRows.map((r) => r.total)),
    largest,
    most: mostOf(gridRows),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const LEVELS = 5
/** The darkest shade is for the largest figure, yet never for fewer than five: a single report is no alarm. */
const scaleOf = (largest: number): number => Math.max(largest, LEVELS)

const levelOf = (incidents: number, largest: number): GridCell['level'] =>
  Math.ceil((incidents * LEVELS) / scaleOf(largest)) as GridCell['level']

/** What each shade stands for, least first, as far as the largest figure goes. */
export function prepareKey(largest: number): { readonly level: number; readonly from: number; readonly to: number }[] {
  const upTo = (level: number) => Math.floor((scaleOf(largest) * level) / LEVELS)
  const all = Array.from({ length: LEVELS }, (_, i) => ({ level: i + 1, from: upTo(i) + 1, to: upTo(i + 1) }))
  return all.filter(({ from }) => from <= largest)
}

function mostOf(rows: readonly GridRow[]): Grid['most'] {
  const known = rows
    .flatMap(({ place, note, cells }) => cells.map(({ slot, incidents }) => ({ place, note, slot, incidents })))
    .filter((c) => c.slot !== 'unknown')
  const incidents = Math.max(0, ...known.map((c) => c.incidents))
  const highest = known.filter((c) => c.incidents === incidents)
  return incidents === 0 ? undefined : { ...highest[0]!, cells: highest.length }
}

/** Where most was reported, where that says something. */
export function mostInWords(most: Most | undefined): string {
  if (!most || most.incidents < 2) return ''
  const { incidents, cells, place, note, slot } = most
  const where = cells === 1 ? `${place}, ${label(slot).toLowerCase()}${note === '' ? '' : ` (${note})`}` : `in each of ${cells}`
  return `Most in one place and time slot: ${incidents}, ${where}.`
}

/** Places on a page before a reader asks for all. */
const ENOUGH = 15

/** The first rows of a long grid, and the others as one row, never one alone; a grid that is not much longer stays whole. */
export function shorten(grid: Grid, first = ENOUGH): { readonly rows: readonly GridRow[]; readonly others: GridRow | undefined; readonly hidden: number } {
  if (grid.rows.length <= first + (first === ENOUGH ? 5 : 1)) return { rows: grid.rows, others: undefined, hidden: 0 }
  const rest = grid.rows.slice(first)
  const cells = grid.slots.map(({ code }, i) => ({ slot: code, incidents: sum(rest.map((r) => r.cells[i]!.incidents)), level: 0 as const }))
  const others: GridRow = { key: 'others', place: `The other ${rest.length} places`, note: '', cells, total: sum(rest.map((r) => r.total)) }
  return { rows: grid.rows.slice(0, first), others, hidden: rest.length }
}

const WEEKDAYS = ['Not known', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export interface WeekdayBar {
  readonly weekday: string
  readonly incidents: number
}

/** Incidents by weekday, Monday to Friday always, the others where there are any. */
export function prepareWeekdays(rows: readonly Row[]): WeekdayBar[] {
  const counts = WEEKDAYS.map(() => 0)
  for (const row of rows) counts[Number(row.weekday)]! += Number(row.incidents)
  const shown = [1, 2, 3, 4, 5, 6, 7, 0].filter((d) => (d >= 1 && d <= 5) || counts[d]! > 0)
  return shown.map((d) => ({ weekday: WEEKDAYS[d]!, incidents: counts[d]! }))
}

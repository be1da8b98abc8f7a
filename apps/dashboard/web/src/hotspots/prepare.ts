import { label } from '../shared/labels'
import type { NamedReport } from '../shared/api'

export interface GridCell {
  readonly slot: string
  /** Incidents reported; 0 where none was. */
  readonly incidents: number
  /** 0 for none, then 1 to 5 in equal steps up to the largest of the grid. */
  readonly level: 0 | 1 | 2 | 3 | 4 | 5
}

export interface GridRow {
  readonly key: string
  readonly place: string
  readonly note: string
  readonly cells: readonly GridCell[]
  readonly total: number
}

export interface Grid {
  readonly slots: readonly { readonly code: string; readonly label: string; readonly total: number }[]
  readonly rows: readonly GridRow[]
  readonly total: number
  readonly largest: number
  /** Where the largest figure stands; undefined for an empty grid. */
  readonly most: { readonly place: string; readonly slot: string; readonly incidents: number } | undefined
}

/** The day in its order; what is not known comes last. */
const SLOTS = ['arrival', 'registration', 'lesson', 'lesson-change', 'break', 'lunch', 'departure', 'journey', 'out-of-hours', 'unknown']

type Row = NamedReport['tables'][number]['rows'][number]

const placeKey = (row: Row): string => `${String(row.school)} ${String(row.place ?? row.location_kind)}`

/** Places down, time slots across. Places in the order of what was reported there, then by name. */
export function prepareGrid(rows: readonly Row[], names: Readonly<Record<string, string>>, severalSchools: boolean): Grid {
  const counts = new Map<string, Map<string, number>>()
  const firstOf = new Map<string, Row>()
  for (const row of rows) {
    const key = placeKey(row)
    firstOf.set(key, firstOf.get(key) ?? row)
    const slots = counts.get(key) ?? new Map<string, number>()
    slots.set(String(row.slot), (slots.get(String(row.slot)) ?? 0) + Number(row.incidents))
    counts.set(key, slots)
  }
  const used = SLOTS.filter((slot) => [...counts.values()].some((slots) => slots.has(slot)))
  const largest = Math.max(0, ...[...counts.values()].flatMap((slots) => [...slots.values()]))
  const gridRows = [...counts].map(([key, slots]): GridRow => {
    const row = firstOf.get(key)!
    const cells = used.map((slot) => ({ slot, incidents: slots.get(slot) ?? 0, level: levelOf(slots.get(slot) ?? 0, largest) }))
    return {
      key,
      place: row.place === null ? `${label(String(row.location_kind))}, no named place` : (names[String(row.place)] ?? 'Place without a name'),
      note: severalSchools ? (names[String(row.school)] ?? '') : '',
      cells,
      total: cells.reduce((sum, c) => sum + c.incidents, 0),
    }
  })
  gridRows.sort((a, b) => b.total - a.total || a.place.localeCompare(b.place, 'en-GB') || (a.key < b.key ? -1 : 1))
  return {
    slots: used.map((slot, i) => ({ code: slot, label: label(slot), total: gridRows.reduce((sum, r) => sum + r.cells[i]!.incidents, 0) })),
    rows: gridRows,
    total: gridRows.reduce((sum, r) => sum + r.total, 0),
    largest,
    most: mostOf(gridRows),
  }
}

const levelOf = (incidents: number, largest: number): GridCell['level'] =>
  incidents === 0 ? 0 : (Math.max(1, Math.ceil((incidents / largest) * 5)) as GridCell['level'])

function mostOf(rows: readonly GridRow[]): Grid['most'] {
  const all = rows.flatMap((row) => row.cells.map((cell) => ({ place: row.place, slot: cell.slot, incidents: cell.incidents })))
  return all.reduce<Grid['most']>((most, cell) => (cell.incidents > (most?.incidents ?? 0) ? cell : most), undefined)
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
  return [1, 2, 3, 4, 5, 6, 7, 0].filter((d) => (d >= 1 && d <= 5) || counts[d]! > 0).map((d) => ({ weekday: WEEKDAYS[d]!, incidents: counts[d]! }))
}

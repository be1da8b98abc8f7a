import type { Assumption } from '../../report'
import type { Row } from '../../reports/definition'

/** A school's places and slots with the incidents counted in each cell, and the minutes × children it stands for. */
export interface SchoolGrid {
  readonly school: string
  readonly places: readonly { readonly id: string; readonly adjacent: readonly string[] }[]
  readonly slots: readonly string[]
  readonly counts: readonly (readonly number[])[]
  /** Pupil-minutes where every place has a capacity, else minutes; empty where there is no timetable. */
  readonly exposure: readonly (readonly number[])[]
  readonly exposedTo: 'pupil-minutes' | 'minutes' | 'nothing'
  /** Incidents at named places whose slot has no time in the timetable. */
  readonly leftOut: number
}

/** The day in its order. */
const DAY = ['arrival', 'registration', 'lesson', 'lesson-change', 'break', 'lunch', 'departure']

/** The grid of each school that has places; a place assumed to be busier has so much more exposure. */
export function gridsOf(days: readonly Row[], layout: readonly Row[], exposure: readonly Row[], assumed: readonly Assumption[]): SchoolGrid[] {
  return [...new Set(layout.map((r) => String(r.school)))].map((school) => {
    const own = (rows: readonly Row[]) => rows.filter((r) => r.school === school)
    return gridOf(school, own(days), own(layout), own(exposure), assumed)
  })
}

function gridOf(school: string, days: readonly Row[], layout: readonly Row[], exposure: readonly Row[], assumed: readonly Assumption[]): SchoolGrid {
  const minutes = new Map(exposure.map((r) => [String(r.slot), Number(r.minutes)]))
  const known = minutes.size > 0
  const slots = DAY.filter((slot) => (known ? (minutes.get(slot) ?? 0) > 0 : days.some((r) => r.slot === slot)))
  const ids = layout.map((r) => String(r.place))
  const places = layout.map((r) => ({ id: String(r.place), adjacent: (r.neighbours as string[]).filter((n) => n !== r.place && ids.includes(n)) }))
  const count = (place: string, slot: string) => days.filter((r) => r.place === place && r.slot === slot).reduce((sum, r) => sum + Number(r.incidents), 0)
  const counts = ids.map((place) => slots.map((slot) => count(place, slot)))
  const capacities = layout.map((r) => (r.capacity === null ? undefined : Number(r.capacity)))
  const byCapacity = capacities.every((c) => c !== undefined && c > 0)
  const timesAsBusy = (place: string) => assumed.find((a) => a.place === place)?.times ?? 1
  const total = days.reduce((sum, r) => sum + Number(r.incidents), 0)
  return {
    school,
    places,
    slots,
    counts,
    exposure: known ? ids.map((id, i) => slots.map((slot) => minutes.get(slot)! * (byCapacity ? capacities[i]! : 1) * timesAsBusy(id))) : [],
    exposedTo: !known ? 'nothing' : byCapacity ? 'pupil-minutes' : 'minutes',
    leftOut: total - counts.flat().reduce((a, b) => a + b, 0),
  }
}

const DAY_MS = 86_400_000
const WEEKS = 52

/** Incidents by place in each of the last weeks up to a day, for what emerges. Weeks end on that day of the week. */
export function weeksOf(school: string, places: readonly string[], days: readonly Row[], lastDay: string): { weeks: string[]; counts: number[][] } {
  const end = Date.parse(`${lastDay}T00:00:00Z`)
  const weeks = Array.from({ length: WEEKS }, (_, i) => new Date(end - (WEEKS - 1 - i) * 7 * DAY_MS).toISOString().slice(0, 10))
  const counts = places.map(() => weeks.map(() => 0))
  for (const r of days) {
    const back = Math.floor((end - Date.parse(`${String(r.day)}T00:00:00Z`)) / (7 * DAY_MS))
    const place = places.indexOf(String(r.place))
    if (r.school === school && place >= 0 && back >= 0 && back < WEEKS) counts[place]![WEEKS - 1 - back]! += Number(r.incidents)
  }
  return { weeks, counts }
}

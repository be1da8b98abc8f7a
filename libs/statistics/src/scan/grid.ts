import { ArgumentError, requireCount } from '../argument-error'
import type { Place, PlaceGroup } from './places'

/** What every scan takes: the places, the slots in order (periods of the day, days, weeks), and the cases by place and slot. */
export interface ScanInput {
  places: readonly Place[]
  slots: readonly string[]
  /** counts[place][slot], in the order of `places` and `slots`. */
  counts: readonly (readonly number[])[]
  groups?: readonly PlaceGroup[]
}

export interface ScanOptions {
  /** A whole number, 0 to 2³² − 1. */
  seed: number
  /** Data sets by chance. 9,999 unless given; the smallest p there can be is 1/(replicates + 1). */
  replicates?: number
  /** The most of all expected cases that the places of a window may have, over all slots; a half unless given. */
  maxShare?: number
  /** The most slots of a window; half of them, but at least one, unless given. */
  maxSlots?: number
  /** The p up to which a cluster counts as significant: 0.05 unless given. */
  significance?: number
  /** Clusters are listed as long as they share no place with one before them (SaTScan's default), or no cell. */
  apart?: 'places' | 'cells'
  /** The most clusters listed: 10 unless given. */
  maxClusters?: number
}

export type ScanRules = Required<ScanOptions>

export function rulesOf(options: ScanOptions, slots: number): ScanRules {
  const rules: ScanRules = {
    replicates: 9999,
    maxShare: 0.5,
    maxSlots: Math.max(1, Math.floor(slots / 2)),
    significance: 0.05,
    apart: 'places',
    maxClusters: 10,
    ...options,
  }
  for (const name of ['replicates', 'maxSlots', 'maxClusters'] as const) {
    if (!(Number.isInteger(rules[name]) && rules[name] >= 1)) throw new ArgumentError(name, `must be a whole number, 1 or more, not ${rules[name]}`)
  }
  for (const name of ['maxShare', 'significance'] as const) {
    if (!(rules[name] > 0 && rules[name] <= 1)) throw new ArgumentError(name, `must be above 0 and at most 1, not ${rules[name]}`)
  }
  return rules
}

/** The input with its places in the order of their ids, so that the order in which they came changes nothing, not even chance. */
export interface Grid {
  places: readonly Place[]
  slots: readonly string[]
  groups: readonly PlaceGroup[]
  cells: Int32Array
  total: number
  /** Where each place stood in the input. */
  inputRow: readonly number[]
}

export function gridOf({ places, slots, counts, groups = [] }: ScanInput): Grid {
  requireUnique('places', places.map((place) => place.id))
  requireUnique('slots', slots)
  requireShape('counts', counts, places.length, slots.length)
  counts.forEach((row, i) => row.forEach((count, j) => requireCount(`counts[${i}][${j}]`, count)))
  const inputRow = places.map((_, i) => i).sort((a, b) => (places[a]!.id < places[b]!.id ? -1 : 1))
  const cells = Int32Array.from(inputRow.flatMap((row) => counts[row]!))
  const total = cells.reduce((sum, count) => sum + count, 0)
  return { places: inputRow.map((row) => places[row]!), slots, groups, cells, total, inputRow }
}

export function requireShape(name: string, rows: readonly (readonly number[])[], places: number, slots: number): void {
  if (rows.length !== places) throw new ArgumentError(name, `must have one row per place (${places}), not ${rows.length}`)
  rows.forEach((row, i) => {
    if (row.length !== slots) throw new ArgumentError(`${name}[${i}]`, `must have one number per slot (${slots}), not ${row.length}`)
  })
}

function requireUnique(name: string, ids: readonly string[]): void {
  if (ids.length === 0) throw new ArgumentError(name, 'must not be empty')
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) throw new ArgumentError(name, `must differ, and ${JSON.stringify(twice)} is there twice`)
}

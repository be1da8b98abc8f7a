import { ArgumentError } from '../argument-error'
import { type Place, type PlaceGroup, ringsAround } from './places'

/** Places scanned together: a smaller set before it (`parent`, −1 for none) and those `added` to it. All by index. */
export interface PlaceSet {
  members: readonly number[]
  parent: number
  added: readonly number[]
}

/** Slots `from` to `to` − 1. */
export interface Span {
  from: number
  to: number
}

/**
 * Every window of a scan: each set of places with each span of slots. Window (set, span) has index set × spans.length + span; `expected`
 * has its expected cases, on the scale of the total.
 */
export interface Windows {
  places: number
  slots: number
  sets: readonly PlaceSet[]
  spans: readonly Span[]
  expected: Float64Array
  /** Places that alone expect more than the share a window may have: no window can show them. */
  tooLarge: readonly number[]
}

export interface WindowRules {
  /** The most of all expected cases that the places of a window may have, over all slots. */
  maxShare: number
  maxSlots: number
  /** Spans that reach the last slot only: clusters still alive. */
  alive: boolean
}

/** Expected shares compare with this allowance, so that two places of four equal ones are half. */
const ROUNDING = 1 + 1e-9

/**
 * @param places in the order in which the cells run
 * @param expected expected cases by place × slot, adding up to the total
 */
export function windowsOf(places: readonly Place[], groups: readonly PlaceGroup[], slots: number, expected: Float64Array, rules: WindowRules): Windows {
  const ofPlace = places.map((_, place) => sumOf(expected.subarray(place * slots, (place + 1) * slots)))
  const most = rules.maxShare * ofPlace.reduce((a, b) => a + b, 0) * ROUNDING
  const sets = placeSets(places, groups, ofPlace, most)
  const spans = spansOf(slots, rules)
  return {
    places: places.length,
    slots,
    sets,
    spans,
    expected: expectedBySetAndSpan(sets, spans, slots, expected),
    tooLarge: places.map((_, place) => place).filter((place) => ofPlace[place]! > most),
  }
}

/** Nested sets around each place, as far as they stay within the share; one that several places lead to is kept once. */
function placeSets(places: readonly Place[], groups: readonly PlaceGroup[], ofPlace: readonly number[], most: number): PlaceSet[] {
  const sets: PlaceSet[] = []
  const known = new Map<string, number>()
  const add = (parent: number, added: readonly number[]): number | undefined => {
    const members = [...(sets[parent]?.members ?? []), ...added].sort((a, b) => a - b)
    const key = members.join()
    if (known.has(key)) return known.get(key)
    if (members.reduce((total, place) => total + ofPlace[place]!, 0) > most) return undefined
    known.set(key, sets.length)
    return sets.push({ members, parent, added }) - 1
  }
  ringsAround(places).forEach((rings, centre) => {
    let parent = add(-1, [centre])
    for (const ring of rings) {
      if (parent === undefined) return
      parent = add(parent, ring)
    }
  })
  groups.forEach((group) => add(-1, membersOf(group, places)))
  return sets
}

function membersOf(group: PlaceGroup, places: readonly Place[]): number[] {
  const members = [...new Set(group.places)].map((id) => {
    const place = places.findIndex((known) => known.id === id)
    if (place < 0) throw new ArgumentError(`group ${JSON.stringify(group.id)}`, `must name places of the scan, not ${JSON.stringify(id)}`)
    return place
  })
  if (members.length === 0) throw new ArgumentError(`group ${JSON.stringify(group.id)}`, 'must have at least one place')
  return members
}

function spansOf(slots: number, { maxSlots, alive }: WindowRules): Span[] {
  const spans: Span[] = []
  for (let from = 0; from < slots; from++) {
    for (let to = from + 1; to <= Math.min(slots, from + maxSlots); to++) {
      if (!alive || to === slots) spans.push({ from, to })
    }
  }
  return spans
}

function expectedBySetAndSpan(sets: readonly PlaceSet[], spans: readonly Span[], slots: number, expected: Float64Array): Float64Array {
  const result = new Float64Array(sets.length * spans.length)
  const bySlot = new Float64Array(slots)
  sets.forEach(({ members }, set) => {
    bySlot.fill(0)
    for (const place of members) for (let slot = 0; slot < slots; slot++) bySlot[slot] = bySlot[slot]! + expected[place * slots + slot]!
    spans.forEach(({ from, to }, span) => {
      result[set * spans.length + span] = sumOf(bySlot.subarray(from, to))
    })
  })
  return result
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

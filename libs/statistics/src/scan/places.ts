import { ArgumentError } from '../argument-error'

/**
 * A place of the scan and, in at most one way, what is near it; a place that says nothing stands alone.
 * `at`: a point, in one unit for all places. `adjacent`: ids of the places next to it (said by either of two is said by both).
 * `nearest`: ids of other places, nearest first, each further one joining on its own.
 */
export interface Place {
  id: string
  at?: { x: number; y: number }
  adjacent?: readonly string[]
  nearest?: readonly string[]
}

/** Places that belong together whatever their distance, such as those of one kind: a window of its own. */
export interface PlaceGroup {
  id: string
  places: readonly string[]
}

/** Squared distances that differ by no more than this share are one distance: what rounding does to a regular grid. */
const SAME_DISTANCE = 1e-9

/**
 * For each place the rings around it, outward: lists of places (by index) that join its window together.
 *
 * Ties: places at the same distance join together, so a window is a full circle, and neither the order nor the name of a place decides.
 * With adjacency a ring is all places the same number of steps away.
 */
export function ringsAround(places: readonly Place[]): number[][][] {
  const index = new Map(places.map((place, i) => [place.id, i]))
  places.forEach((place) => requireOneWay(place, index))
  const next = adjacency(places, index)
  return places.map((place, i) => {
    if (place.at) return ringsByDistance(places, i)
    if (place.nearest) return place.nearest.map((id) => [index.get(id)!])
    return ringsBySteps(next, i)
  })
}

function requireOneWay(place: Place, index: ReadonlyMap<string, number>): void {
  const name = `place ${JSON.stringify(place.id)}`
  const ways = (['at', 'adjacent', 'nearest'] as const).filter((way) => place[way] !== undefined)
  if (ways.length > 1) throw new ArgumentError(name, `must give only one of ${ways.join(', ')}`)
  if (place.at && !(Number.isFinite(place.at.x) && Number.isFinite(place.at.y))) throw new ArgumentError(`${name}.at`, 'must be two finite numbers')
  const near = place.adjacent ?? place.nearest ?? []
  for (const id of near) {
    if (!index.has(id) || id === place.id) throw new ArgumentError(`${name}.${ways[0]}`, `must name other places of the scan, not ${JSON.stringify(id)}`)
  }
  if (new Set(near).size < near.length) throw new ArgumentError(`${name}.${ways[0]}`, 'must name each place once')
}

function ringsByDistance(places: readonly Place[], centre: number): number[][] {
  const from = places[centre]!.at!
  const others = places
    .flatMap(({ at }, i) => (at && i !== centre ? [{ i, far: (at.x - from.x) ** 2 + (at.y - from.y) ** 2 }] : []))
    .sort((a, b) => a.far - b.far || a.i - b.i)
  const rings: number[][] = []
  let ringAt = -1
  for (const { i, far } of others) {
    if (rings.length === 0 || far > ringAt * (1 + SAME_DISTANCE)) {
      rings.push([])
      ringAt = far
    }
    rings.at(-1)!.push(i)
  }
  return rings
}

function adjacency(places: readonly Place[], index: ReadonlyMap<string, number>): Set<number>[] {
  const next = places.map(() => new Set<number>())
  places.forEach((place, i) => {
    for (const id of place.adjacent ?? []) {
      next[i]!.add(index.get(id)!)
      next[index.get(id)!]!.add(i)
    }
  })
  return next
}

function ringsBySteps(next: readonly ReadonlySet<number>[], centre: number): number[][] {
  const reached = new Set([centre])
  const rings: number[][] = []
  let ring = [centre]
  for (;;) {
    ring = [...new Set(ring.flatMap((i) => [...next[i]!]))].filter((i) => !reached.has(i)).sort((a, b) => a - b)
    if (ring.length === 0) return rings
    ring.forEach((i) => reached.add(i))
    rings.push(ring)
  }
}

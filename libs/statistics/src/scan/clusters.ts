import { seededRandom } from '../chance'
import type { Grid, ScanRules } from './grid'
import { poissonLlr } from './likelihood'
import { fastMaxima, type Maxima, type Simulate } from './maxima'
import type { Span, Windows } from './windows'

/** Places and slots, next to one another, that hold more cases than expected. */
export interface Cluster {
  /** Ids, in order. */
  places: string[]
  /** Ids, in the order of the slots. */
  slots: string[]
  observed: number
  expected: number
  /** Rate inside over rate outside; Infinity if all cases are inside. */
  relativeRisk: number
  llr: number
  /** (1 + replicates whose largest ratio is at least this one) / (1 + replicates): allows for having looked at every window. */
  p: number
}

export interface Scan<C extends Cluster = Cluster> {
  /** Most likely first, each apart from those before it. Empty where nothing is above what was expected. */
  clusters: C[]
  total: number
  windows: number
  replicates: number
  /** The ratio a cluster must exceed to be significant; null where the replicates are too few for that or nothing was drawn. */
  criticalLlr: number | null
  /** Ids of places that have more than the share a window may have by themselves: the scan is blind to them. */
  tooLarge: string[]
}

/** Ratios no further apart than this are equal: the order in which floating-point sums were taken must not decide. */
const EQUAL = 1e-8

/** The search common to the scans: windows in, clusters with their p-values out. */
export function search(grid: Grid, windows: Windows, simulate: Simulate, rules: ScanRules, maximaOf: Maxima = fastMaxima): Scan {
  const nothing = grid.total === 0 || windows.expected.length === 0
  const maxima = nothing ? new Float64Array(0) : maximaOf(windows, grid.total, simulate, rules.replicates, seededRandom(rules.seed)).sort()
  return {
    clusters: nothing ? [] : apart(grid, windows, rules).map((found) => describe(found, grid, maxima)),
    total: grid.total,
    windows: windows.expected.length,
    replicates: maxima.length,
    criticalLlr: critical(maxima, rules.significance),
    tooLarge: windows.tooLarge.map((place) => grid.places[place]!.id),
  }
}

interface Found {
  members: readonly number[]
  span: Span
  observed: number
  expected: number
  llr: number
}

/** The windows by likelihood, each the best of those that do not overlap the ones before. */
function apart(grid: Grid, windows: Windows, rules: ScanRules): Found[] {
  const all = aboveExpected(grid, windows)
  const chosen: Found[] = []
  while (chosen.length < rules.maxClusters) {
    const free = all.filter((window) => !chosen.some((other) => overlap(window, other, rules.apart)))
    if (free.length === 0) break
    chosen.push(free.reduce((best, window) => (better(window, best) ? window : best)))
  }
  return chosen
}

function aboveExpected(grid: Grid, { sets, spans, expected, slots }: Windows): Found[] {
  return sets.flatMap(({ members }, set) => {
    const upTo = new Int32Array(slots + 1)
    for (let slot = 0; slot < slots; slot++) {
      upTo[slot + 1] = upTo[slot]! + members.reduce((sum, place) => sum + grid.cells[place * slots + slot]!, 0)
    }
    return spans.flatMap((span, i) => {
      const observed = upTo[span.to]! - upTo[span.from]!
      const e = expected[set * spans.length + i]!
      const llr = e > 0 ? poissonLlr(observed, e, grid.total) : 0
      return llr > EQUAL ? [{ members, span, observed, expected: e, llr }] : []
    })
  })
}

/** Of two equally likely windows the one with fewer places, then fewer slots, then the earlier, then the first by the ids of its places. */
function better(a: Found, b: Found): boolean {
  if (Math.abs(a.llr - b.llr) > EQUAL) return a.llr > b.llr
  const order = a.members.length - b.members.length || length(a.span) - length(b.span) || a.span.from - b.span.from
  return (order || compareLists(a.members, b.members)) < 0
}

const length = ({ from, to }: Span) => to - from

function compareLists(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((member, i) => member !== b[i])
  return differs < 0 ? 0 : a[differs]! - b[differs]!
}

function overlap(a: Found, b: Found, apartBy: ScanRules['apart']): boolean {
  if (apartBy === 'cells' && (a.span.to <= b.span.from || b.span.to <= a.span.from)) return false
  return a.members.some((member) => b.members.includes(member))
}

function describe({ members, span, observed, expected, llr }: Found, grid: Grid, maxima: Float64Array): Cluster {
  const atLeast = maxima.length - lowerBound(maxima, llr - EQUAL)
  return {
    places: members.map((place) => grid.places[place]!.id),
    slots: grid.slots.slice(span.from, span.to),
    observed,
    expected,
    relativeRisk: observed / expected / ((grid.total - observed) / (grid.total - expected)),
    llr,
    p: (1 + atLeast) / (1 + maxima.length),
  }
}

/** How many of the ascending values are below `value`. */
function lowerBound(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** At this ratio p is just above the significance level; above it, at or below. */
function critical(ascending: Float64Array, significance: number): number | null {
  const mayReach = Math.floor(significance * (ascending.length + 1) * (1 + 1e-12)) - 1
  return mayReach < 0 || mayReach >= ascending.length ? null : ascending[ascending.length - 1 - mayReach]!
}

import type { Random } from '../chance'
import type { Windows } from './windows'

/** One data set by chance: fills the cells, place × slot, with the same total as the data. */
export type Simulate = (cells: Int32Array, random: Random) => void

/** The largest log-likelihood ratio over all windows, of each replicate; 0 where no window holds more than expected. */
export type Maxima = (windows: Windows, total: number, simulate: Simulate, replicates: number, random: Random) => Float64Array

/** Replicates searched in full before the others, to learn below which level a maximum hardly ever stays. */
const TRIAL = 64

/**
 * The maxima, fast. A set's counts are those of the set before it plus the places added; a window is the difference of two sums along
 * the slots. A window has to hold at least so many cases, known beforehand, to reach the level of the trial replicates: most fall at that
 * one comparison of whole numbers. The ratio itself comes from a table over counts: h(c) + c·a + b. A replicate in which no window reaches
 * the level is searched in full, so the answer is that of the plain search.
 */
export const fastMaxima: Maxima = (windows, total, simulate, replicates, random) => {
  const search = prepareSearch(windows, total)
  const cells = new Int32Array(windows.places * windows.slots)
  const maxima = new Float64Array(replicates)
  const trial = Math.min(TRIAL, replicates)
  const inFull = search.atLeast(0)
  let level = Infinity
  for (let i = 0; i < trial; i++) {
    simulate(cells, random)
    search.sum(cells)
    maxima[i] = search.highest(inFull)
    level = Math.min(level, maxima[i]!)
  }
  const toLevel = search.atLeast(level)
  for (let i = trial; i < replicates; i++) {
    simulate(cells, random)
    search.sum(cells)
    maxima[i] = search.highest(toLevel) || search.highest(inFull)
  }
  return maxima
}

function prepareSearch(windows: Windows, total: number) {
  const { sets, spans } = windows
  const { ofSets, fill } = prepareSums(windows)
  const from = Int32Array.from(spans, (span) => span.from)
  const to = Int32Array.from(spans, (span) => span.to)
  // By span and then by set, as the sums lie, so that the search runs straight through memory.
  const expected = Float64Array.from(windows.expected, (_, i) => windows.expected[(i % sets.length) * spans.length + Math.floor(i / sets.length)]!)
  const { h, a, b } = ratioTable(expected, total)

  const highest = (needed: Int32Array): number => {
    let max = 0
    for (let span = 0; span < from.length; span++) {
      const start = from[span]! * sets.length
      const end = to[span]! * sets.length
      const first = span * sets.length
      for (let set = 0; set < sets.length; set++) {
        const cases = ofSets[end + set]! - ofSets[start + set]!
        if (cases < needed[first + set]!) continue
        const llr = h[cases]! + cases * a[first + set]! + b[first + set]!
        if (llr > max) max = llr
      }
    }
    return max
  }
  const atLeast = (level: number) => Int32Array.from(expected, (e, window) => fewest(window, level, e, total, { h, a, b }))
  return { sum: fill, highest, atLeast }
}

/** Cases of each set up to each slot: ofSets[slot × sets + set] has those of slots 0 to slot − 1. */
function prepareSums({ places, sets, slots }: Windows) {
  const ofPlaces = new Int32Array(places * (slots + 1))
  const ofSets = new Int32Array(sets.length * (slots + 1))
  const parents = Int32Array.from(sets, (set) => set.parent)
  const added = Int32Array.from(sets.flatMap((set) => [...set.added]))
  const addedTo = new Int32Array(sets.length)
  sets.forEach((set, i) => (addedTo[i] = (addedTo[i - 1] ?? 0) + set.added.length))
  const fill = (cells: Int32Array): void => {
    for (let slot = 1; slot <= slots; slot++) {
      const ofPlace = slot * places
      for (let place = 0; place < places; place++) {
        ofPlaces[ofPlace + place] = ofPlaces[ofPlace - places + place]! + cells[place * slots + slot - 1]!
      }
      const ofSet = slot * sets.length
      for (let set = 0, i = 0; set < sets.length; set++) {
        const parent = parents[set]!
        let cases = parent < 0 ? 0 : ofSets[ofSet + parent]!
        for (; i < addedTo[set]!; i++) cases += ofPlaces[ofPlace + added[i]!]!
        ofSets[ofSet + set] = cases
      }
    }
  }
  return { ofSets, fill }
}

type RatioTable = { h: Float64Array; a: Float64Array; b: Float64Array }

/** c ln(c/E) + (C − c) ln((C − c)/(C − E)) = h(c) + c·a + b, with h by count and a, b by window. */
function ratioTable(expected: Float64Array, total: number): RatioTable {
  const xlogx = (x: number) => (x > 0 ? x * Math.log(x) : 0)
  return {
    h: Float64Array.from({ length: total + 1 }, (_, c) => xlogx(c) + xlogx(total - c)),
    a: expected.map((e) => Math.log(total - e) - Math.log(e)),
    b: expected.map((e) => -total * Math.log(total - e)),
  }
}

/** The fewest cases, above the expected, whose ratio reaches the level; total + 1 where none does or the window cannot be judged. */
function fewest(window: number, level: number, expected: number, total: number, { h, a, b }: RatioTable): number {
  if (!(expected > 0 && expected < total)) return total + 1
  let low = Math.floor(expected) + 1
  let high = total + 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (h[middle]! + middle * a[window]! + b[window]! >= level) high = middle
    else low = middle + 1
  }
  return low
}

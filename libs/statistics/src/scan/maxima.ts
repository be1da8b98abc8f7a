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

/** The fewest cases each window needs, and the fewest that any window of a set needs. */
interface Needed {
  byWindow: Int32Array
  bySet: Int32Array
}

function prepareSearch(windows: Windows, total: number) {
  const { sets, spans, slots, expected } = windows
  const width = slots + 1
  const from = Int32Array.from(spans, (span) => span.from)
  const to = Int32Array.from(spans, (span) => span.to)
  const ofPlaces = new Int32Array(windows.places * width)
  const ofSets = new Int32Array(sets.length * width)
  const parents = Int32Array.from(sets, (set) => set.parent)
  const added = sets.map((set) => Int32Array.from(set.added))
  const ratio = ratioTable(expected, total)

  const sum = (cells: Int32Array): void => {
    for (let place = 0, cell = 0; place < windows.places; place++) {
      let running = 0
      for (let i = place * width + 1; i < (place + 1) * width; i++) {
        running += cells[cell++]!
        ofPlaces[i] = running
      }
    }
    for (let set = 0; set < sets.length; set++) {
      const row = set * width
      const parent = parents[set]! * width
      if (parent >= 0) for (let i = 1; i < width; i++) ofSets[row + i] = ofSets[parent + i]!
      else for (let i = 1; i < width; i++) ofSets[row + i] = 0
      const places = added[set]!
      for (let j = 0; j < places.length; j++) {
        const place = places[j]! * width
        for (let i = 1; i < width; i++) ofSets[row + i] = ofSets[row + i]! + ofPlaces[place + i]!
      }
    }
  }

  const { h, a, b } = ratio
  const highest = ({ byWindow, bySet }: Needed): number => {
    let max = 0
    for (let set = 0; set < sets.length; set++) {
      const row = set * width
      if (ofSets[row + slots]! < bySet[set]!) continue
      const first = set * from.length
      for (let span = 0; span < from.length; span++) {
        const cases = ofSets[row + to[span]!]! - ofSets[row + from[span]!]!
        const window = first + span
        if (cases < byWindow[window]!) continue
        const llr = h[cases]! + cases * a[window]! + b[window]!
        if (llr > max) max = llr
      }
    }
    return max
  }

  const atLeast = (level: number): Needed => {
    const byWindow = Int32Array.from(expected, (_, window) => fewest(window, level, expected[window]!, total, ratio))
    const bySet = Int32Array.from(sets, (_, set) =>
      byWindow.subarray(set * spans.length, (set + 1) * spans.length).reduce((least, need) => Math.min(least, need), total + 1))
    return { byWindow, bySet }
  }
  return { sum, highest, atLeast }
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

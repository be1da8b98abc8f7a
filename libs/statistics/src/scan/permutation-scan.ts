import { requirePositive } from '../argument-error'
import type { Random } from '../chance'
import { type Cluster, type Scan, search } from './clusters'
import { type Grid, gridOf, rulesOf, type ScanInput, type ScanOptions } from './grid'
import type { Maxima, Simulate } from './maxima'
import { windowsOf } from './windows'

export interface EmergingCluster extends Cluster {
  /** Days within which one such signal, or a stronger one, is to be expected by chance alone, scanning this often. */
  recurrenceDays: number
}

/**
 * Clusters in place and time where no exposure is known: the space-time permutation scan (Kulldorff et al. 2005, PLoS Medicine 2:e59).
 * A window expects its places' share of the cases times its slots' share; chance keeps both shares and shuffles which case fell when.
 * It finds only interaction: a place that is bad at all times, or a time that is bad in all places, is invisible to it, and the page
 * has to say so. `maxShare` is a share of the cases. Slots are days, weeks or periods, in order; the search takes time by their square.
 *
 * Assumes that who is where does not shift over the time scanned. Degenerate input and refusals as in `poissonScan`, but for exposure.
 */
export function retrospectivePermutationScan(input: ScanInput, options: ScanOptions, maxima?: Maxima): Scan {
  return permutationScan(input, options, false, maxima)
}

/**
 * Emerging clusters: the same scan over windows that reach the last slot only, done again and again as time goes on.
 * The recurrence interval is `everyDays`/p. It does not allow for earlier scans; that is what makes it readable as "once in so many days".
 *
 * @param everyDays days from one scan to the next, above zero
 */
export function prospectivePermutationScan(input: ScanInput, options: ScanOptions, everyDays: number, maxima?: Maxima): Scan<EmergingCluster> {
  requirePositive('everyDays', everyDays)
  const scan = permutationScan(input, options, true, maxima)
  return { ...scan, clusters: scan.clusters.map((cluster) => ({ ...cluster, recurrenceDays: everyDays / cluster.p })) }
}

function permutationScan(input: ScanInput, options: ScanOptions, alive: boolean, maxima?: Maxima): Scan {
  const grid = gridOf(input)
  const rules = rulesOf(options, grid.slots.length)
  const windows = windowsOf(grid.places, grid.groups, grid.slots.length, expectedOf(grid), { ...rules, alive })
  return search(grid, windows, shuffle(grid), rules, maxima)
}

function expectedOf({ cells, places, slots, total }: Grid): Float64Array {
  const ofPlace = new Float64Array(places.length)
  const ofSlot = new Float64Array(slots.length)
  cells.forEach((cases, cell) => {
    ofPlace[Math.floor(cell / slots.length)]! += cases
    ofSlot[cell % slots.length]! += cases
  })
  return Float64Array.from(cells, (_, cell) =>
    total === 0 ? 0 : (ofPlace[Math.floor(cell / slots.length)]! * ofSlot[cell % slots.length]!) / total)
}

/** Every case keeps its place and is given the slot of another (Fisher–Yates). */
function shuffle({ cells, slots, total }: Grid): Simulate {
  const firstCell = new Int32Array(total)
  const slotOf = new Int32Array(total)
  let next = 0
  cells.forEach((cases, cell) => {
    firstCell.fill(cell - (cell % slots.length), next, next + cases)
    slotOf.fill(cell % slots.length, next, next + cases)
    next += cases
  })
  return (drawn: Int32Array, random: Random) => {
    drawn.fill(0)
    for (let i = total - 1; i >= 0; i--) {
      const other = random.below(i + 1)
      const slot = slotOf[other]!
      slotOf[other] = slotOf[i]!
      slotOf[i] = slot
      const cell = firstCell[i]! + slot
      drawn[cell] = drawn[cell]! + 1
    }
  }
}

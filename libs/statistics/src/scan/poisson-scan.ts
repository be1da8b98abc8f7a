import { ArgumentError } from '../argument-error'
import { multinomial } from '../chance'
import { whereZero } from '../intervals/solve'
import { type Cluster, type Scan, search } from './clusters'
import { type Grid, gridOf, requireShape, rulesOf, type ScanInput, type ScanOptions } from './grid'
import { poissonLlr } from './likelihood'
import type { Maxima } from './maxima'
import { windowsOf } from './windows'

export interface PoissonScanInput extends ScanInput {
  /** exposure[place][slot]: pupil-minutes, or any one unit of being there; finite, not negative. */
  exposure: readonly (readonly number[])[]
}

export interface HotSpot extends Cluster {
  /**
   * By how much the exposure of just these places in just these slots would have to be too low for the finding to lose significance
   * (1.4: if pupils spent 40 % more time there than was declared). Null where the cluster is not significant. The level it must fall
   * below is that of the replicates as drawn; how the chance of other windows would shift is left out.
   */
  tippingMultiplier: number | null
}

/**
 * Hot spots: the Poisson scan over place × slot, conditional on the total (Kulldorff 1997, 2001; SaTScan). If only exposure mattered,
 * each case would fall into a cell with the probability of the cell's share of all exposure. Windows are sets of places (each with what is
 * near it, see `Place`; and the groups) in contiguous slots. As in SaTScan the limit on exposure is on the places of a window over all
 * slots. With one slot the scan is purely spatial.
 *
 * A cell with neither exposure nor cases is left out. The same seed gives the same result, in whatever order the places come.
 * No cases, or no place within `maxShare`: no clusters.
 *
 * Assumes that cases come one by one: a fight recorded as five cases is five times as unlikely as it should be.
 * Refuses cases in a cell without exposure, no exposure at all, counts that are not whole, rows that do not fit places and slots, ids
 * that are there twice.
 */
export function poissonScan(input: PoissonScanInput, options: ScanOptions, maxima?: Maxima): Scan<HotSpot> {
  const grid = gridOf(input)
  const rules = rulesOf(options, grid.slots.length)
  const exposure = exposureOf(input, grid)
  const all = exposure.reduce((sum, cell) => sum + cell, 0)
  if (!(all > 0 && all < Infinity)) throw new ArgumentError('exposure', 'must be above zero somewhere, with a finite sum')
  const expected = exposure.map((cell) => (grid.total * cell) / all)
  const windows = windowsOf(grid.places, grid.groups, grid.slots.length, expected, { ...rules, alive: false })
  const scan = search(grid, windows, multinomial(grid.total, exposure), rules, maxima)
  return { ...scan, clusters: scan.clusters.map((cluster) => ({ ...cluster, tippingMultiplier: tipping(cluster, scan, rules.significance) })) }
}

function exposureOf({ exposure, counts, places, slots }: PoissonScanInput, grid: Grid): Float64Array {
  requireShape('exposure', exposure, places.length, slots.length)
  exposure.forEach((row, i) =>
    row.forEach((cell, j) => {
      const name = `exposure[${i}][${j}]`
      if (!(cell >= 0 && cell < Infinity)) throw new ArgumentError(name, `must be finite and not negative, not ${cell}`)
      if (cell === 0 && counts[i]![j]! > 0) throw new ArgumentError(name, `must be above zero, since there are cases (${counts[i]![j]})`)
    }),
  )
  return Float64Array.from(grid.inputRow.flatMap((row) => exposure[row]!))
}

/**
 * Exposure of the window times m moves its expected cases from E to C·m·E/(m·E + C − E). The ratio falls as they rise, to zero where they
 * reach the cases seen; where it passes the critical one is the tipping point.
 */
function tipping({ observed, expected, llr, p }: Cluster, { total, criticalLlr }: Scan, significance: number): number | null {
  if (p > significance || criticalLlr === null || llr <= criticalLlr) return null
  const at = whereZero((e) => criticalLlr - poissonLlr(observed, e, total), expected, observed)
  return (at * (total - expected)) / (expected * (total - at))
}

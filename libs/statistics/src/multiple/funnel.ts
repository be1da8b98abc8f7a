import { ppois, qpois } from 'lib-r-math.js'
import { requireCount, requireLevel, requirePositive } from '../argument-error'
import type { Interval } from '../intervals'

/**
 * Funnel limits for observed over expected, interpolated between the whole numbers of the Poisson distribution (Spiegelhalter 2005,
 * "Funnel plots for comparing institutional performance", appendix A.1.1). On the ratio scale, around 1; times `expected` for counts.
 * Where even no event is likelier than the tail the lower limit is 0: nobody can be below it.
 *
 * @param expected events expected, above zero
 * @param level the share of points within the limits by chance alone: 0.95, or 0.998 for "three sigma"
 */
export function funnelLimits(expected: number, level: number): Interval {
  requirePositive('expected', expected)
  requireLevel('level', level)
  const tail = (1 - level) / 2
  return { lower: interpolatedQuantile(tail, expected) / expected, upper: interpolatedQuantile(1 - tail, expected) / expected }
}

function interpolatedQuantile(p: number, mean: number): number {
  const r = qpois(p, mean)
  const upTo = ppois(r, mean)
  const before = r === 0 ? 0 : ppois(r - 1, mean)
  return Math.max(0, r - (upTo - p) / (upTo - before))
}

/** One school on the funnel: reports observed, and its exposure (children on roll, or child-days). */
export interface FunnelPoint {
  observed: number
  exposure: number
}

/** 'low' and 'high' lie beyond the 95 % limits, 'very low' and 'very high' beyond those of 99.8 %; on a limit is within it. */
export type FunnelPlace = 'very low' | 'low' | 'within' | 'high' | 'very high'

export interface FunnelResult {
  expected: number
  /** Observed over expected. */
  ratio: number
  limits95: Interval
  limits998: Interval
  place: FunnelPlace
}

/**
 * Each point against one target rate, in the order of the input. Without `targetRate` the target is all points together: their cases
 * over their exposure, so one point alone is always at 1. Compare only like with like (equal declared scope and phase).
 *
 * With many points some fall outside by chance: one in 20 outside 95 %, one in 500 outside 99.8 %.
 * Refuses an exposure or target rate not above zero and counts that are not whole. With no case anywhere and no target rate there is
 * nothing to compare: all are `within`, expected 0, ratio 1, limits (0, Infinity).
 */
export function funnel(points: readonly FunnelPoint[], targetRate?: number): FunnelResult[] {
  points.forEach(({ observed, exposure }, i) => {
    requireCount(`points[${i}].observed`, observed)
    requirePositive(`points[${i}].exposure`, exposure)
  })
  if (targetRate !== undefined) requirePositive('targetRate', targetRate)
  const sum = (part: keyof FunnelPoint) => points.reduce((total, point) => total + point[part], 0)
  const target = targetRate ?? sum('observed') / sum('exposure')
  return points.map(({ observed, exposure }) => place(observed, exposure * target))
}

function place(observed: number, expected: number): FunnelResult {
  if (expected === 0) {
    const anything = { lower: 0, upper: Infinity }
    return { expected, ratio: 1, limits95: anything, limits998: anything, place: 'within' }
  }
  const ratio = observed / expected
  const limits95 = funnelLimits(expected, 0.95)
  const limits998 = funnelLimits(expected, 0.998)
  return { expected, ratio, limits95, limits998, place: placeOf(ratio, limits95, limits998) }
}

function placeOf(ratio: number, limits95: Interval, limits998: Interval): FunnelPlace {
  if (ratio < limits998.lower) return 'very low'
  if (ratio < limits95.lower) return 'low'
  if (ratio > limits998.upper) return 'very high'
  if (ratio > limits95.upper) return 'high'
  return 'within'
}

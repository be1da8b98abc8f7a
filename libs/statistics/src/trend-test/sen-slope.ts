import { qnorm } from 'lib-r-math.js'
import { requireLevel } from '../argument-error'
import { type Interval, LEVEL } from '../intervals'
import { varianceOfS } from './mann-kendall'
import { requireSeries } from './series'

/** Change per period, with its interval; a limit is infinite where so few values set none. */
export interface SenSlope extends Interval {
  slope: number
}

/**
 * Sen's slope (1968): the median of the slopes between all pairs, per period, which a few odd values do not move; with the interval between
 * the slopes whose ranks are half the pairs ± half the normal quantile times the standard deviation of Kendall's S, corrected for ties
 * (Gilbert 1987, § 16.4), ranks rounded to the even number at a half, as `sens.slope` of the R package trend.
 *
 * `values`: in the order of time, one per period of equal length. Assumptions as for mannKendall. Null with fewer than two values; 0 where
 * all are equal. Refuses values that are not finite and a level outside (0, 1).
 */
export function senSlope(values: readonly number[], level: number = LEVEL): SenSlope | null {
  requireLevel('level', level)
  requireSeries(values)
  if (values.length < 2) return null
  const slopes = pairSlopes(values)
  const reach = qnorm(1 - (1 - level) / 2) * Math.sqrt(varianceOfS(values))
  return {
    slope: median(slopes),
    lower: slopes[roundHalfEven((slopes.length - reach) / 2) - 1] ?? -Infinity,
    upper: slopes[roundHalfEven((slopes.length + reach) / 2 + 1) - 1] ?? Infinity,
  }
}

/** Slopes between all pairs, rising. */
function pairSlopes(values: readonly number[]): Float64Array {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2)
  let next = 0
  values.forEach((value, i) => {
    for (let j = 0; j < i; j++) slopes[next++] = (value - values[j]!) / (i - j)
  })
  return slopes.sort()
}

function median(rising: Float64Array): number {
  const upper = rising.length >> 1
  return rising.length % 2 === 1 ? rising[upper]! : (rising[upper - 1]! + rising[upper]!) / 2
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

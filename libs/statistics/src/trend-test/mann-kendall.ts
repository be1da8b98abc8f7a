import { pnorm } from 'lib-r-math.js'
import { requireSeries } from './series'

export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  s: number
  /** Variance of S if there is no trend, corrected for ties. */
  variance: number
  /** S, drawn one towards zero, in standard deviations. */
  z: number
  /** Two-sided, from the normal distribution. */
  p: number
}

/**
 * Mann–Kendall test (Mann 1945; Kendall 1975) that a series neither rises nor falls, whatever the shape of the trend and of the
 * distribution: with correction for ties and for continuity, as `mk.test` of the R package trend.
 *
 * `values`: in the order of time, one per period. Assumes independent periods: values that hang together in time make the p-value too
 * small, and so does a season; compare whole years. The normal approximation is rough below about ten values. With none, one, or all equal:
 * z 0, p 1. Refuses values that are not finite.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  requireSeries(values)
  let s = 0
  values.forEach((value, i) => {
    for (let j = 0; j < i; j++) s += Math.sign(value - values[j]!)
  })
  const variance = varianceOfS(values)
  // With S = 0 nothing is left to draw towards zero.
  const z = s === 0 || variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance)
  return { s, variance, z, p: Math.min(1, 2 * pnorm(-Math.abs(z))) }
}

/** Variance of S without a trend: n(n − 1)(2n + 5)/18, less the same for each group of equal values. */
export function varianceOfS(values: readonly number[]): number {
  const ties = new Map<number, number>()
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1)
  const term = (n: number) => (n < 2 ? 0 : n * (n - 1) * (2 * n + 5))
  return [...ties.values()].reduce((rest, size) => rest - term(size), term(values.length)) / 18
}

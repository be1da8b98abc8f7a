import { dpois, ppois, qgamma } from 'lib-r-math.js'
import { requireCount, requireLevel, requirePositive } from '../argument-error'
import { type Interval, LEVEL } from './interval'
import { whereZero } from './solve'

/**
 * Exact interval for the mean of a Poisson count (Garwood 1936): each tail holds at most (1 − level)/2. `count` is the number of
 * events; divide both ends by the exposure for a rate. A count of 0 has lower end 0 and keeps (1 − level)/2 above.
 *
 * Assumes events that do not bring one another about; a class-wide incident counted once per child is not such a count.
 * Refuses a count that is not a whole number ≥ 0, a level outside (0, 1).
 */
export function exactPoisson(count: number, level: number = LEVEL): Interval {
  requireCount('count', count)
  requireLevel('level', level)
  const tail = (1 - level) / 2
  return { lower: count === 0 ? 0 : qgamma(tail, count), upper: qgamma(tail, count + 1, 1, undefined, false) }
}

/**
 * Mid-p interval for the mean of a Poisson count (Lancaster 1961; Cohen and Yang 1994): half the probability of the count itself goes
 * to the tail, so the interval is shorter than the exact one and covers at the level on average, not always. Same arguments.
 */
export function midPPoisson(count: number, level: number = LEVEL): Interval {
  const exact = exactPoisson(count, level)
  const tail = (1 - level) / 2
  const upTo = (mean: number) => ppois(count, mean) - dpois(count, mean) / 2
  const from = (mean: number) => ppois(count - 1, mean, false) - dpois(count, mean) / 2
  return {
    lower: count === 0 ? 0 : whereZero((mean) => from(mean) - tail, exact.lower, exact.upper),
    upper: whereZero((mean) => tail - upTo(mean), exact.lower, exact.upper),
  }
}

export interface Rate {
  /** Events per unit of exposure. */
  rate: number
  exact: Interval
  midP: Interval
}

/** A rate with both intervals: events per unit of `exposure` (pupils on roll, pupil-minutes, school days; finite, above zero). */
export function rateOf(count: number, exposure: number, level: number = LEVEL): Rate {
  requirePositive('exposure', exposure)
  const per = ({ lower, upper }: Interval) => ({ lower: lower / exposure, upper: upper / exposure })
  return { rate: count / exposure, exact: per(exactPoisson(count, level)), midP: per(midPPoisson(count, level)) }
}

import { qnorm } from 'lib-r-math.js'
import { ArgumentError, requireCount, requireLevel } from '../argument-error'
import { binomialAtLeast, binomialAtMost } from './binomial-tail'
import { type Interval, LEVEL } from './interval'
import { whereZero } from './solve'

/**
 * Exact interval for a share, `successes` of `trials` (Clopper and Pearson 1934). None of n has lower end 0, all of n upper end 1.
 *
 * Assumes trials that do not depend on one another. Refuses counts that are not whole, no trials, more successes than trials.
 */
export function clopperPearson(successes: number, trials: number, level: number = LEVEL): Interval {
  requireShare(successes, trials, level)
  const tail = (1 - level) / 2
  return {
    lower: successes === 0 ? 0 : whereZero((p) => binomialAtLeast(successes, trials, p) - tail, 0, 1),
    upper: successes === trials ? 1 : whereZero((p) => tail - binomialAtMost(successes, trials, p), 0, 1),
  }
}

/** Score interval for a share (Wilson 1927), without continuity correction. Shorter than the exact one; same arguments. */
export function wilson(successes: number, trials: number, level: number = LEVEL): Interval {
  requireShare(successes, trials, level)
  const z = qnorm((1 - level) / 2, 0, 1, false)
  const share = successes / trials
  const centre = share + (z * z) / (2 * trials)
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  return {
    lower: successes === 0 ? 0 : (centre - half) / scale,
    upper: successes === trials ? 1 : (centre + half) / scale,
  }
}

function requireShare(successes: number, trials: number, level: number): void {
  requireCount('successes', successes)
  requireCount('trials', trials)
  requireLevel('level', level)
  if (trials === 0) throw new ArgumentError('trials', 'must be at least 1: there is no share of nothing')
  if (successes > trials) throw new ArgumentError('successes', `must be at most trials (${trials}), not ${successes}`)
}

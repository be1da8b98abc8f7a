import { dhyper } from 'lib-r-math.js'
import { requireCount, requireLevel } from '../argument-error'
import { brentZero, UNIROOT_TOLERANCE } from './brent'
import { type Interval, LEVEL } from './interval'

export interface Fisher extends Interval {
  /** Two-sided: all tables with these margins that are no more probable than this one. */
  p: number
  /** Conditional maximum likelihood. 0 or Infinity at the edge of what the margins allow; null if they allow one table only. */
  oddsRatio: number | null
}

/**
 * Fisher's exact test of the two-by-two table [a, b; c, d], with the conditional odds ratio and its exact interval, as `fisher.test` of
 * R. R solves for odds ratio and limits to a tolerance of about 0.0001 on the scale of min(odds, 1/odds), and what is published is what
 * R gives, so that is the default here ([3, 1; 1, 3] has upper limit 621.93); `tolerance` 0 solves to the last digit (626.24). The
 * p-value knows no tolerance. A margin of zero leaves one table only: p 1, interval (0, Infinity), odds ratio null.
 *
 * Assumes that each child is in one cell. Refuses cells that are not whole numbers ≥ 0, a level outside (0, 1).
 */
export function fisherExact(
  table: readonly [readonly [number, number], readonly [number, number]],
  level: number = LEVEL,
  tolerance: number = UNIROOT_TOLERANCE,
): Fisher {
  const [[a, b], [c, d]] = table
  Object.entries({ a, b, c, d }).forEach(([cell, count]) => requireCount(`table.${cell}`, count))
  requireLevel('level', level)
  const lowest = Math.max(0, a - d)
  const highest = a + Math.min(b, c)
  if (lowest === highest) return { p: 1, oddsRatio: null, lower: 0, upper: Infinity }
  const logs = Array.from({ length: highest - lowest + 1 }, (_, i) => dhyper(lowest + i, a + c, b + d, a + b, true))
  const seen = a - lowest
  const tail = (1 - level) / 2
  const odds = (rising: (probabilities: readonly number[]) => number) => solveOdds((x) => rising(atOdds(logs, x)), tolerance)
  return {
    p: twoSided(atOdds(logs, 1), seen),
    oddsRatio: a === lowest ? 0 : a === highest ? Infinity : odds((p) => mean(p) - seen),
    lower: a === lowest ? 0 : odds((p) => sum(p.slice(seen)) - tail),
    upper: a === highest ? Infinity : odds((p) => tail - sum(p.slice(0, seen + 1))),
  }
}

/** Odds above 1 are sought as their reciprocal, so that the search is always between 0 and 1. */
function solveOdds(rising: (odds: number) => number, tolerance: number): number {
  const atOne = rising(1)
  if (atOne === 0) return 1
  return atOne > 0 ? brentZero(rising, 0, 1, tolerance) : 1 / brentZero((x) => rising(1 / x), Number.EPSILON, 1, tolerance)
}

/** Fisher's noncentral hypergeometric distribution over the tables the margins allow. */
function atOdds(logs: readonly number[], odds: number): number[] {
  if (odds === 0) return logs.map((_, i) => (i === 0 ? 1 : 0))
  const exponents = logs.map((log, i) => log + Math.log(odds) * i)
  const highest = exponents.reduce((a, b) => Math.max(a, b))
  const weights = exponents.map((x) => Math.exp(x - highest))
  const total = sum(weights)
  return weights.map((weight) => weight / total)
}

function twoSided(probabilities: readonly number[], seen: number): number {
  const limit = probabilities[seen]! * (1 + 1e-7)
  return Math.min(1, sum(probabilities.filter((p) => p <= limit)))
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const mean = (probabilities: readonly number[]) => probabilities.reduce((total, p, i) => total + p * i, 0)

import { dbinom } from 'lib-r-math.js'
import { requireCount, requireLevel, requirePositive } from '../argument-error'
import { binomialAtLeast } from './binomial-tail'
import { type Interval, LEVEL } from './interval'
import { clopperPearson } from './proportion'
import { whereZero } from './solve'

/** A group: its events, and what they are counted against (children on roll, pupil-minutes), in the same unit for both groups. */
export interface Group {
  cases: number
  exposure: number
}

export interface RateRatio {
  /** Rate of the first over rate of the second. Infinity if only the second has no cases, null if neither has any. */
  ratio: number | null
  /** Conditional exact interval and two-sided p (probabilities no greater than that of what was seen). */
  exact: Interval & { p: number }
  /** Mid-p interval and two-sided p (twice the smaller tail), with its median-unbiased estimate. */
  midP: Interval & { p: number; estimate: number | null }
}

/**
 * Ratio of two Poisson rates, given the total number of cases: the first group's share of it is binomial. Exact as `poisson.test` of R
 * (Lehmann and Romano; limits after Clopper and Pearson), mid-p as `rateratio` of epitools (Rothman, Greenland and Lash 2008, ch. 14),
 * both solved to the last digit. With no case at all anything is possible: interval (0, Infinity), p 1, ratio null.
 *
 * Assumes Poisson counts, so events and not the same child many times over; give distinct children beside involvements.
 * Refuses cases that are not whole numbers ≥ 0, an exposure not above zero, a level outside (0, 1).
 */
export function rateRatio(first: Group, second: Group, level: number = LEVEL): RateRatio {
  requireGroup('first', first)
  requireGroup('second', second)
  requireLevel('level', level)
  const cases = first.cases + second.cases
  const scale = second.exposure / first.exposure
  if (cases === 0) {
    const anything = { lower: 0, upper: Infinity, p: 1 }
    return { ratio: null, exact: anything, midP: { ...anything, estimate: null } }
  }
  const asRatio = (share: number) => (share === 1 ? Infinity : (share / (1 - share)) * scale)
  const ratios = ({ lower, upper }: Interval) => ({ lower: asRatio(lower), upper: asRatio(upper) })
  const fairShare = first.exposure / (first.exposure + second.exposure)
  const midP = midPShare(first.cases, cases, (1 - level) / 2)
  return {
    ratio: (first.cases / second.cases) * scale,
    exact: { ...ratios(clopperPearson(first.cases, cases, level)), p: exactP(first.cases, cases, fairShare) },
    midP: { ...ratios(midP), p: midPValue(first.cases, cases, fairShare), estimate: asRatio(midP.median) },
  }
}

function requireGroup(name: string, { cases, exposure }: Group): void {
  requireCount(`${name}.cases`, cases)
  requirePositive(`${name}.exposure`, exposure)
}

/** Sum of the probabilities no greater than that of what was seen; the 1e-7 is R's allowance for equal ones that differ by rounding. */
function exactP(cases: number, total: number, share: number): number {
  const seen = dbinom(cases, total, share) * (1 + 1e-7)
  let p = 0
  for (let k = 0; k <= total; k++) {
    const probability = dbinom(k, total, share)
    if (probability <= seen) p += probability
  }
  return Math.min(1, p)
}

/** P(X > cases) and half of P(X = cases). */
const above = (cases: number, total: number, share: number) =>
  binomialAtLeast(cases, total, share) - dbinom(cases, total, share) / 2

function midPValue(cases: number, total: number, share: number): number {
  const upper = above(cases, total, share)
  return Math.min(1, 2 * Math.min(upper, 1 - upper))
}

function midPShare(cases: number, total: number, tail: number): Interval & { median: number } {
  const at = (target: number) => whereZero((share) => above(cases, total, share) - target, 0, 1)
  return {
    lower: cases === 0 ? 0 : at(tail),
    upper: cases === total ? 1 : at(1 - tail),
    median: cases === 0 ? 0 : cases === total ? 1 : at(0.5),
  }
}

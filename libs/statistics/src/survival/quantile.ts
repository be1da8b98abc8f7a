import { requireLevel } from '../argument-error'
import type { SurvivalCurve } from './kaplan-meier'

/** A time and its limits, in the unit of the curve; null where the curve, or the limit of the curve, never comes down that far. */
export interface TimeQuantile {
  time: number | null
  lower: number | null
  upper: number | null
}

/** Survival within this of a level counts as equal to it, as in R: 1 − 1/2 need not be what a product of fractions comes to. */
const TOLERANCE = Math.sqrt(Number.EPSILON)

/**
 * The time by which a share of the subjects have had the event (0.5: the median; 0.9: the 90th centile). If the curve runs flat exactly at
 * the level, the middle of the flat step, which lasts to the next fall or else to the end of follow-up. The interval is where the limits of
 * the curve cross the same level (Brookmeyer and Crowley 1982). As `quantile(survfit(…), share)` of R's survival. Null means "not reached",
 * never zero. Refuses a share outside (0, 1).
 */
export function timeQuantile(curve: SurvivalCurve, share: number): TimeQuantile {
  requireLevel('share', share)
  const times = curve.steps.map((step) => step.time)
  const level = 1 - share
  const bound = (side: 'lower' | 'upper') => curve.steps.map(({ interval }) => interval?.[side] ?? null)
  return {
    time: crossing(times, curve.steps.map((step) => step.survival), level),
    lower: crossing(times, bound('lower'), level),
    upper: crossing(times, bound('upper'), level),
  }
}

/** The median time to the event: timeQuantile at one half. */
export function medianTime(curve: SurvivalCurve): TimeQuantile {
  return timeQuantile(curve, 0.5)
}

function crossing(times: readonly number[], values: readonly (number | null)[], level: number): number | null {
  const reached = values.findIndex((value) => value !== null && value < level + TOLERANCE)
  if (reached < 0) return null
  const value = values[reached]!
  if (Math.abs(value - level) >= TOLERANCE) return times[reached]!
  const below = values.findIndex((later, i) => i > reached && later !== null && later < value)
  return (times[reached]! + (times[below] ?? times.at(-1)!)) / 2
}

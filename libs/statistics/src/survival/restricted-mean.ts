import { requirePositive } from '../argument-error'
import type { SurvivalCurve } from './kaplan-meier'

/** Mean time without the event within `upTo`, with its standard error, in the unit of the curve. */
export interface RestrictedMean {
  mean: number
  se: number
  upTo: number
}

/**
 * Restricted mean survival time: the area under the curve from 0 to `upTo`, so the mean time without the event of a subject looked at for
 * that long (Irwin 1949; Klein and Moeschberger 2003, § 4.5). As `print(survfit(…), rmean = upTo)` of R's survival. Null beyond the last
 * time anybody was followed to (R would carry the curve on flat), unless nobody is left, and for a curve of no subjects. Refuses `upTo`
 * that is not finite and above zero.
 */
export function restrictedMean(curve: SurvivalCurve, upTo: number): RestrictedMean | null {
  requirePositive('upTo', upTo)
  const last = curve.steps.at(-1)
  if (!last || (upTo > last.time && last.survival > 0)) return null
  const within = curve.steps.filter((step) => step.time <= upTo)
  let area = 0
  let variance = 0
  let end = upTo
  for (const { time, survival, atRisk, events } of within.reverse()) {
    area += survival * (end - time)
    if (atRisk > events) variance += (area ** 2 * events) / (atRisk * (atRisk - events))
    end = time
  }
  return { mean: area + end, se: Math.sqrt(variance), upTo }
}

import { requireLevel } from '../argument-error'
import { type Interval, LEVEL } from '../intervals'
import { logLogInterval } from './log-log'
import { eventTable, type Observation, requireTime, stepAt } from './observation'

/** The share still without the event, its standard error, and the interval (null where the share is 0 or 1). */
export interface SurvivalValue {
  survival: number
  se: number
  interval: Interval | null
}

/** The curve from `time` until the next step. */
export interface SurvivalStep extends SurvivalValue {
  time: number
  /** Subjects still followed and without the event just before `time`. */
  atRisk: number
  events: number
  censored: number
}

export interface SurvivalCurve {
  subjects: number
  events: number
  level: number
  /** One per distinct time, of events and of censoring. Before the first the curve is 1; with no subject there is no step. */
  steps: SurvivalStep[]
}

/**
 * Kaplan–Meier (1958): share of subjects still without the event after each time, in the unit of the times given; Greenwood's error,
 * log-log interval. As `survfit(Surv(time, event) ~ 1, conf.type = "log-log")` of R's survival.
 *
 * Assumes that whoever is censored is no likelier or less likely to have the event later than those still followed, that one subject is one
 * entry, and that there is a single kind of event: never use one minus this for one of several competing outcomes (see aalenJohansen).
 * Several subjects may share a time; events come before censoring at it. Once the curve has reached 0 the error is given as 0.
 * Refuses times that are negative or not finite, and a level outside (0, 1).
 */
export function kaplanMeier(observations: readonly Observation[], level: number = LEVEL): SurvivalCurve {
  requireLevel('level', level)
  let survival = 1
  let hazardVariance = 0
  const steps = eventTable('observations', observations).map(({ time, atRisk, events: [events = 0], censored }): SurvivalStep => {
    survival *= (atRisk - events) / atRisk
    if (atRisk > events) hazardVariance += events / (atRisk * (atRisk - events))
    const se = survival * Math.sqrt(hazardVariance)
    return { time, atRisk, events, censored, survival, se, interval: logLogInterval(survival, se, level) }
  })
  return { subjects: observations.length, events: observations.filter((o) => o.event).length, level, steps }
}

/**
 * The curve at a time, in the unit of the curve. Null beyond the last time anybody was followed to, unless nobody is left (then 0), and for
 * a curve of no subjects: there the data say nothing. Refuses a time that is negative or not finite.
 */
export function survivalAt(curve: SurvivalCurve, time: number): SurvivalValue | null {
  requireTime('time', time)
  const last = curve.steps.at(-1)
  if (!last || (time > last.time && last.survival > 0)) return null
  const { survival, se, interval } = stepAt(curve.steps, time) ?? { survival: 1, se: 0, interval: null }
  return { survival, se, interval }
}

import { ArgumentError, requireLevel } from '../argument-error'
import { type Interval, LEVEL } from '../intervals'
import { InfluenceSums } from './influence'
import { logLogInterval } from './log-log'
import { type CauseObservation, requireTime, riskTable, stepAt } from './observation'

/** A share with its standard error, and its log-log interval (null where the share is 0 or 1). */
export interface Share {
  share: number
  se: number
  interval: Interval | null
}

/** Of all subjects: how many are still without any outcome, and how many have had each. They sum to one. */
export interface IncidenceValue<Cause extends string> {
  survival: Share
  causes: Record<Cause, Share>
}

export interface IncidenceStep<Cause extends string> extends IncidenceValue<Cause> {
  time: number
  atRisk: number
  events: Record<Cause, number>
  censored: number
}

export interface CumulativeIncidence<Cause extends string> {
  subjects: number
  causes: readonly Cause[]
  level: number
  /** One per distinct time. Before the first everyone is without outcome; with no subject there is no step. */
  steps: IncidenceStep<Cause>[]
}

/**
 * Aalen–Johansen (1978) for competing outcomes: the share of subjects that has had each outcome by each time, the others not being treated
 * as if they might still have it. Errors by the infinitesimal jackknife, as `survfit(Surv(time, factor(cause)) ~ 1)` of R's survival for
 * several states; with one cause they are close to Greenwood's, not equal to it.
 *
 * Assumes uninformative censoring, one entry per subject, and that the first outcome ends its follow-up. `causes` lists every outcome there
 * can be; one that never happened has share 0. Refuses an outcome not listed, a listed one twice, times that are negative or not finite,
 * and a level outside (0, 1).
 */
export function aalenJohansen<Cause extends string>(
  observations: readonly CauseObservation<NoInfer<Cause>>[],
  causes: readonly Cause[],
  level: number = LEVEL,
): CumulativeIncidence<Cause> {
  requireLevel('level', level)
  if (new Set(causes).size !== causes.length) throw new ArgumentError('causes', 'must each be listed once')
  const kinds = kindsOf(observations, causes)
  const perCause = <Value>(value: (kind: number) => Value) =>
    Object.fromEntries(causes.map((cause, kind) => [cause, value(kind)])) as Record<Cause, Value>
  const asShare = (share: number, se: number): Share => ({ share, se, interval: logLogInterval(share, se, level) })

  let survival = 1
  const incidence = causes.map(() => 0)
  const influence = new InfluenceSums(causes.length)
  const steps = riskTable(observations.map((o) => o.time), kinds, causes.length).map((row): IncidenceStep<Cause> => {
    influence.step(row, survival)
    row.events.forEach((events, kind) => (incidence[kind]! += (survival * events) / row.atRisk))
    survival *= (row.atRisk - row.events.reduce((a, b) => a + b, 0)) / row.atRisk
    return {
      time: row.time,
      atRisk: row.atRisk,
      events: perCause((kind) => row.events[kind]!),
      censored: row.censored,
      survival: asShare(survival, influence.seOfSurvival()),
      causes: perCause((kind) => asShare(incidence[kind]!, influence.seOfCause(kind))),
    }
  })
  return { subjects: observations.length, causes, level, steps }
}

/** The place of each outcome in the list, −1 for none yet. */
function kindsOf<Cause extends string>(observations: readonly CauseObservation<Cause>[], causes: readonly Cause[]): number[] {
  return observations.map(({ time, cause }, i) => {
    requireTime(`observations[${i}].time`, time)
    const kind = cause === null ? -1 : causes.indexOf(cause)
    if (cause !== null && kind < 0) throw new ArgumentError(`observations[${i}].cause`, `must be null or one of: ${causes.join(', ')}`)
    return kind
  })
}

/**
 * The shares at a time. Null beyond the last time anybody was followed to, unless nobody is left without outcome, and for no subjects at
 * all. Refuses a time that is negative or not finite.
 */
export function incidenceAt<Cause extends string>(curve: CumulativeIncidence<Cause>, time: number): IncidenceValue<Cause> | null {
  requireTime('time', time)
  const last = curve.steps.at(-1)
  if (!last || (time > last.time && last.survival.share > 0)) return null
  const step = stepAt(curve.steps, time)
  if (step) return { survival: step.survival, causes: step.causes }
  const certain = (share: number): Share => ({ share, se: 0, interval: null })
  const none = Object.fromEntries(curve.causes.map((cause) => [cause, certain(0)])) as Record<Cause, Share>
  return { survival: certain(1), causes: none }
}

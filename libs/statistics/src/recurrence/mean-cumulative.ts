import { qnorm } from 'lib-r-math.js'
import { ArgumentError, requireLevel } from '../argument-error'
import { type Interval, LEVEL } from '../intervals'
import { requireTime, stepAt } from '../survival/observation'

/** One subject, followed from time 0 to `until`, with the times of its events in any order. A time given twice is two events. */
export interface Recurrences {
  events: readonly number[]
  until: number
}

/** Mean number of events per subject so far, its robust error, and the interval (null where there is no error to build it on). */
export interface MeanCount {
  mean: number
  se: number
  interval: Interval | null
}

export interface MeanCumulativeStep extends MeanCount {
  time: number
  /** Subjects followed at least to `time`. */
  atRisk: number
  events: number
}

export interface MeanCumulative {
  subjects: number
  events: number
  level: number
  /** The last time anybody was followed to; null for no subjects. */
  followedTo: number | null
  /** One per distinct time of an event. Before the first the mean is 0. */
  steps: MeanCumulativeStep[]
}

/** Where all subjects have had equally many events, their influences cancel to zero only to rounding. */
const ROUNDING = 1e-12

/**
 * Mean cumulative function (Nelson 1988): how many events a subject has had on average by each time, had all been followed that long.
 * Robust variance of Lawless and Nadeau (1995), which lets the events of one subject depend on each other, as `survfit(Surv(start, stop,
 * event) ~ 1, id = id, robust = TRUE)` of R's survival gives for the cumulative hazard; interval on the log scale, so never below zero.
 *
 * Assumes that when a subject's follow-up ends has nothing to do with its events. A subject is at risk of events at the very end of its
 * follow-up. With one subject the error is 0 and there is no interval. Refuses times that are negative or not finite, an event after the
 * end of follow-up, and a level outside (0, 1).
 */
export function meanCumulative(subjects: readonly Recurrences[], level: number = LEVEL): MeanCumulative {
  requireLevel('level', level)
  subjects.forEach(requireRecurrences)
  const z = qnorm(1 - (1 - level) / 2)
  const influence = new Float64Array(subjects.length)
  const eventCounts = countsByTime(subjects)
  const ends = Float64Array.from(subjects, (subject) => subject.until).sort()
  let gone = 0
  let mean = 0
  const steps = eventCounts.map(({ time, bySubject }): MeanCumulativeStep => {
    while (ends[gone]! < time) gone++
    const atRisk = subjects.length - gone
    const events = [...bySubject.values()].reduce((a, b) => a + b, 0)
    const rate = events / atRisk
    mean += rate
    subjects.forEach(({ until }, i) => {
      if (until >= time) influence[i]! += ((bySubject.get(i) ?? 0) - rate) / atRisk
    })
    const spread = Math.sqrt(influence.reduce((sum, u) => sum + u * u, 0))
    const se = spread > ROUNDING * mean ? spread : 0
    const factor = Math.exp((z * se) / mean)
    return { time, atRisk, events, mean, se, interval: se > 0 ? { lower: mean / factor, upper: mean * factor } : null }
  })
  return {
    subjects: subjects.length,
    events: steps.reduce((sum, step) => sum + step.events, 0),
    level,
    followedTo: ends.at(-1) ?? null,
    steps,
  }
}

/**
 * The mean count at a time. Null beyond the last time anybody was followed to, and for no subjects. Refuses a time that is negative or not
 * finite.
 */
export function meanCountAt(curve: MeanCumulative, time: number): MeanCount | null {
  requireTime('time', time)
  if (curve.followedTo === null || time > curve.followedTo) return null
  const { mean, se, interval } = stepAt(curve.steps, time) ?? { mean: 0, se: 0, interval: null }
  return { mean, se, interval }
}

/** Distinct event times, rising, each with how many events which subject had then. */
function countsByTime(subjects: readonly Recurrences[]): { time: number; bySubject: Map<number, number> }[] {
  const byTime = new Map<number, Map<number, number>>()
  subjects.forEach(({ events }, i) => {
    for (const time of events) {
      const bySubject = byTime.get(time) ?? new Map<number, number>()
      byTime.set(time, bySubject.set(i, (bySubject.get(i) ?? 0) + 1))
    }
  })
  return [...byTime].map(([time, bySubject]) => ({ time, bySubject })).sort((a, b) => a.time - b.time)
}

function requireRecurrences({ events, until }: Recurrences, i: number): void {
  requireTime(`subjects[${i}].until`, until)
  events.forEach((time, j) => {
    const argument = `subjects[${i}].events[${j}]`
    requireTime(argument, time)
    if (time > until) throw new ArgumentError(argument, `must not come after the end of follow-up (${until}), as ${time} does`)
  })
}

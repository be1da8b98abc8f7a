import { ArgumentError } from '../argument-error'

/** One subject, followed from time 0: what ended it, and when. `cause` null: still without the event when last seen (right-censored). */
export interface CauseObservation<Cause extends string = string> {
  time: number
  cause: Cause | null
}

/** One subject, followed from time 0 to the event, or to when it was last seen without it (right-censored). */
export interface Observation {
  time: number
  event: boolean
}

/** What happened at one distinct time. Whoever is censored at it was still at risk of the events of that time. */
export interface RiskRow {
  time: number
  atRisk: number
  events: number[]
  censored: number
}

/**
 * One row per distinct time, rising, with events counted per kind. `kinds[i]` is the kind of event of subject i, −1 if censored.
 * Times are the same only if they are equal numbers: give whole hours or days, not sums of fractions.
 */
export function riskTable(times: readonly number[], kinds: readonly number[], kindCount: number): RiskRow[] {
  const order = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]!)
  const rows: RiskRow[] = []
  order.forEach((subject, done) => {
    const time = times[subject]!
    let row = rows.at(-1)
    if (row?.time !== time) {
      row = { time, atRisk: times.length - done, events: new Array<number>(kindCount).fill(0), censored: 0 }
      rows.push(row)
    }
    const kind = kinds[subject]!
    if (kind < 0) row.censored++
    else row.events[kind]!++
  })
  return rows
}

/** The table of one kind of event. Refuses a time that is negative or not finite, naming the list and the place in it. */
export function eventTable(argument: string, observations: readonly Observation[]): RiskRow[] {
  observations.forEach(({ time }, i) => requireTime(`${argument}[${i}].time`, time))
  return riskTable(observations.map((o) => o.time), observations.map((o) => (o.event ? 0 : -1)), 1)
}

/** A time since the start: finite, zero or more. */
export function requireTime(argument: string, time: number): void {
  if (!Number.isFinite(time) || time < 0) throw new ArgumentError(argument, `must be a finite time, zero or more, not ${time}`)
}

/** The last step at or before a time in a list of steps that rises in time; undefined before the first. */
export function stepAt<Step extends { time: number }>(steps: readonly Step[], time: number): Step | undefined {
  let from = 0
  let to = steps.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (steps[middle]!.time <= time) from = middle + 1
    else to = middle
  }
  return steps[from - 1]
}

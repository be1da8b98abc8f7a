import { ArgumentError, requireCount, requireLevel } from '../argument-error'
import { type Interval, LEVEL, type Rate, rateOf, rateRatio } from '../intervals'

/** What the owner of an action said beforehand should follow: more reports (trust grew) or fewer (less happened). */
export type Expectation = 'more-reports' | 'fewer-reports'

/** Incidents recorded in a stretch of time, and the school days that it had. */
export interface Stretch {
  incidents: number
  schoolDays: number
}

/**
 * What was seen, and no more:
 * - in-expected-direction, in-other-direction: the whole interval of the ratio lies on that side of 1;
 * - either-possible: the interval includes 1, so the figures fit more, fewer and as many as before;
 * - not-observed: one of the stretches has had no school day, or neither any incident.
 */
export type Finding = 'in-expected-direction' | 'in-other-direction' | 'either-possible' | 'not-observed'

export interface BeforeAfter {
  /** Incidents per school day with exact Poisson interval; null for a stretch without a school day. */
  before: Rate | null
  after: Rate | null
  /** Rate after over rate before. Infinity if only before had none; null if not observed. */
  ratio: number | null
  /** Conditional exact interval of the ratio, and the two-sided exact p of no change; null if not observed. */
  interval: Interval | null
  p: number | null
  expected: Expectation
  finding: Finding
}

/**
 * Recorded incidents per school day before and after an action, as a rate ratio (after over before) with its conditional exact interval
 * (see rateRatio), set against what was expected beforehand. What came after an action did not come from it: the answer is worded as data
 * only.
 *
 * The caller leaves out the incidents that prompted the action (else "before" is high by choice and the rate falls by itself: regression to
 * the mean), ends "before" at the action, and counts the same behaviours, places and children in both. Assumes Poisson counts and the same
 * readiness to report. Refuses incidents and school days that are not whole numbers, zero or more, incidents without a school day, an
 * expectation that is neither of the two, and a level outside (0, 1).
 */
export function beforeAfter(before: Stretch, after: Stretch, expected: Expectation, level: number = LEVEL): BeforeAfter {
  requireLevel('level', level)
  requireStretch('before', before)
  requireStretch('after', after)
  if (expected !== 'more-reports' && expected !== 'fewer-reports') {
    throw new ArgumentError('expected', `must be 'more-reports' or 'fewer-reports', not '${String(expected)}'`)
  }
  const rates = { before: rate(before, level), after: rate(after, level), expected }
  if (!rates.before || !rates.after || before.incidents + after.incidents === 0) {
    return { ...rates, ratio: null, interval: null, p: null, finding: 'not-observed' }
  }
  const { ratio, exact } = rateRatio(group(after), group(before), level)
  const { lower, upper, p } = exact
  return { ...rates, ratio, interval: { lower, upper }, p, finding: findingOf({ lower, upper }, expected) }
}

function findingOf({ lower, upper }: Interval, expected: Expectation): Finding {
  if (lower <= 1 && upper >= 1) return 'either-possible'
  return lower > 1 === (expected === 'more-reports') ? 'in-expected-direction' : 'in-other-direction'
}

const group = ({ incidents, schoolDays }: Stretch) => ({ cases: incidents, exposure: schoolDays })

const rate = ({ incidents, schoolDays }: Stretch, level: number) => (schoolDays > 0 ? rateOf(incidents, schoolDays, level) : null)

function requireStretch(name: string, { incidents, schoolDays }: Stretch): void {
  requireCount(`${name}.incidents`, incidents)
  requireCount(`${name}.schoolDays`, schoolDays)
  if (schoolDays === 0 && incidents > 0) {
    throw new ArgumentError(`${name}.incidents`, `must be 0 where there is no school day, not ${incidents}`)
  }
}

import { ArgumentError, requireLevel } from '../argument-error'

/** A point of the Lorenz curve: the share of the events that the given share of the subjects, those with fewest first, has between them. */
export interface LorenzPoint {
  subjects: number
  events: number
}

export interface Concentration {
  /** Subjects counted: those with at least one event, or the whole roll. */
  subjects: number
  events: number
  /** From (0, 0) to (1, 1); empty if there is no event. */
  lorenz: LorenzPoint[]
  /** 0: all have equally many; near 1: one has them all. Null if there is no event. */
  gini: number | null
  /** Share of the events that the top share of subjects has; null if there is no event. */
  topShare: number | null
}

/**
 * How far events gather in few subjects, twice: among the involved (those with at least one event; zeros in `counts` are left out), and
 * over the whole roll, the others counting as zeros. Lorenz curve (1905); Gini as twice the area between it and equality, so without the
 * correction n/(n − 1) (`ineq::Gini` of R); share of the top `top` of subjects read off the curve, so interpolated where that is no whole
 * number of subjects.
 *
 * `counts`: events per subject, finite and zero or more. `roll`: number of subjects in all, involved or not, need not be whole (a mean of
 * censuses); null if unknown. Under pure chance the figures are not 0: with few events per child some have more than others, so never read
 * them alone. Refuses other counts, a roll below the number of involved, and `top` outside (0, 1).
 */
export function concentration(
  counts: readonly number[],
  roll: number | null,
  top = 0.05,
): { involved: Concentration; overRoll: Concentration | null } {
  requireLevel('top', top)
  counts.forEach((count, i) => {
    if (!Number.isFinite(count) || count < 0) throw new ArgumentError(`counts[${i}]`, `must be a finite number, zero or more, not ${count}`)
  })
  const involved = counts.filter((count) => count > 0).sort((a, b) => a - b)
  if (roll !== null && !(Number.isFinite(roll) && roll >= involved.length)) {
    throw new ArgumentError('roll', `must be finite and at least the number of subjects with an event (${involved.length}), not ${roll}`)
  }
  return { involved: of(involved, 0, top), overRoll: roll === null ? null : of(involved, roll - involved.length, top) }
}

function of(rising: readonly number[], zeros: number, top: number): Concentration {
  const subjects = rising.length + zeros
  const lorenz = curve(rising, zeros)
  const events = rising.reduce((a, b) => a + b, 0)
  if (lorenz.length === 0) return { subjects, events, lorenz, gini: null, topShare: null }
  const twiceArea = lorenz.slice(1).reduce((sum, to, i) => sum + (to.subjects - lorenz[i]!.subjects) * (to.events + lorenz[i]!.events), 0)
  return { subjects, events, lorenz, gini: Math.max(0, 1 - twiceArea), topShare: 1 - height(lorenz, 1 - top) }
}

function curve(rising: readonly number[], zeros: number): LorenzPoint[] {
  const total = rising.reduce((a, b) => a + b, 0)
  if (total === 0) return []
  const subjects = rising.length + zeros
  const points = [{ subjects: 0, events: 0 }]
  if (zeros > 0) points.push({ subjects: zeros / subjects, events: 0 })
  let sum = 0
  rising.forEach((count, i) => {
    sum += count
    points.push({ subjects: (zeros + i + 1) / subjects, events: sum / total })
  })
  return points
}

/** The curve at a share of subjects, straight between its points. */
function height(points: readonly LorenzPoint[], share: number): number {
  const after = Math.max(1, points.findIndex((point) => point.subjects >= share))
  const from = points[after - 1]!
  const to = points[after]!
  return from.events + ((to.events - from.events) * (share - from.subjects)) / (to.subjects - from.subjects)
}

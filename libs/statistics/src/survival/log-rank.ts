import { pchisq } from 'lib-r-math.js'
import { ArgumentError } from '../argument-error'
import { type Observation, eventTable, riskTable } from './observation'

export interface LogRank {
  groups: { subjects: number; observed: number; expected: number }[]
  /** Covariance of observed minus expected, group by group. */
  variance: number[][]
  chiSquared: number
  degreesOfFreedom: number
  p: number
}

/**
 * Log-rank test (Mantel 1966; Peto and Peto 1972) that k groups have the same curve: events expected in each if they had, the
 * hypergeometric covariance, and chi-squared on k − 1 degrees of freedom. As `survdiff(Surv(time, event) ~ group)` of R's survival.
 *
 * Assumptions as for kaplanMeier. It is weak where curves cross. A group in which no event could be expected (empty, or all censored before
 * the first event) is left out and costs its degree of freedom; if fewer than two groups are left, or all events fall on one last time,
 * nothing can differ: chi-squared 0, p 1. Refuses fewer than two groups, and times that are negative or not finite.
 */
export function logRank(groups: readonly (readonly Observation[])[]): LogRank {
  if (groups.length < 2) throw new ArgumentError('groups', `must be at least two, not ${groups.length}`)
  groups.forEach((group, g) => eventTable(`groups[${g}]`, group))
  const { observed, expected, variance } = accumulate(groups)
  const kept = expected.flatMap((value, g) => (value > 0 ? [g] : [])).slice(1)
  const differences = kept.map((g) => observed[g]! - expected[g]!)
  const matrix = kept.map((g) => kept.map((h) => variance[g]![h]!))
  const chiSquared = matrix.some((row, i) => row[i]! <= 0) ? 0 : quadraticForm(matrix, differences)
  return {
    groups: groups.map((group, g) => ({ subjects: group.length, observed: observed[g]!, expected: expected[g]! })),
    variance,
    chiSquared,
    degreesOfFreedom: kept.length,
    p: kept.length === 0 ? 1 : pchisq(chiSquared, kept.length, undefined, false),
  }
}

function accumulate(groups: readonly (readonly Observation[])[]) {
  const all = groups.flatMap((group, g) => group.map(({ time, event }) => ({ time, g, event })))
  // Everyone leaves at their time, so a table that counts leavers by group says who is still at risk in each.
  const leavers = riskTable(all.map((o) => o.time), all.map((o) => o.g), groups.length)
  const events = riskTable(all.map((o) => o.time), all.map((o) => (o.event ? o.g : -1)), groups.length)
  const atRisk = groups.map((group) => group.length)
  const observed = groups.map(() => 0)
  const expected = groups.map(() => 0)
  const variance = groups.map(() => groups.map(() => 0))
  events.forEach(({ atRisk: n, events: d }, row) => {
    const total = d.reduce((a, b) => a + b, 0)
    const spread = n > 1 ? (total * (n - total)) / (n - 1) : 0
    groups.forEach((_, g) => {
      const share = atRisk[g]! / n
      observed[g]! += d[g]!
      expected[g]! += total * share
      groups.forEach((_, h) => (variance[g]![h]! += spread * share * ((g === h ? 1 : 0) - atRisk[h]! / n)))
    })
    groups.forEach((_, g) => (atRisk[g]! -= leavers[row]!.events[g]!))
  })
  return { observed, expected, variance }
}

/** vᵀ M⁻¹ v for a positive definite M, by its Cholesky factor. */
function quadraticForm(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  const factor: number[][] = []
  const solved: number[] = []
  const dot = (a: readonly number[], b: readonly number[], to: number) => a.slice(0, to).reduce((sum, x, i) => sum + x * b[i]!, 0)
  matrix.forEach((row, i) => {
    const line: number[] = []
    for (let j = 0; j < i; j++) line.push((row[j]! - dot(line, factor[j]!, j)) / factor[j]![j]!)
    line.push(Math.sqrt(row[i]! - dot(line, line, i)))
    factor.push(line)
    solved.push((vector[i]! - dot(line, solved, i)) / line[i]!)
  })
  return solved.reduce((sum, x) => sum + x * x, 0)
}

import { ArgumentError, requireCount, requireSameLength } from '../argument-error'

export interface EmpiricalBayes {
  /** Rate over all areas: what small areas are drawn to. */
  overall: number
  /** Variance of the true rates between areas, by moments; 0 when chance alone explains the spread, and then all estimates are `overall`. */
  between: number
  /** In the order of the input. `raw` is null where there is no exposure; `shrunk` is then `overall`. */
  estimates: { raw: number | null; shrunk: number }[]
}

/**
 * Rates drawn to the overall rate, the more so the smaller the exposure: Marshall's global estimator (Marshall 1991, "Mapping disease
 * and mortality rates using empirical Bayes estimators"), as `spdep::EBest(family = "poisson")`. Cases are counts, exposure is in any
 * one unit; rates are cases per unit of it. An area without exposure and without cases says nothing, so it is left out of the moments
 * and estimated by the overall rate. All equal rates stay as they are.
 *
 * Refuses cases that are not whole numbers ≥ 0, a negative exposure, cases where there is no exposure, no exposure anywhere.
 */
export function empiricalBayes(cases: readonly number[], exposure: readonly number[]): EmpiricalBayes {
  requireSameLength('exposure', exposure.length, 'cases', cases.length)
  cases.forEach((count, i) => requireArea(i, count, exposure[i]!))
  const areas = exposure.filter((size) => size > 0).length
  if (areas === 0) throw new ArgumentError('exposure', 'must be above zero somewhere: there is no rate of nothing')
  const total = sum(exposure)
  const overall = sum(cases) / total
  const variance = sum(exposure.map((size, i) => (size > 0 ? size * (cases[i]! / size - overall) ** 2 : 0))) / total
  const between = Math.max(0, variance - overall / (total / areas))
  const shrunk = (raw: number, size: number) =>
    between === 0 ? overall : overall + (between * (raw - overall)) / (between + overall / size)
  return {
    overall,
    between,
    estimates: exposure.map((size, i) =>
      size > 0 ? { raw: cases[i]! / size, shrunk: shrunk(cases[i]! / size, size) } : { raw: null, shrunk: overall },
    ),
  }
}

function requireArea(i: number, cases: number, exposure: number): void {
  requireCount(`cases[${i}]`, cases)
  if (!(exposure >= 0 && exposure < Infinity)) throw new ArgumentError(`exposure[${i}]`, `must be finite and not negative, not ${exposure}`)
  if (exposure === 0 && cases > 0) throw new ArgumentError(`exposure[${i}]`, `must be above zero, since there are cases (${cases})`)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

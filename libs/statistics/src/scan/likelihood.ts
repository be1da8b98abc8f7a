import { ArgumentError, requireCount, requirePositive } from '../argument-error'

/** x ln(x/y), and 0 at x = 0. */
const term = (x: number, y: number) => (x > 0 ? x * Math.log(x / y) : 0)

/**
 * Log-likelihood ratio of a window under the Poisson model conditional on the total (Kulldorff 1997), one-sided: 0 unless more cases lie in
 * the window than expected. `expected` is on the scale on which all windows together expect `total`; 0 < expected < total.
 */
export function poissonLlr(cases: number, expected: number, total: number): number {
  requireCount('cases', cases)
  requireCount('total', total)
  requirePositive('expected', expected)
  if (cases > total) throw new ArgumentError('cases', `must be at most total (${total}), not ${cases}`)
  if (cases <= expected || expected >= total) return 0
  // Just above the expected, rounding could leave it just below zero.
  return Math.max(0, term(cases, expected) + term(total - cases, total - expected))
}

/**
 * Log-likelihood ratio of a window under the Bernoulli model (Kulldorff 1997), one-sided: `cases` of `size` in the window, against
 * `totalCases` of `totalSize` in all; 0 unless the share is higher inside than outside. Kept as a reference; the scans are Poisson.
 */
export function bernoulliLlr(cases: number, size: number, totalCases: number, totalSize: number): number {
  Object.entries({ cases, size, totalCases, totalSize }).forEach(([name, value]) => requireCount(name, value))
  if (cases > size) throw new ArgumentError('cases', `must be at most size (${size}), not ${cases}`)
  const casesOut = totalCases - cases
  const sizeOut = totalSize - size
  if (casesOut < 0 || casesOut > sizeOut) throw new ArgumentError('totalCases', 'must hold the cases inside, and fit outside with the rest')
  if (size === 0 || sizeOut === 0 || cases * sizeOut <= casesOut * size) return 0
  const split = term(cases, size) + term(size - cases, size) + term(casesOut, sizeOut) + term(sizeOut - casesOut, sizeOut)
  return Math.max(0, split - term(totalCases, totalSize) - term(totalSize - totalCases, totalSize))
}

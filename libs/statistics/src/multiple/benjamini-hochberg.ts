import { ArgumentError } from '../argument-error'

/**
 * q-values of Benjamini and Hochberg (1995), as `p.adjust(p, "BH")` of R: calling everything with q ≤ x a finding keeps the expected
 * share of false ones among them to at most x. In the order of the input; none for none, and the p itself for one.
 *
 * Assumes independent or positively dependent tests, and that every test made is in the list, the dull ones too.
 * Refuses a p outside [0, 1].
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) throw new ArgumentError(`pValues[${i}]`, `must lie from 0 to 1, not ${p}`)
  })
  const tests = pValues.length
  const largestFirst = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]!)
  const q = new Array<number>(tests)
  let least = 1
  largestFirst.forEach((test, i) => {
    least = Math.min(least, (pValues[test]! * tests) / (tests - i))
    q[test] = least
  })
  return q
}

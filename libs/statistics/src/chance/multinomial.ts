import { ArgumentError, requireCount } from '../argument-error'
import { drawBinomial, logFactorials } from './binomial'
import type { Random } from './random'

/** Fills `counts` with one draw; the cells run in step with the weights. */
export type DrawMultinomial = (counts: Int32Array, random: Random) => void

/** From so many draws per cell on, one binomial a cell is quicker than one alias look-up a draw (measured at 240 cells). */
const BINOMIAL_FROM = 5

/**
 * Multinomial draws of `total` over cells in proportion to `weights` (any unit; zero is a cell that is never drawn). Few draws per
 * cell: one alias look-up each (Walker 1977, table after Vose 1991). Many: each cell in turn is binomial given those before it,
 * which takes time by the cell instead of by the draw. Which of the two depends on the arguments alone, so a seed means one answer.
 *
 * Refuses weights that are negative, not finite or all zero.
 */
export function multinomial(total: number, weights: ArrayLike<number>): DrawMultinomial {
  requireCount('total', total)
  const sum = sumOfWeights(weights)
  return total > BINOMIAL_FROM * weights.length ? multinomialByBinomial(total, weights) : multinomialByAlias(total, weights, sum)
}

function sumOfWeights(weights: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!
    if (!(weight >= 0 && weight < Infinity)) throw new ArgumentError('weights', `must be finite and not negative, not ${weight}`)
    sum += weight
  }
  if (!(sum > 0 && sum < Infinity)) throw new ArgumentError('weights', 'must have a finite sum above zero')
  return sum
}

/** By alias: `total` look-ups a draw. */
export function multinomialByAlias(total: number, weights: ArrayLike<number>, sum = sumOfWeights(weights)): DrawMultinomial {
  const { keep, alias } = aliasTable(weights, sum)
  const cells = weights.length
  return (counts, random) => {
    counts.fill(0)
    for (let drawn = 0; drawn < total; drawn++) {
      const place = random.next() * (cells / 4294967296)
      const cell = place | 0
      const chosen = place - cell < keep[cell]! ? cell : alias[cell]!
      counts[chosen] = counts[chosen]! + 1
    }
  }
}

function aliasTable(weights: ArrayLike<number>, sum: number) {
  const cells = weights.length
  const keep = Float64Array.from(weights, (weight) => (weight * cells) / sum)
  const alias = Int32Array.from(weights, (_, cell) => cell)
  const small: number[] = []
  const large: number[] = []
  keep.forEach((share, cell) => (share < 1 ? small : large).push(cell))
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!
    const high = large.pop()!
    alias[low] = high
    keep[high] = keep[high]! - (1 - keep[low]!)
    ;(keep[high]! < 1 ? small : large).push(high)
  }
  // What is left over is 1 but for rounding. A cell of no weight must not be drawn even so: it sends on to one that has some.
  const some = keep.findIndex((_, cell) => weights[cell]! > 0)
  for (const cell of [...large, ...small]) {
    if (weights[cell]! > 0) keep[cell] = 1
    else alias[cell] = some
  }
  return { keep, alias }
}

/** By binomial: one binomial draw per cell, each given the cells before it. */
export function multinomialByBinomial(total: number, weights: ArrayLike<number>): DrawMultinomial {
  const cells = weights.length
  const share = new Float64Array(cells)
  let after = 0
  for (let cell = cells - 1; cell >= 0; cell--) {
    after += weights[cell]!
    share[cell] = weights[cell]! > 0 ? weights[cell]! / after : 0
  }
  const logFactorial = logFactorials(total)
  return (counts, random) => {
    let left = total
    for (let cell = 0; cell < cells; cell++) {
      const drawn = drawBinomial(left, share[cell]!, random, logFactorial)
      counts[cell] = drawn
      left -= drawn
    }
  }
}

import type { Random } from './random'

/** ln(0!), ln(1!), …, ln(n!), by summation: exact to a few units in the last place for the sizes met here. */
export function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1)
  for (let k = 2; k <= n; k++) table[k] = table[k - 1]! + Math.log(k)
  return table
}

/**
 * One draw from the binomial distribution: successes in `trials` of probability `p`. By inversion where fewer than 10 are expected,
 * else by transformed rejection (Hörmann 1993, "The generation of binomial random variates", algorithm BTRS).
 *
 * @param logFactorial ln(k!) for k up to `trials` at least
 */
export function drawBinomial(trials: number, p: number, random: Random, logFactorial: Float64Array): number {
  if (trials === 0 || p <= 0) return 0
  if (p >= 1) return trials
  if (p > 0.5) return trials - drawBinomial(trials, 1 - p, random, logFactorial)
  return trials * p < 10 ? byInversion(trials, p, random) : byRejection(trials, p, random, logFactorial)
}

function byInversion(trials: number, p: number, random: Random): number {
  const odds = p / (1 - p)
  let probability = Math.exp(trials * Math.log1p(-p))
  let left = random.real()
  let k = 0
  while (left >= probability && k < trials) {
    left -= probability
    k++
    probability *= (odds * (trials - k + 1)) / k
  }
  return k
}

function byRejection(trials: number, p: number, random: Random, logFactorial: Float64Array): number {
  const spread = Math.sqrt(trials * p * (1 - p))
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const centre = trials * p + 0.5
  const sure = 0.92 - 4.2 / b
  const alpha = (2.83 + 5.1 / b) * spread
  const mode = Math.floor((trials + 1) * p)
  const logOdds = Math.log(p / (1 - p))
  const atMode = logFactorial[mode]! + logFactorial[trials - mode]!
  for (;;) {
    const u = random.real() - 0.5
    const v = random.real()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + centre)
    if (us >= 0.07 && v <= sure) return k
    if (!(k >= 0 && k <= trials)) continue
    const height = Math.log((v * alpha) / (a / (us * us) + b))
    if (height <= atMode - logFactorial[k]! - logFactorial[trials - k]! + (k - mode) * logOdds) return k
  }
}

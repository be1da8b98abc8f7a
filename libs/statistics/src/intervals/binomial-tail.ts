import { dbinom } from 'lib-r-math.js'

/**
 * P(X ≥ k) for X binomial: the incomplete beta function I_p(k, n − k + 1) by its continued fraction (DLMF 8.17.22, evaluated after
 * Lentz), its factor in front taken from the binomial density. Written here because `pbeta`, `qbeta`, `pbinom` and `pt` of
 * lib-r-math.js 2.0.3 are wrong from the third or fourth digit for some shapes (pbinom(1, 3, 0.5) gives 0.49944); its `dbinom`,
 * gamma, Poisson, normal and hypergeometric functions agree with R to 13 digits or more.
 */
export function binomialAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (k > n) return 0
  if (p <= 0) return 0
  if (p >= 1) return 1
  // The fraction converges fast below the mean; above it the other tail is the one to compute.
  if (p > (k + 1) / (n + 3)) return 1 - fractionTail(n - k + 1, n, 1 - p)
  return fractionTail(k, n, p)
}

/** P(X ≤ k) for X binomial. */
export function binomialAtMost(k: number, n: number, p: number): number {
  return binomialAtLeast(n - k, n, 1 - p)
}

function fractionTail(k: number, n: number, p: number): number {
  return Math.min(1, dbinom(k, n, p) * (1 - p) * continuedFraction(p, k, n - k + 1))
}

const TINY = 1e-300

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    value *= c * d
    if (Math.abs(c * d - 1) < 3e-16) break
  }
  return value
}

const awayFromZero = (x: number) => (Math.abs(x) < TINY ? TINY : x)

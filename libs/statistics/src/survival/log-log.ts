import { qnorm } from 'lib-r-math.js'
import type { Interval } from '../intervals'

/**
 * Interval of a probability on the scale of log(−log p): it stays within 0 and 1 (Kalbfleisch and Prentice 2002, § 1.4; `log-log` in R's
 * survival). Null where p is 0 or 1: there the error is 0 and says nothing about how sure the figure is.
 */
export function logLogInterval(p: number, se: number, level: number): Interval | null {
  if (!(p > 0 && p < 1)) return null
  const width = (qnorm(1 - (1 - level) / 2) * se) / (p * Math.abs(Math.log(p)))
  return { lower: p ** Math.exp(width), upper: p ** Math.exp(-width) }
}

/** Both ends belong to the interval; `upper` may be Infinity where the data set no upper bound. */
export interface Interval {
  lower: number
  upper: number
}

/** The confidence level used wherever none is given. */
export const LEVEL = 0.95

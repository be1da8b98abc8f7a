import { ArgumentError } from '../argument-error'
import { type ChartRules, type Signal, signalsOf } from './signals'

export interface ChartPoint {
  value: number
  /** Distance from the value before; null at the first. */
  movingRange: number | null
  /** The moving range was too large to set limits by, and was left out. */
  screened: boolean
  /** Every rule that this point is part of, in the order of the rules; empty: ordinary variation. */
  signals: Signal[]
}

export interface ControlChart {
  points: ChartPoint[]
  /** Null without a value. */
  mean: number | null
  /** Mean of the moving ranges that were kept; null with fewer than two values. */
  meanMovingRange: number | null
  /** Natural process limits, not cut off at zero; null with fewer than two values. */
  lower: number | null
  upper: number | null
}

/** 3 / d₂ (three standard deviations, from the mean range of two), and D₄ (the upper limit of a range of two), rounded as published. */
const LIMIT = 2.66
const SCREEN = 3.267

export const MAKING_DATA_COUNT: ChartRules = { runLength: 7, trendLength: 7, screening: true }

/**
 * XmR chart after NHS England's "Making Data Count", as `ptd_spc` of the R package NHSRplotthedots calculates it: limits at mean ± 2.66 ×
 * mean moving range, the moving ranges of 3.267 × their mean or more being screened out first (once; the values themselves stay in the
 * mean). Signals are described at signalsOf.
 *
 * `values`: one per period of equal length, in the order of time, none left out (a missing period is not a zero). Assumes that neighbouring
 * periods do not depend on each other. About a dozen values are needed before limits mean much. With none or one there are no limits; where
 * all are equal the limits fall on the mean, and there is no signal. Even on pure chance many charts show a signal: see falseAlarms.
 * Refuses values that are not finite, and a run or trend of fewer than two points.
 */
export function xmrChart(values: readonly number[], rules: Partial<ChartRules> = {}): ControlChart {
  const { runLength, trendLength, screening } = { ...MAKING_DATA_COUNT, ...rules }
  requireLength('runLength', runLength)
  requireLength('trendLength', trendLength)
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new ArgumentError(`values[${i}]`, `must be a finite number, not ${value}`)
  })
  const ranges = values.slice(1).map((value, i) => Math.abs(value - values[i]!))
  const bound = ranges.length > 0 ? SCREEN * meanOf(ranges) : 0
  const screened = ranges.map((range) => screening && range > 0 && range >= bound)
  const mean = values.length > 0 ? meanOf(values) : null
  const meanMovingRange = ranges.length > 0 ? meanOf(ranges.filter((_, i) => !screened[i])) : null
  const reach = meanMovingRange === null ? null : LIMIT * meanMovingRange
  const signals = mean === null || reach === null ? [] : signalsOf(values, mean, reach, { runLength, trendLength })
  return {
    points: values.map((value, i) => ({
      value,
      movingRange: ranges[i - 1] ?? null,
      screened: screened[i - 1] ?? false,
      signals: signals[i] ?? [],
    })),
    mean,
    meanMovingRange,
    lower: reach === null ? null : mean! - reach,
    upper: reach === null ? null : mean! + reach,
  }
}

/** With a second pass for what rounding lost, as R's mean: equal values then have exactly their own mean, and lie on no side of it. */
function meanOf(values: readonly number[]): number {
  const rough = values.reduce((a, b) => a + b, 0) / values.length
  return rough + values.reduce((sum, value) => sum + (value - rough), 0) / values.length
}

function requireLength(argument: string, length: number): void {
  if (!Number.isInteger(length) || length < 2) throw new ArgumentError(argument, `must be a whole number, two or more, not ${length}`)
}

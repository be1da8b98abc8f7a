export interface ChartRules {
  /** So many points in a row on one side of the mean are a signal. */
  runLength: number
  /** So many points in a row, each above (each below) the one before, are a signal. */
  trendLength: number
  /** Leave moving ranges that are too large out of the limits. */
  screening: boolean
}

export type Rule = 'outside-limits' | 'run' | 'trend' | 'two-of-three'

/** Which rule, and which way: beyond the upper limit, above the mean or rising is `up`. */
export interface Signal {
  rule: Rule
  direction: 'up' | 'down'
}

/** On a limit is within it, and rounding shall not decide otherwise. */
const ROUNDING = 1e-12

/**
 * For each value, the rules of "Making Data Count" it is part of, with the limits at `mean` ± `reach`:
 * - outside-limits: beyond a limit (on it is within);
 * - run: one of `runLength` or more in a row on one side of the mean (a point on the mean ends a run);
 * - trend: one of `trendLength` or more in a row that rise, or fall, each time (a point equal to the one before ends a trend);
 * - two-of-three: in the outer third, between two thirds of the way to a limit and that limit, and so is at least one other of three in a
 *   row that are all on the same side of the mean. A point outside the limits is not in the outer third (as NHSRplotthedots has it).
 */
export function signalsOf(
  values: readonly number[],
  mean: number,
  reach: number,
  { runLength, trendLength }: Pick<ChartRules, 'runLength' | 'trendLength'>,
): Signal[][] {
  const sides = values.map((value) => Math.sign(value - mean))
  const steps = values.slice(1).map((value, i) => Math.sign(value - values[i]!))
  const beyond = (value: number, distance: number) => Math.abs(value - mean) - distance > ROUNDING * (Math.abs(mean) + reach)
  const outside = values.map((value) => beyond(value, reach))
  const outer = values.map((value, i) => !outside[i] && beyond(value, (2 * reach) / 3))
  const signals = values.map((): Signal[] => [])
  const mark = (i: number, rule: Rule, sign: number) => signals[i]!.push({ rule, direction: sign > 0 ? 'up' : 'down' })

  outside.forEach((is, i) => is && mark(i, 'outside-limits', sides[i]!))
  stretches(sides, runLength).forEach((sign, i) => sign && mark(i, 'run', sign))
  trendSigns(steps, trendLength, values.length).forEach((found, i) => found.forEach((sign) => mark(i, 'trend', sign)))
  outer.forEach((is, i) => {
    if (is && [i - 2, i - 1, i].some((from) => twoOfThree(outer, sides, from))) mark(i, 'two-of-three', sides[i]!)
  })
  return signals
}

/** For each entry its sign (−1 or 1) if it is part of at least `length` equal signs in a row, else 0. */
function stretches(signs: readonly number[], length: number): number[] {
  const found = new Array<number>(signs.length).fill(0)
  let start = 0
  signs.forEach((sign, i) => {
    if (sign !== signs[start]) start = i
    if (sign === 0 || i - start + 1 < length) return
    // All before the last are marked already once the stretch is longer than needed.
    for (let j = i; j >= start && found[j] === 0; j--) found[j] = sign
  })
  return found
}

/** The trends that each point is part of: a turning point may end one and begin the other. */
function trendSigns(steps: readonly number[], length: number, points: number): number[][] {
  const marks = stretches(steps, length - 1)
  return Array.from({ length: points }, (_, i) => [...new Set([marks[i - 1] ?? 0, marks[i] ?? 0])].filter((sign) => sign !== 0))
}

function twoOfThree(outer: readonly boolean[], sides: readonly number[], from: number): boolean {
  const three = [from, from + 1, from + 2]
  const sameSide = three.every((i) => sides[i] !== undefined && sides[i] !== 0 && sides[i] === sides[from])
  return sameSide && three.filter((i) => outer[i]).length >= 2
}

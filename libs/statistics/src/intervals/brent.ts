/** The tolerance of `uniroot` in R unless told otherwise: the fourth root of the machine's precision. */
export const UNIROOT_TOLERANCE = 2 ** -13

/**
 * Zero of `f` between `low` and `high`, where it must have different signs, by Brent's method as `uniroot` of R steps through it
 * (Brent 1973, ch. 4), so that a result which R rounds off at its tolerance comes out the same here. With tolerance 0: to the last bit.
 */
export function brentZero(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let [a, b, c] = [low, high, low]
  let [fa, fb] = [f(a), f(b)]
  let fc = fa
  if (fa === 0) return a
  if (fb === 0) return b
  for (let i = 0; i <= 1000; i++) {
    const previous = b - a
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const smallest = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2
    let step = (c - b) / 2
    if (Math.abs(step) <= smallest || fb === 0) return b
    if (Math.abs(previous) >= smallest && Math.abs(fa) > Math.abs(fb)) {
      const { p, q } = interpolate(a, b, c, fa, fb, fc)
      if (p < 0.75 * (c - b) * q - Math.abs(smallest * q) / 2 && p < Math.abs((previous * q) / 2)) step = p / q
    }
    if (Math.abs(step) < smallest) step = step > 0 ? smallest : -smallest
    ;[a, fa] = [b, fb]
    b += step
    fb = f(b)
    if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0)) [c, fc] = [a, fa]
  }
  return b
}

/** Step p/q with p not negative: linear where only two points are at hand, else inverse quadratic. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number) {
  const t1 = fb / fc
  const t2 = fb / fa
  const q1 = fa / fc
  const linear = a === c
  const p = linear ? (c - b) * t2 : t2 * ((c - b) * q1 * (q1 - t1) - (b - a) * (t1 - 1))
  const q = linear ? 1 - t2 : (q1 - 1) * (t1 - 1) * (t2 - 1)
  return p > 0 ? { p, q: -q } : { p: -p, q }
}

/**
 * Where a function that rises through zero between `low` and `high` does so, to the last bit, by bisection: slower than cleverer
 * methods and never wrong, which is what limits are for. For a falling function pass its negative.
 */
export function whereZero(rising: (x: number) => number, low: number, high: number): number {
  let below = low
  let above = high
  for (;;) {
    const middle = below + (above - below) / 2
    if (middle <= below || middle >= above) return middle
    if (rising(middle) < 0) below = middle
    else above = middle
  }
}

import { ArgumentError } from '../argument-error'

/** Values of a series: all finite. */
export function requireSeries(values: readonly number[]): void {
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new ArgumentError(`values[${i}]`, `must be a finite number, not ${value}`)
  })
}

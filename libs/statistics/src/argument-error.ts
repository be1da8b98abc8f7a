/** A method was asked for something it has no answer to. `argument` names what has to be changed; the message says to what. */
export class ArgumentError extends RangeError {
  readonly code = 'statistics-argument'
  constructor(
    readonly argument: string,
    expected: string,
  ) {
    super(`${argument} ${expected}`)
    this.name = 'ArgumentError'
  }
}

/** A count: a whole number, zero or more. */
export function requireCount(argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new ArgumentError(argument, `must be a whole number, zero or more, not ${value}`)
}

/** An exposure or a size that is divided by: finite and above zero. */
export function requirePositive(argument: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw new ArgumentError(argument, `must be a finite number above zero, not ${value}`)
}

/** A probability strictly between 0 and 1, as a confidence or a significance level is. */
export function requireLevel(argument: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new ArgumentError(argument, `must lie between 0 and 1, not ${value}`)
}

/** Two lists that run in step. */
export function requireSameLength(argument: string, length: number, other: string, otherLength: number): void {
  if (length !== otherLength) throw new ArgumentError(argument, `must have as many entries as ${other} (${otherLength}), not ${length}`)
}

/** How findings are said: never more certain than the figures. */

/** A figure is a finding below this share of false ones among findings (q), or this probability where there is one test (p). */
export const FALSE_SHARE = 0.05

/** How often chance alone would do that, in words; `q` is already below {@link FALSE_SHARE}. */
export function chanceInWords(q: number): string {
  if (q <= 0.001) return 'Chance alone would hardly ever do that.'
  if (q <= 0.01) return 'Chance alone would do that less than once in a hundred such comparisons.'
  return 'Chance alone would do that less than once in twenty such comparisons.'
}

/** 2.1 times; "about as often" is for the reader to say. */
export const times = (ratio: number): string => (Number.isFinite(ratio) ? `${round(ratio, ratio < 10 ? 1 : 0)} times` : 'many times')

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))

export const counted = (n: number, one: string, several = `${one}s`): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : several}`

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** `a`, `a and b`, `a, b and c`. */
export const list = (all: readonly string[]): string => (all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}`)

/** "1.2 to 3.4", infinity said. */
export const interval = ({ lower, upper }: { lower: number; upper: number }, digits = 1): string =>
  `${round(lower, digits)} to ${Number.isFinite(upper) ? round(upper, digits) : 'any number'}`

/** A figure for a table: not a number and infinity are null. */
export const figure = (value: number | null | undefined, digits = 4): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : round(value, digits)

/** Stands for the name of a school, a place or an action. */
export const nameOf = (id: unknown): string => `{${String(id)}}`

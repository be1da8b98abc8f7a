import { LINE, WORDS, type Measure, type Shape } from './shapes'

interface Entry {
  readonly name: string
  /** Drawn in the 14 by 7 points before its name. */
  readonly sign: (x: number, y: number) => Shape
}

const SIGN = 14
const GAP = 4
const BETWEEN = 14

export const barSign = (series: number) => (x: number, y: number): Shape => ({ kind: 'bar', x, y, width: SIGN, height: 7, series })
export const lineSign = (colour: 'quiet' | number, dash: readonly number[] = []) => (x: number, y: number): Shape => ({
  kind: 'line', points: [[x, y + 3.5], [x + SIGN, y + 3.5]], colour, width: 1.5, dash,
})
export const markSign = (form: 'dot' | 'diamond', series: number) => (x: number, y: number): Shape => ({ kind: 'mark', x: x + SIGN / 2, y: y + 3.5, form, series })

/** Names with their signs, in as many lines as they need, from `top`. */
export function legend(entries: readonly Entry[], width: number, top: number, measure: Measure): { readonly shapes: Shape[]; readonly bottom: number } {
  const shapes: Shape[] = []
  let [x, y] = [0, top]
  for (const { name, sign } of entries) {
    const wide = SIGN + GAP + measure(name, WORDS)
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE + 2]
    shapes.push(sign(x, y + 1.5), { kind: 'text', x: x + SIGN + GAP, y, words: name, anchor: 'start' })
    x += wide + BETWEEN
  }
  return { shapes, bottom: y + LINE + 4 }
}

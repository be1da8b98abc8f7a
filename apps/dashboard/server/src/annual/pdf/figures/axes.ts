import { LINE, WORDS, type Measure, type Shape } from './shapes'

/** Where values stand in a drawing. Points, from the top left. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): Shape => ({ kind: 'text', x, y, words, anchor, quiet: true })

/** Lines across at each tick, with its words on the left. */
export function scaleUp({ left, right, top, bottom }: Plot, ticks: readonly number[], words: (tick: number) => string): { readonly shapes: Shape[]; readonly at: (value: number) => number } {
  const most = ticks.at(-1)!
  const at = (value: number) => bottom - (value / most) * (bottom - top)
  return {
    at,
    shapes: ticks.flatMap((tick): Shape[] => [
      { kind: 'line', points: [[left, at(tick)], [right, at(tick)]], colour: tick === 0 ? 'quiet' : 'line', width: 0.5 },
      text(left - 4, at(tick) - LINE / 2, words(tick), 'end'),
    ]),
  }
}

/** Lines up at each tick, with its words below. */
export function scaleAlong({ left, right, top, bottom }: Plot, ticks: readonly number[], words: (tick: number) => string): { readonly shapes: Shape[]; readonly at: (value: number) => number } {
  const most = ticks.at(-1)!
  const at = (value: number) => left + (value / most) * (right - left)
  return {
    at,
    shapes: ticks.flatMap((tick): Shape[] => [
      { kind: 'line', points: [[at(tick), top], [at(tick), bottom]], colour: tick === 0 ? 'quiet' : 'line', width: 0.5 },
      text(at(tick), bottom + 3, words(tick), 'middle'),
    ]),
  }
}

/** Labels below equal steps; every so many are left out where they would touch. */
export function labelsBelow({ left, right, bottom }: Plot, labels: readonly string[], measure: Measure): { readonly shapes: Shape[]; readonly at: (index: number) => number; readonly step: number } {
  const step = (right - left) / Math.max(1, labels.length)
  const at = (index: number) => left + step * (index + 0.5)
  const widest = Math.max(0, ...labels.map((label) => measure(label, WORDS))) + 6
  const every = Math.max(1, Math.ceil(widest / step))
  return { at, step, shapes: labels.flatMap((label, i) => (i % every === 0 ? [text(Math.max(at(i), measure(label, WORDS) / 2), bottom + 3, label, 'middle')] : [])) }
}

export const widestOf = (words: readonly string[], measure: Measure): number => Math.max(0, ...words.map((w) => measure(w, WORDS)))

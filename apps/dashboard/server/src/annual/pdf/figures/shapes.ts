/** How wide words are, in points. */
export type Measure = (words: string, size: number, bold?: boolean) => number

/** A colour of the drawing: ink, grey lines, or that of a series with the texture it has besides. */
export type Fill = 'ink' | 'quiet' | 'line' | number

/** What a drawing is made of. Lengths in points, from the top left. */
export type Shape =
  | { readonly kind: 'bar'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly series: number }
  | { readonly kind: 'line'; readonly points: readonly (readonly [number, number])[]; readonly colour: Fill; readonly width: number; readonly dash?: readonly number[] }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly words: string; readonly anchor: 'start' | 'middle' | 'end'; readonly plate?: boolean; readonly quiet?: boolean }
  | { readonly kind: 'mark'; readonly x: number; readonly y: number; readonly form: 'dot' | 'diamond'; readonly series: number }

/** A picture laid out on paper: pure, and drawn by whatever can draw lines and words. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

/** Size of the words in drawings, in points, and the height of a line of them. */
export const WORDS = 8
export const LINE = 10

/** As on the pages: shares in hundredths, everything else to a tenth. */
export const shown = (unit: string, value: number): string =>
  unit.startsWith('share') ? `${Math.round(value * 100)} %` : value.toLocaleString('en-GB', { maximumFractionDigits: 1 })

/** Round steps from zero to the first that is not below `most`; whole ones where only whole numbers can be. */
export function ticksTo(most: number, whole: boolean, about = 5): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const nice = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough && (!whole || Number.isInteger(n))) ?? 10 * power
  const step = whole ? Math.max(1, nice) : nice
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)))
}

/** Words in lines no wider than `width`; a word that is wider by itself is broken. Never loses a character but the space it breaks at;
 * a figure keeps its %. */
export function wrapped(words: string, width: number, size: number, measure: Measure, bold = false): string[] {
  const space = measure(' ', size, bold)
  return words.replaceAll(' %', '\u00a0%').split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let [line, used] = ['', 0]
    for (const { text, joined } of paragraph.split(' ').flatMap((word) => pieces(word, width, size, measure, bold))) {
      const wide = measure(text, size, bold)
      const gap = joined || line === '' ? 0 : space
      if (line !== '' && used + gap + wide > width) {
        lines.push(line)
        ;[line, used] = [text, wide]
      } else [line, used] = [line + (gap > 0 ? ' ' : '') + text, used + gap + wide]
    }
    return [...lines, line]
  })
}

/** A word as it is, or, where it is too wide, in pieces that each fit. */
function pieces(word: string, width: number, size: number, measure: Measure, bold: boolean): { readonly text: string; readonly joined: boolean }[] {
  if (measure(word, size, bold) <= width) return [{ text: word, joined: false }]
  const all: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && measure(piece + character, size, bold) > width) {
      all.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...all, piece].map((text, i) => ({ text, joined: i > 0 }))
}

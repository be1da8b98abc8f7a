import { describe, expect, it } from 'vitest'
import type { BarPicture, Picture } from '../../../../../web/src/pictures/picture'
import { layOut } from './lay-out'
import { WORDS, shown, ticksTo, wrapped, type Drawing, type Measure } from './shapes'

/** As if every character were half as wide as high. */
const measure: Measure = (words, size) => words.length * size * 0.5
const WIDTH = 500

const common = { title: 'A picture', inWords: 'In words.', unit: 'cases' }
const bars = (more: Partial<BarPicture>): BarPicture => ({
  ...common, kind: 'bars', standing: false, stacked: false, series: ['First', 'Second'],
  points: [{ label: 'A school with a name that is longer than there is room for beside its bar', values: [3, null] }, { label: 'B', values: [0, 12] }], ...more,
})
const months = (n: number) => Array.from({ length: n }, (_, i) => ({ label: `Month ${i}`, values: [i] }))
const school = (label: string, x: number, y: number) => ({ label, x, y, inner: [0.7, 1.4] as const, outer: [0.5, 1.8] as const })
const PICTURES: Readonly<Record<string, Picture>> = {
  lying: bars({}),
  stacked: bars({ stacked: true }),
  standing: bars({ standing: true, series: ['Cases'], points: months(40) }),
  curve: { ...common, kind: 'curve', unit: 'share of cases', series: ['Referred', 'Decided against'], xUnit: 'hours', points: [{ x: 0, values: [0, 0] }, { x: 20, values: [0.5, null] }, { x: 700, values: [1, 0.1] }] },
  funnel: { ...common, kind: 'funnel', points: [school('North', 10, 1), school('South', 10.5, 1.02), school('A school far to the right of all', 300, 2.5)] },
  control: { ...common, kind: 'control', mean: 10, lower: 2, upper: 18, points: months(36).map(({ label }, i) => ({ label, value: i, signal: i === 35 })) },
  matrix: { ...common, kind: 'matrix', rows: 'By', columns: 'on', labels: ['Girl', 'Boy'], figures: [[1, 2], [3, 4000]] },
}

const texts = ({ shapes }: Drawing) => shapes.flatMap((shape) => (shape.kind === 'text' ? [shape] : []))
const words = (drawing: Drawing) => texts(drawing).map((text) => text.words)

function boxOf({ x, anchor, words: said }: ReturnType<typeof texts>[number]): readonly [number, number] {
  const wide = measure(said, WORDS)
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - wide / 2 : x - wide
  return [left, left + wide]
}

describe.each(Object.entries(PICTURES))('a picture laid out on paper: %s', (_, picture) => {
  const drawing = layOut(picture, WIDTH, measure)

  it('keeps all its words and bars on the paper', () => {
    for (const text of texts(drawing)) {
      const [left, right] = boxOf(text)
      expect(left, text.words).toBeGreaterThanOrEqual(-0.5)
      expect(right, text.words).toBeLessThanOrEqual(WIDTH + 0.5)
      expect(text.y).toBeGreaterThanOrEqual(-0.5)
      expect(text.y + WORDS).toBeLessThanOrEqual(drawing.height)
    }
    for (const shape of drawing.shapes) {
      if (shape.kind !== 'bar') continue
      expect(shape.x + shape.width).toBeLessThanOrEqual(WIDTH + 0.01)
      expect(shape.y + shape.height).toBeLessThanOrEqual(drawing.height)
    }
  })

  it('never writes one word over another', () => {
    const all = texts(drawing)
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) {
        if (Math.abs(a.y - b.y) >= WORDS - 1) continue
        const [left, right] = [boxOf(a), boxOf(b)].sort((p, q) => p[0] - q[0]) as [readonly [number, number], readonly [number, number]]
        expect(left[1], `${a.words} and ${b.words}`).toBeLessThanOrEqual(right[0] + 0.5)
      }
  })

  it('is the same for the same picture', () => {
    expect(layOut(structuredClone(picture), WIDTH, measure)).toEqual(drawing)
  })
})

describe('bars on paper', () => {
  it('have their figures beside them, and say what is not known', () => {
    expect(words(layOut(bars({}), WIDTH, measure))).toEqual(expect.arrayContaining(['First', 'Second', '3', 'not known', '0', '12']))
  })

  it('are as long as their figures', () => {
    const drawn = layOut(bars({ series: ['Cases'], points: [{ label: 'a', values: [4] }, { label: 'b', values: [8] }] }), WIDTH, measure).shapes.flatMap((s) => (s.kind === 'bar' ? [s.width] : []))
    expect(drawn[1]! / drawn[0]!).toBeCloseTo(2)
  })
})

describe('scales', () => {
  it('go in round steps to the first that is not below the most', () => {
    expect(ticksTo(12, true)).toEqual([0, 5, 10, 15])
    expect(ticksTo(3, true)).toEqual([0, 1, 2, 3])
    expect(ticksTo(0.91, false)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticksTo(0, true)).toEqual([0, 1])
    for (const most of [1, 7, 99, 101, 12_345]) expect(ticksTo(most, true).at(-1)).toBeGreaterThanOrEqual(most)
  })

  it('say shares in hundredths', () => {
    expect([shown('share', 0.256), shown('share of cases', 1), shown('cases', 1234.56)]).toEqual(['26 %', '100 %', '1,234.6'])
  })
})

describe('words in lines', () => {
  it('fit the width, and lose nothing', () => {
    const long = 'A policy on naming Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch and others\nin two paragraphs'
    const lines = wrapped(long, 100, 10, measure)
    for (const line of lines) expect(measure(line, 10)).toBeLessThanOrEqual(100)
    expect(lines.join('').replaceAll(' ', '')).toBe(long.replaceAll(/\s/g, ''))
    expect(wrapped('', 100, 10, measure)).toEqual([''])
  })
})

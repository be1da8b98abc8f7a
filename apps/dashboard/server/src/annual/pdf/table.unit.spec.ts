import { describe, expect, it } from 'vitest'
import type { AnnualTable } from '../model'
import type { Measure } from './figures/shapes'
import { layOutTable } from './table'

const measure: Measure = (words, size) => words.length * size * 0.5
const WIDTH = 500
const PADS = 8

const table = (labels: readonly string[], rows: readonly (readonly (string | number)[])[]): AnnualTable => ({
  kind: 'table',
  title: 'A table',
  columns: labels.map((label, c) => ({ label, numeric: typeof rows[0]?.[c] === 'number' })),
  rows: rows.map((row) => row.map((value) => ({ value, words: typeof value === 'number' ? `${value} %` : value }))),
})

const narrow = table(['Place', 'Incidents'], [['Hall', 3]])
const wide = table(['Place', ...Array.from({ length: 12 }, (_, i) => `Registration ${i}`)], [['Main playground by the old gate', ...Array.from({ length: 12 }, (_, i) => i)]])
const wordy = table(['Action', 'State'], [['word '.repeat(400).trim(), 'Done']])
const unbroken = table(['Action', 'Done'], [['x'.repeat(2000), 1]])

describe('a table on paper', () => {
  it.each(Object.entries({ narrow, wide, wordy, unbroken }))('fits the page, every word in its column: %s', (_, of) => {
    const { widths, head, rows, size } = layOutTable(of, WIDTH, measure)
    expect(widths.reduce((sum, w) => sum + w, 0)).toBeLessThanOrEqual(WIDTH + 0.01)
    for (const [c, width] of widths.entries())
      for (const line of [...head[c]!, ...rows.flatMap((row) => row[c]!)]) expect(measure(line, size), line).toBeLessThanOrEqual(width - PADS + 0.01)
    const whole = (lines: readonly string[]) => lines.join('').replaceAll(/\s/g, '')
    of.rows.forEach((row, r) => row.forEach(({ words }, c) => expect(whole(rows[r]![c]!)).toBe(words.replaceAll(/\s/g, ''))))
  })

  it('is in smaller print only where it has to be, and never too small to read', () => {
    expect(layOutTable(narrow, WIDTH, measure).size).toBe(8.5)
    expect(layOutTable(wide, WIDTH, measure).size).toBeLessThan(8.5)
    expect(layOutTable(wide, 100, measure).size).toBe(7)
  })

  it('never breaks a figure from its sign, nor a day from its month', () => {
    const days: AnnualTable = { ...wordy, rows: [[{ value: 'x '.repeat(300), words: 'x '.repeat(300) }, { value: '2026-03-02', words: '2 March 2026' }]] }
    expect(layOutTable(days, 200, measure).rows[0]![1]).toEqual(['2\u00a0March\u00a02026'])
    expect(layOutTable(wide, 300, measure).rows[0]![3]).toEqual(['2\u00a0%'])
  })

  it('is not stretched over the page where it needs little', () => {
    expect(layOutTable(narrow, WIDTH, measure).widths.reduce((sum, w) => sum + w, 0)).toBeLessThan(WIDTH / 2)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact } from './fisher'

describe("Fisher's exact test", () => {
  it.each([
    [3, 1, 1, 3, 0.485714285714, 6.408308867006, 0.211732915306, 621.933750545417],
    [12, 5, 7, 30, 4.74922731638e-4, 9.72366712302, 2.31130041873, 48.58294059],
    [0, 4, 6, 9, 0.255417956656, 0, 0, 3.216674504717],
    [7, 0, 2, 11, 0.00046439628483, Infinity, 3.62880787877, Infinity],
    [100, 200, 150, 120, 9.65421849486e-8, 0.400667199432, 0.280735073867, 0.569714780284],
  ])('of [%i, %i; %i, %i] as fisher.test of R', (a, b, c, d, p, odds, lower, upper) => {
    const found = fisherExact([[a, b], [c, d]])
    expect(found.p).toBeCloseTo(p, 10)
    expect(found.oddsRatio).toBeCloseTo(odds, 8)
    expect(found.lower).toBeCloseTo(lower, 8)
    expect(found.upper).toBeCloseTo(upper, 6)
  })

  it('gives the digits of the truth table', () => {
    const { oddsRatio, lower, upper } = fisherExact([[3, 1], [1, 3]])
    expect([oddsRatio, lower, upper].map((x) => x!.toFixed(6))).toEqual(['6.408309', '0.211733', '621.933751'])
  })

  it('is solved to the last digit if asked: the chance of what was seen, or of less, is then the tail', () => {
    const { upper } = fisherExact([[3, 1], [1, 3]], 0.95, 0)
    const weights = [1, 16 * upper, 36 * upper ** 2, 16 * upper ** 3, upper ** 4]
    expect(1 - weights[4]! / weights.reduce((a, b) => a + b)).toBeCloseTo(0.025, 13)
  })

  it('has nothing to say when a margin is zero', () => {
    const nothing = { p: 1, oddsRatio: null, lower: 0, upper: Infinity }
    expect(fisherExact([[0, 0], [3, 4]])).toEqual(nothing)
    expect(fisherExact([[0, 0], [0, 0]])).toEqual(nothing)
  })

  it('contains its estimate and turns over when the rows change places', () => {
    const cell = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const { oddsRatio, lower, upper, p } = fisherExact([[a, b], [c, d]], 0.95, 0)
        expect(lower).toBeLessThan(oddsRatio!)
        expect(upper).toBeGreaterThan(oddsRatio!)
        const turned = fisherExact([[c, d], [a, b]], 0.95, 0)
        expect(turned.p).toBeCloseTo(p, 9)
        expect(turned.oddsRatio! * oddsRatio!).toBeCloseTo(1, 8)
      }),
    )
  })

  it('refuses a cell that is no count', () => {
    expect(() => fisherExact([[1, -1], [0, 0]])).toThrow('table.b')
  })
})

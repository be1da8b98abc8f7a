import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentError } from '../argument-error'
import { exactPoisson, midPPoisson, rateOf } from './poisson'

describe('interval for a Poisson count', () => {
  it.each([
    [0, 0, 3.688879],
    [1, 0.025318, 5.571643],
    [2, 0.242209278544, 7.224687667724],
    [5, 1.623486, 11.668332],
    [10, 4.795389, 18.390356],
    [100, 81.363991, 121.626794],
    [981, 920.56469846, 1044.36075185],
    [5000, 4862.35918869, 5140.54894854],
  ])('is exact for %i as poisson.test of R', (count, lower, upper) => {
    const interval = exactPoisson(count)
    expect(interval.lower).toBeCloseTo(lower, 6)
    expect(interval.upper).toBeCloseTo(upper, 6)
  })

  it('takes another level', () => {
    expect(exactPoisson(7, 0.998).lower).toBeCloseTo(1.5203362604, 9)
    expect(exactPoisson(7, 0.998).upper).toBeCloseTo(19.6261773954, 9)
  })

  it.each([
    [1, 0.05002, 4.931861],
    [5, 1.831995, 11.082416],
    [10, 5.079522, 17.824854],
  ])('is mid-p for %i', (count, lower, upper) => {
    const interval = midPPoisson(count)
    expect(interval.lower).toBeCloseTo(lower, 6)
    expect(interval.upper).toBeCloseTo(upper, 6)
  })

  it('for none starts at zero; the mid-p end is where half of the probability of none is the tail', () => {
    expect(midPPoisson(0)).toEqual({ lower: 0, upper: expect.closeTo(-Math.log(0.05), 12) as number })
  })

  it('contains its estimate, mid-p within exact, and shrinks against the estimate as counts grow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(0.8, 0.95, 0.998), (count, level) => {
        const exact = exactPoisson(count, level)
        const midP = midPPoisson(count, level)
        expect(exact.lower).toBeLessThan(midP.lower)
        expect(midP.lower).toBeLessThan(count)
        expect(midP.upper).toBeGreaterThan(count)
        expect(exact.upper).toBeGreaterThan(midP.upper)
        const twice = exactPoisson(2 * count, level)
        expect((twice.upper - twice.lower) / (2 * count)).toBeLessThan((exact.upper - exact.lower) / count)
      }),
    )
  })

  it('gives a rate per unit of exposure', () => {
    const { rate, exact } = rateOf(5, 250)
    expect(rate).toBe(0.02)
    expect(exact.lower).toBeCloseTo(1.623486 / 250, 8)
  })

  it('refuses what is no count, level or exposure, naming it', () => {
    expect(() => exactPoisson(-1)).toThrow(ArgumentError)
    expect(() => exactPoisson(1.5)).toThrow('count must be a whole number')
    expect(() => midPPoisson(1, 1)).toThrow('level')
    expect(() => rateOf(0, 0)).toThrow('exposure must be a finite number above zero')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bernoulliLlr, poissonLlr } from './likelihood'

describe('log-likelihood ratio', () => {
  it('of the Poisson model, one case expected of 1175', () => {
    // 14.0604368…: published cut off at the sixth decimal, not rounded.
    expect(Math.trunc(poissonLlr(10, 1, 1175) * 1e6) / 1e6).toBe(14.060436)
    expect(poissonLlr(10, 1, 1175)).toBeCloseTo(10 * Math.log(10) + 1165 * Math.log(1165 / 1174), 12)
    expect(poissonLlr(2, 1, 1175)).toBeCloseTo(0.38672, 6)
  })

  it('of the Bernoulli model, 141 of 3,172 in 24,940 of 1,237,189', () => {
    expect(bernoulliLlr(141, 3172, 24940, 1237189)).toBeCloseTo(35.526304, 6)
  })

  it('is zero at or below what was expected, and takes all cases inside', () => {
    expect(poissonLlr(3, 3, 10)).toBe(0)
    expect(poissonLlr(1, 3, 10)).toBe(0)
    expect(poissonLlr(10, 5, 10)).toBeCloseTo(10 * Math.log(2), 12)
    expect(poissonLlr(4, 10, 10)).toBe(0)
    expect(bernoulliLlr(1, 10, 10, 100)).toBe(0)
    expect(bernoulliLlr(5, 5, 5, 10)).toBeCloseTo(10 * Math.log(2), 12)
    expect(bernoulliLlr(0, 0, 5, 10)).toBe(0)
  })

  it('rises with the cases and falls with the expected', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.double({ min: 0.01, max: 900, noNaN: true }), (cases, expected) => {
        expect(poissonLlr(cases, expected, 1000)).toBeGreaterThanOrEqual(0)
        expect(poissonLlr(cases + 1, expected, 1000)).toBeGreaterThanOrEqual(poissonLlr(cases, expected, 1000) - 1e-10)
        expect(poissonLlr(cases, expected * 1.01, 1000)).toBeLessThanOrEqual(poissonLlr(cases, expected, 1000) + 1e-10)
      }),
    )
  })

  it('refuses what cannot be', () => {
    expect(() => poissonLlr(11, 1, 10)).toThrow('cases must be at most total')
    expect(() => poissonLlr(1, 0, 10)).toThrow('expected')
    expect(() => bernoulliLlr(3, 2, 10, 100)).toThrow('cases must be at most size')
    expect(() => bernoulliLlr(3, 5, 2, 100)).toThrow('totalCases')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Group, rateRatio } from './rate-ratio'

const group = (cases: number, exposure: number): Group => ({ cases, exposure })

describe('ratio of two rates', () => {
  it('gives 41 in 28,010 against 15 in 19,017 as R and epitools do', () => {
    const { ratio, exact, midP } = rateRatio(group(41, 28010), group(15, 19017))
    expect(ratio).toBeCloseTo(1.855759, 6)
    expect(exact.lower).toBeCloseTo(1.005684, 6)
    expect(exact.upper).toBeCloseTo(3.6093, 6)
    expect(exact.p).toBeCloseTo(0.040852, 6)
    expect(midP.lower).toBeCloseTo(1.04107524343, 9)
    expect(midP.upper).toBeCloseTo(3.44942276045, 9)
    expect(midP.estimate).toBeCloseTo(1.8429670585, 9)
    expect(midP.p).toBeCloseTo(0.0354574, 7)
  })

  it.each([
    [group(0, 100), group(3, 250), 0, 0, 6.049879733383, 0.562682215743, 0.36443148688],
    [group(4, 10), group(0, 20), Infinity, 1.3202480387202, Infinity, 0.0123456790123, 0.0123456790123],
    [group(3, 50), group(9, 900), 6, 1.0448105835258, 24.04217156542, 0.0224151472096, 0.0251136948946],
    [group(120, 5000), group(80, 7000), 2.1, 1.56947174838, 2.82263844637, 2.62303559784e-7, 2.00143503104e-7],
  ])('gives %o against %o as poisson.test and rate2by2.test', (first, second, ratio, lower, upper, exactP, midP) => {
    const found = rateRatio(first, second)
    expect(found.ratio).toBeCloseTo(ratio, 9)
    expect(found.exact.lower).toBeCloseTo(lower, 9)
    expect(found.exact.upper).toBeCloseTo(upper, 9)
    expect(found.exact.p).toBeCloseTo(exactP, 11)
    expect(found.midP.p).toBeCloseTo(midP, 11)
  })

  it('with no case at all leaves everything possible', () => {
    const anything = { lower: 0, upper: Infinity, p: 1 }
    expect(rateRatio(group(0, 10), group(0, 20))).toEqual({ ratio: null, exact: anything, midP: { ...anything, estimate: null } })
  })

  it('contains its estimate, holds mid-p within exact, and turns over when the groups change places', () => {
    const groups = fc.record({ cases: fc.integer({ min: 1, max: 400 }), exposure: fc.integer({ min: 1, max: 50_000 }) })
    fc.assert(
      fc.property(groups, groups, (first, second) => {
        const { ratio, exact, midP } = rateRatio(first, second)
        const turned = rateRatio(second, first)
        expect(exact.lower).toBeLessThan(midP.lower)
        expect(midP.lower).toBeLessThan(ratio!)
        expect(midP.upper).toBeGreaterThan(ratio!)
        expect(exact.upper).toBeGreaterThan(midP.upper)
        expect(exact.upper * turned.exact.lower).toBeCloseTo(1, 8)
        expect(turned.exact.p).toBeCloseTo(exact.p, 9)
      }),
    )
  })

  it('refuses a group without exposure, naming it', () => {
    expect(() => rateRatio(group(1, 10), group(1, 0))).toThrow('second.exposure')
    expect(() => rateRatio(group(0.5, 10), group(1, 1))).toThrow('first.cases')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../fixtures/fixture'
import { mannKendall } from './mann-kendall'
import { senSlope } from './sen-slope'

const nile = fixture('nile.csv').map((row) => Number(row.flow))
const nothing = { s: 0, variance: 0, z: 0, p: 1 }

describe('the Nile, which carries less water since 1898', () => {
  it('falls, by Mann and Kendall', () => {
    const { s, variance, z, p } = mannKendall(nile)
    expect(s).toBe(-1387)
    expect(variance).toBeCloseTo(112728.3333333, 6)
    expect(z).toBeCloseTo(-4.128067, 6)
    expect(p).toBeCloseTo(3.65826292e-5, 13)
  })

  it('by 2.6 a year after Sen, with the interval of trend::sens.slope', () => {
    const { slope, lower, upper } = senSlope(nile)!
    expect(slope).toBeCloseTo(-2.6, 12)
    expect(lower).toBeCloseTo(-3.62790697674419, 12)
    expect(upper).toBeCloseTo(-1.42857142857143, 12)
    expect(senSlope(nile, 0.9)!.upper).toBeCloseTo(-1.65909090909091, 12)
  })
})

describe('degenerate series', () => {
  it('shows nothing for none and one', () => {
    for (const values of [[], [3]]) {
      expect(mannKendall(values)).toEqual(nothing)
      expect(senSlope(values)).toBeNull()
    }
  })

  it('is flat where all are equal, and p is 1', () => {
    expect(mannKendall([2, 2, 2, 2])).toEqual(nothing)
    expect(senSlope([2, 2, 2, 2])).toEqual({ slope: 0, lower: 0, upper: 0 })
  })

  it('cannot bound the slope of a few values', () => {
    expect(senSlope([1, 5])).toEqual({ slope: 4, lower: -Infinity, upper: Infinity })
    expect(mannKendall([1, 5])).toMatchObject({ s: 1, variance: 1, z: 0, p: 1 })
  })

  it('refuses what is no number and no level, by name', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    expect(() => mannKendall([1, Number.NaN])).toThrow(argument('values[1]'))
    expect(() => senSlope([Infinity])).toThrow(argument('values[0]'))
    expect(() => senSlope([1, 2], 1)).toThrow(argument('level'))
  })
})

describe('for any series', () => {
  const series = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 30 })

  it('turns its sign with the direction of time, and does not mind a rising change of scale', () => {
    fc.assert(
      fc.property(series, (values) => {
        const test = mannKendall(values)
        const back = mannKendall([...values].reverse())
        expect(back.s + test.s).toBe(0)
        expect(back.p).toBe(test.p)
        expect(mannKendall(values.map((value) => value ** 3))).toEqual(test)
      }),
    )
  })

  it('has a slope within its interval, that follows a straight line added', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -5, max: 5 }), (values, rise) => {
        const { slope, lower, upper } = senSlope(values)!
        expect(slope).toBeGreaterThanOrEqual(lower)
        expect(slope).toBeLessThanOrEqual(upper)
        expect(senSlope(values.map((value, i) => value + rise * i))!.slope).toBeCloseTo(slope + rise, 9)
      }),
    )
  })
})

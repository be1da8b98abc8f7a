import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Expectation, beforeAfter } from './before-after'

const stretch = (incidents: number, schoolDays: number) => ({ incidents, schoolDays })

describe('before and after an action', () => {
  it('gives the ratio with its conditional exact interval and p', () => {
    const { ratio, interval, p, finding } = beforeAfter(stretch(15, 19017), stretch(41, 28010), 'more-reports')
    expect(ratio).toBeCloseTo(1.855759, 6)
    expect(interval!.lower).toBeCloseTo(1.005684, 6)
    expect(interval!.upper).toBeCloseTo(3.6093, 6)
    expect(p).toBeCloseTo(0.040852, 6)
    expect(finding).toBe('in-expected-direction')
  })

  it('names the side by what was expected, not by what is good', () => {
    const [few, many] = [stretch(5, 100), stretch(40, 100)]
    expect(beforeAfter(few, many, 'more-reports').finding).toBe('in-expected-direction')
    expect(beforeAfter(few, many, 'fewer-reports').finding).toBe('in-other-direction')
    expect(beforeAfter(many, few, 'fewer-reports').finding).toBe('in-expected-direction')
    expect(beforeAfter(stretch(3, 100), stretch(2, 100), 'fewer-reports').finding).toBe('either-possible')
  })

  it('gives both rates per school day, with exact intervals', () => {
    const { before, after } = beforeAfter(stretch(10, 50), stretch(0, 60), 'fewer-reports')
    expect(before!.rate).toBe(0.2)
    expect(before!.exact.lower).toBeCloseTo(4.795389 / 50, 7)
    expect(after!.rate).toBe(0)
    expect(after!.exact.upper).toBeCloseTo(3.688879 / 60, 7)
  })
})

describe('degenerate stretches', () => {
  it('has no ratio while no school day has passed since', () => {
    expect(beforeAfter(stretch(4, 90), stretch(0, 0), 'fewer-reports')).toMatchObject({
      before: { rate: 4 / 90 },
      after: null,
      ratio: null,
      interval: null,
      p: null,
      finding: 'not-observed',
    })
  })

  it('has no ratio where nothing was recorded at all', () => {
    expect(beforeAfter(stretch(0, 90), stretch(0, 30), 'fewer-reports')).toMatchObject({ ratio: null, finding: 'not-observed' })
  })

  it('has an open end where one stretch has none', () => {
    const onlyAfter = beforeAfter(stretch(0, 90), stretch(6, 30), 'more-reports')
    expect(onlyAfter).toMatchObject({ ratio: Infinity, finding: 'in-expected-direction' })
    expect(onlyAfter.interval!.upper).toBe(Infinity)
    const onlyBefore = beforeAfter(stretch(2, 90), stretch(0, 90), 'fewer-reports')
    expect(onlyBefore).toMatchObject({ ratio: 0, finding: 'either-possible' })
    expect(onlyBefore.interval!.lower).toBe(0)
  })

  it('refuses what cannot be, by name', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    const some = stretch(3, 40)
    expect(() => beforeAfter(stretch(1, 0), some, 'more-reports')).toThrow(argument('before.incidents'))
    expect(() => beforeAfter(some, stretch(1.5, 20), 'more-reports')).toThrow(argument('after.incidents'))
    expect(() => beforeAfter(some, stretch(1, -2), 'more-reports')).toThrow(argument('after.schoolDays'))
    expect(() => beforeAfter(some, some, 'better' as Expectation)).toThrow(argument('expected'))
    expect(() => beforeAfter(some, some, 'more-reports', 0)).toThrow(argument('level'))
  })
})

describe('for any stretches', () => {
  const any = fc.record({ incidents: fc.nat(60), schoolDays: fc.integer({ min: 1, max: 400 }) })

  it('holds the ratio within its interval, and turns both over when the stretches are exchanged', () => {
    fc.assert(
      fc.property(any, any, (before, after) => {
        fc.pre(before.incidents > 0 && after.incidents > 0)
        const there = beforeAfter(before, after, 'more-reports')
        const back = beforeAfter(after, before, 'fewer-reports')
        expect(there.interval!.lower).toBeLessThan(there.ratio!)
        expect(there.interval!.upper).toBeGreaterThan(there.ratio!)
        expect(back.ratio! * there.ratio!).toBeCloseTo(1, 9)
        expect(back.interval!.lower * there.interval!.upper).toBeCloseTo(1, 6)
        expect(back.finding).toBe(there.finding)
      }),
    )
  })

  it('never says both directions at once, whatever was expected', () => {
    fc.assert(
      fc.property(any, any, (before, after) => {
        const found = (['more-reports', 'fewer-reports'] as const).map((expected) => beforeAfter(before, after, expected).finding)
        const sides = found.filter((finding) => finding === 'in-expected-direction' || finding === 'in-other-direction')
        expect([0, 2]).toContain(sides.length)
        expect(new Set(sides).size).toBe(sides.length)
      }),
    )
  })
})

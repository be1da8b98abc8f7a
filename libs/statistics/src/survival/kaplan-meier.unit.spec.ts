import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../fixtures/fixture'
import { kaplanMeier, survivalAt } from './kaplan-meier'
import type { Observation } from './observation'
import { medianTime, timeQuantile } from './quantile'
import { restrictedMean } from './restricted-mean'

const lung = fixture('lung.csv').map((row) => ({ time: Number(row.time), event: row.event === '1' }))
const allAt = (...times: number[]): Observation[] => times.map((time) => ({ time, event: true }))
const censoredAt = (...times: number[]): Observation[] => times.map((time) => ({ time, event: false }))
const none = { time: null, lower: null, upper: null }

describe('Kaplan–Meier of the lung data, as R gives it', () => {
  const curve = kaplanMeier(lung)

  it('gives the share at a year with Greenwood error and log-log interval', () => {
    const year = survivalAt(curve, 365)!
    expect(year.survival).toBeCloseTo(0.409242, 6)
    expect(year.se).toBeCloseTo(0.035824, 6)
    expect(year.interval!.lower).toBeCloseTo(0.338714, 6)
    expect(year.interval!.upper).toBeCloseTo(0.478381, 6)
  })

  it('gives the median with its interval', () => {
    expect(medianTime(curve)).toEqual({ time: 310, lower: 284, upper: 361 })
  })

  it('gives the restricted mean with its error', () => {
    const mean = restrictedMean(curve, 365)!
    expect(mean.mean).toBeCloseTo(263.221866, 6)
    expect(mean.se).toBeCloseTo(7.798859, 6)
  })
})

describe('the median where the curve is flat at one half', () => {
  it('is the middle of the flat step', () => {
    expect(medianTime(kaplanMeier(allAt(1, 2, 3, 4)))).toEqual({ time: 2.5, lower: 1, upper: null })
  })

  it('is the middle up to the end of follow-up if the curve falls no further', () => {
    expect(medianTime(kaplanMeier([...allAt(1, 2), ...censoredAt(3, 6)])).time).toBe(4)
  })

  it('sees one half although a product of fractions comes out beside it', () => {
    const twelve = kaplanMeier(allAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
    expect(twelve.steps[5]!.survival).not.toBe(0.5)
    expect(medianTime(twelve).time).toBe(6.5)
  })
})

describe('degenerate data', () => {
  it('has no steps and no figures for nobody', () => {
    const curve = kaplanMeier([])
    expect(curve).toEqual({ subjects: 0, events: 0, level: 0.95, steps: [] })
    expect([survivalAt(curve, 1), restrictedMean(curve, 1)]).toEqual([null, null])
    expect(medianTime(curve)).toEqual(none)
  })

  it('goes straight to zero for one subject, with no interval', () => {
    const curve = kaplanMeier(allAt(5))
    expect(survivalAt(curve, 4)).toEqual({ survival: 1, se: 0, interval: null })
    expect(survivalAt(curve, 5)).toEqual({ survival: 0, se: 0, interval: null })
    expect(survivalAt(curve, 500)!.survival).toBe(0)
    expect(medianTime(curve).time).toBe(5)
    expect(restrictedMean(curve, 500)).toEqual({ mean: 5, se: 0, upTo: 500 })
  })

  it('stays at one and reaches no median where all are censored', () => {
    const curve = kaplanMeier(censoredAt(3, 3, 9))
    expect(survivalAt(curve, 9)).toEqual({ survival: 1, se: 0, interval: null })
    expect(medianTime(curve)).toEqual(none)
    expect(restrictedMean(curve, 9)).toEqual({ mean: 9, se: 0, upTo: 9 })
  })

  it('says nothing beyond the last follow-up while somebody is left', () => {
    const curve = kaplanMeier([...allAt(1), ...censoredAt(9)])
    expect([survivalAt(curve, 9.5), restrictedMean(curve, 9.5)]).toEqual([null, null])
    expect(survivalAt(curve, 9)!.survival).toBe(0.5)
  })

  it('counts whoever is censored at a time as at risk of its events, and an event at time zero at once', () => {
    const curve = kaplanMeier([...allAt(0, 2), ...censoredAt(2, 2)])
    expect(curve.steps.map((step) => [step.time, step.atRisk, step.events, step.censored])).toEqual([[0, 4, 1, 0], [2, 3, 1, 2]])
    expect(survivalAt(curve, 0)!.survival).toBe(0.75)
    expect(survivalAt(curve, 2)!.survival).toBeCloseTo(0.5, 15)
  })

  it('drops once where all events fall on one time', () => {
    expect(medianTime(kaplanMeier(allAt(7, 7, 7))).time).toBe(7)
  })
})

it('refuses what is no time, no share and no level, by name', () => {
  const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
  expect(() => kaplanMeier([...allAt(1), ...allAt(-1)])).toThrow(argument('observations[1].time'))
  expect(() => kaplanMeier(allAt(Number.NaN))).toThrow(RangeError)
  expect(() => kaplanMeier([], 1)).toThrow(argument('level'))
  expect(() => survivalAt(kaplanMeier([]), -1)).toThrow(argument('time'))
  expect(() => timeQuantile(kaplanMeier([]), 1)).toThrow(argument('share'))
  expect(() => restrictedMean(kaplanMeier([]), 0)).toThrow(argument('upTo'))
})

describe('for any data', () => {
  const observation = fc.record({ time: fc.nat(30), event: fc.boolean() })
  const data = fc.array(observation, { minLength: 1, maxLength: 40 })

  it('is the empirical curve where nobody is censored, with the error of a binomial share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (times) => {
        for (const { time, survival, se } of kaplanMeier(allAt(...times)).steps) {
          const share = times.filter((other) => other > time).length / times.length
          expect(survival).toBeCloseTo(share, 12)
          expect(se).toBeCloseTo(Math.sqrt((share * (1 - share)) / times.length), 12)
        }
      }),
    )
  })

  it('has the mean of the times for restricted mean once all had the event', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 }), (times) => {
        expect(restrictedMean(kaplanMeier(allAt(...times)), 31)!.mean).toBeCloseTo(times.reduce((a, b) => a + b) / times.length, 9)
      }),
    )
  })

  it('never rises, accounts for everyone, and lies within its interval, which narrows as the same data come many times', () => {
    fc.assert(
      fc.property(data, (observations) => {
        const { steps } = kaplanMeier(observations)
        const many = kaplanMeier(Array.from({ length: 9 }, () => observations).flat()).steps
        expect(steps.reduce((sum, step) => sum + step.events + step.censored, 0)).toBe(observations.length)
        steps.forEach(({ survival, interval }, i) => {
          expect(survival).toBeLessThanOrEqual(steps[i - 1]?.survival ?? 1)
          if (!interval) return
          expect(interval.lower).toBeLessThan(survival)
          expect(interval.upper).toBeGreaterThan(survival)
          const { lower, upper } = many[i]!.interval!
          expect(upper - lower).toBeLessThan(interval.upper - interval.lower)
        })
      }),
    )
  })

  it('does not depend on the order of the subjects, and stretches with the unit of time', () => {
    fc.assert(
      fc.property(data, (observations) => {
        const curve = kaplanMeier(observations)
        expect(kaplanMeier([...observations].reverse())).toEqual(curve)
        const stretched = kaplanMeier(observations.map((o) => ({ ...o, time: o.time * 24 })))
        const median = medianTime(curve).time
        expect(medianTime(stretched).time).toBe(median === null ? null : median * 24)
      }),
    )
  })
})

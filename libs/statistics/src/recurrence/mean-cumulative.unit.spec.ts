import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../fixtures/fixture'
import { type Recurrences, meanCountAt, meanCumulative } from './mean-cumulative'

function byId(rows: Record<string, string>[], time: string): Recurrences[] {
  return [...new Set(rows.map((row) => row.id))].map((id) => {
    const own = rows.filter((row) => row.id === id)
    return {
      events: own.filter((row) => row.event === '1').map((row) => Number(row[time])),
      until: Math.max(...own.map((row) => Number(row[time]))),
    }
  })
}

describe('mean cumulative function', () => {
  it('gives the valve seats, two of which were replaced on one day in one engine, with Lawless–Nadeau errors', () => {
    const engines = byId(fixture('valve-seat.csv'), 'time')
    const curve = meanCumulative(engines)
    expect([engines.length, curve.events]).toEqual([41, 48])
    const at = (time: number) => meanCountAt(curve, time)!
    expect(at(200).mean).toBeCloseTo(0.268293, 6)
    expect(at(200).se).toBeCloseTo(0.077317, 6)
    expect(at(400).mean).toBeCloseTo(0.658537, 6)
    expect(at(400).se).toBeCloseTo(0.131842, 6)
    expect(at(curve.followedTo!).mean).toBeCloseTo(1.542688, 6)
    expect(at(curve.followedTo!).se).toBeCloseTo(0.311656, 6)
  })

  it('gives the recurrences of bladder cancer, mean and error as R has them', () => {
    const curve = meanCumulative(byId(fixture('bladder2-rx1.csv'), 'stop'))
    const months = [6, 12, 24, 36].map((time) => meanCountAt(curve, time)!)
    months.forEach(({ mean }, i) => expect(mean).toBeCloseTo([0.39374, 0.716828, 1.446774, 1.933216][i]!, 6))
    months.forEach(({ se }, i) => expect(se).toBeCloseTo([0.084465, 0.1405844, 0.2438208, 0.3037143][i]!, 7))
  })
})

describe('degenerate data', () => {
  it('says nothing about nobody', () => {
    const curve = meanCumulative([])
    expect(curve).toEqual({ subjects: 0, events: 0, level: 0.95, followedTo: null, steps: [] })
    expect(meanCountAt(curve, 0)).toBeNull()
  })

  it('counts the events of one subject, without an interval', () => {
    const curve = meanCumulative([{ events: [2, 5], until: 5 }])
    expect(meanCountAt(curve, 1)).toEqual({ mean: 0, se: 0, interval: null })
    expect(meanCountAt(curve, 5)).toEqual({ mean: 2, se: 0, interval: null })
    expect(meanCountAt(curve, 6)).toBeNull()
  })

  it('stays at zero where nothing happened', () => {
    expect(meanCountAt(meanCumulative([{ events: [], until: 9 }, { events: [], until: 3 }]), 9)).toEqual({ mean: 0, se: 0, interval: null })
  })

  it('counts two events of one child at one instant as two, and as something else than one each of two children', () => {
    const oneChild = meanCountAt(meanCumulative([{ events: [4, 4], until: 9 }, { events: [], until: 9 }]), 9)!
    const twoChildren = meanCountAt(meanCumulative([{ events: [4], until: 9 }, { events: [4], until: 9 }]), 9)!
    expect([oneChild.mean, twoChildren.mean]).toEqual([1, 1])
    expect(oneChild.se).toBeCloseTo(Math.SQRT1_2, 12)
    expect(twoChildren.se).toBe(0)
  })

  it('counts events at time zero and at the end of follow-up, where the subject is still at risk', () => {
    const curve = meanCumulative([{ events: [0, 7], until: 7 }, { events: [], until: 7 }])
    expect(curve.steps.map(({ time, atRisk, mean }) => [time, atRisk, mean])).toEqual([[0, 2, 0.5], [7, 2, 1]])
  })
})

it('refuses what cannot be, by name', () => {
  const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
  expect(() => meanCumulative([{ events: [], until: -1 }])).toThrow(argument('subjects[0].until'))
  expect(() => meanCumulative([{ events: [1, 4], until: 3 }])).toThrow(argument('subjects[0].events[1]'))
  expect(() => meanCumulative([{ events: [-1], until: 3 }])).toThrow(RangeError)
  expect(() => meanCumulative([], 2)).toThrow(argument('level'))
  expect(() => meanCountAt(meanCumulative([]), Number.NaN)).toThrow(argument('time'))
})

describe('for any data', () => {
  const subject = fc
    .record({ until: fc.nat(30), events: fc.array(fc.nat(30), { maxLength: 6 }) })
    .map(({ until, events }) => ({ until, events: events.filter((time) => time <= until) }))
  const data = fc.array(subject, { minLength: 1, maxLength: 20 })

  it('is the mean count where all are followed alike, with the error of a mean', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(30), { maxLength: 6 }), { minLength: 1, maxLength: 20 }), (events) => {
        const { mean, se } = meanCountAt(meanCumulative(events.map((own) => ({ events: own, until: 30 }))), 30)!
        const average = events.reduce((sum, own) => sum + own.length, 0) / events.length
        const squares = events.reduce((sum, own) => sum + (own.length - average) ** 2, 0)
        expect(mean).toBeCloseTo(average, 12)
        expect(se).toBeCloseTo(Math.sqrt(squares) / events.length, 12)
      }),
    )
  })

  it('rises with every event and lies within its interval, whatever the order of the subjects', () => {
    fc.assert(
      fc.property(data, (subjects) => {
        const { steps } = meanCumulative(subjects)
        const turned = meanCumulative([...subjects].reverse()).steps
        steps.forEach(({ mean, se, interval }, i) => {
          expect(mean).toBeGreaterThan(steps[i - 1]?.mean ?? 0)
          expect(turned[i]!.mean).toBeCloseTo(mean, 12)
          expect(turned[i]!.se).toBeCloseTo(se, 12)
          if (!interval) return
          expect(interval.lower).toBeLessThan(mean * (1 + 1e-12))
          expect(interval.upper).toBeGreaterThan(mean * (1 - 1e-12))
        })
      }),
    )
  })
})

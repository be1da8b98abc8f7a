import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ControlChart, xmrChart } from './xmr'

/** Points (from 0) that show a rule, as "index direction". */
const marked = (chart: ControlChart, rule: string) =>
  chart.points.flatMap((point, i) => point.signals.filter((signal) => signal.rule === rule).map((signal) => `${i} ${signal.direction}`))
const alternating = (points: number) => Array.from({ length: points }, (_, i) => 1 + (i % 2))
const outlier = [1, 2, 1, 2, 10, ...alternating(13)]

describe('limits', () => {
  it('screens moving ranges that are too large, once, and keeps the values in the mean', () => {
    const chart = xmrChart(outlier)
    expect(chart.mean).toBeCloseTo(1.944444, 6)
    expect(chart.lower).toBeCloseTo(-0.715556, 6)
    expect(chart.upper).toBeCloseTo(4.604444, 6)
    expect(chart.points.flatMap((point, i) => (point.screened ? [[i, point.movingRange]] : []))).toEqual([[4, 8], [5, 9]])
    expect(marked(chart, 'outside-limits')).toEqual(['4 up'])
  })

  it('can leave them in', () => {
    const chart = xmrChart(outlier, { screening: false })
    expect(chart.lower).toBeCloseTo(-3.062614, 6)
    expect(chart.upper).toBeCloseTo(6.951503, 6)
  })
})

describe('signals', () => {
  it('marks a run on one side of the mean, of seven or of another length', () => {
    const values = [6, 5, 6, 5, 6, 5, 6, 1, 2, 1, 2, 1, 2]
    const upper = ['0 up', '1 up', '2 up', '3 up', '4 up', '5 up', '6 up']
    const lower = ['7 down', '8 down', '9 down', '10 down', '11 down', '12 down']
    expect(marked(xmrChart(values), 'run')).toEqual(upper)
    expect(marked(xmrChart(values, { runLength: 8 }), 'run')).toEqual([])
    expect(marked(xmrChart(values, { runLength: 6 }), 'run')).toEqual([...upper, ...lower])
  })

  it('ends a run at a point on the mean', () => {
    const interrupted = xmrChart([6, 6, 6, 5, 6, 6, 6, 4, 4, 4, 5, 4, 4, 4])
    expect(interrupted.mean).toBe(5)
    expect(marked(interrupted, 'run')).toEqual([])
  })

  it('marks a trend of seven points that rise each time, and none where two are equal', () => {
    expect(marked(xmrChart([9, 9, 1, 2, 3, 4, 5, 6, 7, 7]), 'trend')).toEqual([2, 3, 4, 5, 6, 7, 8].map((i) => `${i} up`))
    expect(marked(xmrChart([1, 2, 3, 4, 4, 5, 6, 7]), 'trend')).toEqual([])
    expect(marked(xmrChart([6, 5, 4, 3, 2, 1]), 'trend')).toEqual([])
    expect(marked(xmrChart([6, 5, 4, 3, 2, 1], { trendLength: 6 }), 'trend')).toHaveLength(6)
  })

  it('gives the point where a rise turns into a fall to both', () => {
    const peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    const found = marked(xmrChart(peak), 'trend')
    expect(found).toHaveLength(14)
    expect(found.filter((mark) => mark.startsWith('6 '))).toEqual(['6 up', '6 down'])
  })

  it('marks two of three in the outer third, not outside, all three on one side', () => {
    const calm = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11]
    const near = (...values: number[]) => xmrChart([...calm, ...values, ...calm])
    const chart = near(14.5, 11, 14.5)
    expect(chart.upper).toBeGreaterThan(14.5)
    expect(marked(chart, 'two-of-three')).toEqual(['14 up', '16 up'])
    expect(marked(near(14.5, 9, 14.5), 'two-of-three')).toEqual([])
    expect(marked(near(14.5, 11, 11, 14.5), 'two-of-three')).toEqual([])
    const beyond = near(14.5, 11, 40)
    expect(marked(beyond, 'outside-limits')).toEqual(['16 up'])
    expect(marked(beyond, 'two-of-three')).toEqual([])
  })
})

describe('degenerate series', () => {
  it('has no limits for none or one', () => {
    expect(xmrChart([])).toEqual({ points: [], mean: null, meanMovingRange: null, lower: null, upper: null })
    expect(xmrChart([4])).toEqual({
      points: [{ value: 4, movingRange: null, screened: false, signals: [] }],
      mean: 4,
      meanMovingRange: null,
      lower: null,
      upper: null,
    })
  })

  it('sees no signal where all are equal, zero or not, rounding or not', () => {
    for (const value of [0, 3, 0.1]) {
      const chart = xmrChart(new Array<number>(13).fill(value))
      expect([chart.lower, chart.mean, chart.upper]).toEqual([value, value, value])
      expect(chart.points.some((point) => point.signals.length > 0 || point.screened)).toBe(false)
    }
  })

  it('refuses what is no number, and runs that are none, by name', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    expect(() => xmrChart([1, Number.NaN])).toThrow(argument('values[1]'))
    expect(() => xmrChart([1], { runLength: 1 })).toThrow(argument('runLength'))
    expect(() => xmrChart([1], { trendLength: 6.5 })).toThrow(RangeError)
  })
})

describe('for any series', () => {
  const series = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 40 })
  const rules = (chart: ControlChart) => chart.points.map((point) => point.signals.map((signal) => signal.rule))

  it('has limits about the mean that screening only narrows', () => {
    fc.assert(
      fc.property(series, (values) => {
        const chart = xmrChart(values)
        const all = xmrChart(values, { screening: false })
        expect(chart.upper! - chart.mean!).toBeCloseTo(chart.mean! - chart.lower!, 9)
        expect(chart.mean).toBe(all.mean)
        expect(chart.upper).toBeLessThanOrEqual(all.upper!)
        expect(chart.lower).toBeGreaterThanOrEqual(all.lower!)
      }),
    )
  })

  it('shows the same signals in another unit, backwards, and upside down with the directions turned', () => {
    fc.assert(
      fc.property(series, (values) => {
        const chart = xmrChart(values)
        expect(rules(xmrChart(values.map((value) => 4 * value + 100)))).toEqual(rules(chart))
        expect(rules(xmrChart([...values].reverse())).reverse()).toEqual(rules(chart))
        const turned = xmrChart(values.map((value) => -value))
        expect(rules(turned)).toEqual(rules(chart))
        const count = (of: ControlChart, direction: string) =>
          of.points.flatMap((point) => point.signals).filter((signal) => signal.direction === direction).length
        expect(count(turned, 'down')).toBe(count(chart, 'up'))
      }),
    )
  })
})

import { pchisq } from 'lib-r-math.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBinomial, logFactorials } from './binomial'
import { type DrawMultinomial, multinomial, multinomialByAlias, multinomialByBinomial } from './multinomial'
import { fromState, seededRandom } from './random'

const many = (times: number, draw: () => number) => Array.from({ length: times }, draw)

/** Chi-squared p-value of counts against what is expected of them. */
function fit(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((total, count, i) => total + (count - expected[i]!) ** 2 / expected[i]!, 0)
  return pchisq(statistic, counts.length - 1, 0, false)
}

describe('the generator', () => {
  it('gives the published sequence of xoshiro128** 1.1', () => {
    const random = fromState([1, 2, 3, 4])
    expect(many(10, random.next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('repeats itself for a seed and differs between neighbours', () => {
    expect(many(5, seededRandom(7).next)).toEqual(many(5, seededRandom(7).next))
    expect(many(5, seededRandom(7).next)).not.toEqual(many(5, seededRandom(8).next))
  })

  it('splits into streams that share nothing, the first going on where it was', () => {
    const whole = many(100, seededRandom(3).next)
    const random = seededRandom(3)
    const part = random.split()
    expect(many(100, part.next)).toEqual(whole)
    expect(many(100, random.next).filter((x) => whole.includes(x))).toEqual([])
  })

  it('fills [0, 1) and each whole number evenly', () => {
    const random = seededRandom(1)
    const tenths = new Array<number>(10).fill(0)
    const sixths = new Array<number>(6).fill(0)
    for (let i = 0; i < 60_000; i++) {
      const real = random.real()
      tenths[Math.floor(real * 10)]!++
      sixths[random.below(6)]!++
    }
    expect(fit(tenths, tenths.map(() => 6000))).toBeGreaterThan(0.001)
    expect(fit(sixths, sixths.map(() => 10_000))).toBeGreaterThan(0.001)
  })

  it('refuses a seed or bound that is none', () => {
    expect(() => seededRandom(-1)).toThrow('seed')
    expect(() => seededRandom(0.5)).toThrow('seed')
    expect(() => seededRandom(1).below(0)).toThrow('bound')
  })
})

describe('binomial draws', () => {
  it.each([
    [20, 0.1],
    [60, 0.5],
    [400, 0.03],
    [1000, 0.7],
  ])('of %i at %d follow the distribution', (trials, p) => {
    const random = seededRandom(trials)
    const logs = logFactorials(trials)
    const counts = new Array<number>(trials + 1).fill(0)
    many(40_000, () => drawBinomial(trials, p, random, logs)).forEach((k) => counts[k]!++)
    const expected = counts.map((_, k) =>
      40_000 * Math.exp(logs[trials]! - logs[k]! - logs[trials - k]! + k * Math.log(p) + (trials - k) * Math.log(1 - p)))
    const common = expected.map((_, k) => k).filter((k) => expected[k]! >= 8)
    const rest = (values: readonly number[]) => 40_000 - common.reduce((total, k) => total + values[k]!, 0)
    const pValue = fit([...common.map((k) => counts[k]!), rest(counts)], [...common.map((k) => expected[k]!), rest(expected)])
    expect(pValue).toBeGreaterThan(0.001)
  })

  it('are sure at 0 and 1', () => {
    expect(drawBinomial(9, 0, seededRandom(1), logFactorials(9))).toBe(0)
    expect(drawBinomial(9, 1, seededRandom(1), logFactorials(9))).toBe(9)
  })
})

describe('multinomial draws', () => {
  it('add up to the total and leave cells without weight empty', () => {
    const weights = fc.array(fc.constantFrom(0, 0.1, 0.3, 1, 7, 1 / 3), { minLength: 1, maxLength: 40 }).filter((w) => w.some((x) => x > 0))
    const way = fc.constantFrom<(total: number, weights: number[]) => DrawMultinomial>(multinomialByAlias, multinomialByBinomial)
    fc.assert(
      fc.property(weights, fc.nat(2000), fc.nat(), way, (cells, total, seed, draw) => {
        const counts = new Int32Array(cells.length)
        draw(total, cells)(counts, seededRandom(seed))
        expect(counts.reduce((a, b) => a + b, 0)).toBe(total)
        cells.forEach((weight, i) => expect(weight > 0 || counts[i] === 0).toBe(true))
      }),
    )
  })

  it.each([
    ['alias', multinomialByAlias],
    ['binomial', multinomialByBinomial],
  ])('by %s have the mean and variance of the distribution', (_, way) => {
    const weights = [5, 0, 1, 3, 0.5, 10]
    const share = weights.map((w) => w / 19.5)
    const draw = way(50, weights)
    const random = seededRandom(11)
    const counts = new Int32Array(6)
    const sums = share.map(() => [0, 0])
    for (let i = 0; i < 20_000; i++) {
      draw(counts, random)
      sums.forEach((pair, cell) => {
        pair[0]! += counts[cell]!
        pair[1]! += counts[cell]! ** 2
      })
    }
    sums.forEach(([sum, squares], cell) => {
      const variance = 50 * share[cell]! * (1 - share[cell]!)
      expect(Math.abs(sum! / 20_000 - 50 * share[cell]!)).toBeLessThanOrEqual(4 * Math.sqrt(variance / 20_000))
      expect(squares! / 20_000 - (sum! / 20_000) ** 2).toBeCloseTo(variance, 0)
    })
  })

  it('refuse weights that say nothing', () => {
    expect(() => multinomial(3, [0, 0])).toThrow('weights must have a finite sum above zero')
    expect(() => multinomial(3, [1, -1])).toThrow('weights must be finite and not negative')
    expect(() => multinomial(-3, [1])).toThrow('total')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialAtLeast, binomialAtMost } from './binomial-tail'
import { clopperPearson, wilson } from './proportion'

describe('interval for a share', () => {
  it.each([
    [7, 62, [0.0466166243728, 0.2188867865209], [0.055778635294, 0.215197420526]],
    [1, 3, [0.00840375865961, 0.90570067594975], [0.0614919447204, 0.792340399198]],
    [2, 1000, [0.000242301116877, 0.007205838911458], [0.000548643588121, 0.007262807863492]],
    [141, 3172, [0.0375448061611, 0.0522129715269], [0.0378134918130, 0.0521914604262]],
    [0, 8, [0, 0.369416647553], [0, 0.324407564884]],
    [8, 8, [0.630583352447, 1], [0.675592435116, 1]],
    [1, 100_000, [2.53178047793e-7, 5.57151603477e-5], [1.76524773038e-6, 5.66470965904e-5]],
  ] as const)('%i of %i as binom.test and prop.test of R', (successes, trials, exact, score) => {
    const clopper = clopperPearson(successes, trials)
    expect(clopper.lower).toBeCloseTo(exact[0], 11)
    expect(clopper.upper).toBeCloseTo(exact[1], 11)
    expect(wilson(successes, trials).lower).toBeCloseTo(score[0], 11)
    expect(wilson(successes, trials).upper).toBeCloseTo(score[1], 11)
  })

  it('contains its estimate and shrinks as the trials grow', () => {
    const share = fc.tuple(fc.nat(3000), fc.nat(3000)).filter(([yes, no]) => yes + no > 0)
    fc.assert(
      fc.property(share, fc.constantFrom(clopperPearson, wilson), ([yes, no], interval) => {
        const { lower, upper } = interval(yes, yes + no)
        expect(lower).toBeLessThanOrEqual(yes / (yes + no))
        expect(upper).toBeGreaterThanOrEqual(yes / (yes + no))
        const twice = interval(2 * yes, 2 * (yes + no))
        expect(twice.upper - twice.lower).toBeLessThan(upper - lower)
      }),
    )
  })

  it('refuses no trials and more successes than trials', () => {
    expect(() => wilson(0, 0)).toThrow('trials must be at least 1')
    expect(() => clopperPearson(3, 2)).toThrow('successes must be at most trials (2), not 3')
  })
})

describe('tails of the binomial distribution', () => {
  it.each([
    [2, 3, 0.5, 0.5],
    [7, 62, 0.3, 0.99987636820844],
    [24940, 1237189, 0.0205, 0.99641984171431],
  ])('P(X ≥ %i) of %i at %d as pbinom of R', (k, n, p, truth) => {
    expect(binomialAtLeast(k, n, p)).toBeCloseTo(truth, 10)
  })

  it('of both sides add up to one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, k, p) => {
        expect(binomialAtMost(k - 1, n, p) + binomialAtLeast(k, n, p)).toBeCloseTo(1, 11)
      }),
    )
  })
})

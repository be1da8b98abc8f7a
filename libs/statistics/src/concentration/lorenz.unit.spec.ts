import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration } from './lorenz'

const times = (count: number, subjects: number) => new Array<number>(subjects).fill(count)
const hundred = [...times(1, 60), ...times(2, 18), ...times(3, 9), ...times(4, 5), ...times(6, 4), ...times(9, 2), 14, 22]

describe('concentration', () => {
  it('gives Gini and top share of the hundred involved', () => {
    const { involved } = concentration(hundred, null)
    expect(involved.subjects).toBe(100)
    expect(involved.events).toBe(221)
    expect(involved.gini).toBeCloseTo(0.436335, 6)
    expect(involved.topShare).toBeCloseTo(0.271493, 6)
    expect(involved.topShare).toBeCloseTo(60 / 221, 12)
  })

  it('counts the rest of the roll as zeros', () => {
    const { involved, overRoll } = concentration(hundred, 1000)
    const spelledOut = concentration([...hundred, ...times(0, 900)], 1000)
    expect(spelledOut).toEqual({ involved, overRoll })
    // The top 5 % are now 50 children: 40 with two or more (161 events), and ten with one.
    expect(overRoll!.topShare).toBeCloseTo(171 / 221, 12)
    // With a share z of zeros, G' = z + (1 − z) G.
    expect(overRoll!.gini).toBeCloseTo(0.9 + 0.1 * involved.gini!, 12)
  })

  it('reads the top share off the curve where it is no whole number of subjects', () => {
    expect(concentration([1, 1, 1, 7], null, 0.05).involved.topShare).toBeCloseTo(0.2 * 0.7, 12)
    expect(concentration([1, 1, 1, 7], null, 0.375).involved.topShare).toBeCloseTo(0.7 + 0.5 * 0.1, 12)
  })
})

describe('degenerate data', () => {
  const nothing = { events: 0, lorenz: [], gini: null, topShare: null }

  it('has no figures without an event', () => {
    expect(concentration([], null)).toEqual({ involved: { ...nothing, subjects: 0 }, overRoll: null })
    expect(concentration([0, 0], 30)).toEqual({ involved: { ...nothing, subjects: 0 }, overRoll: { ...nothing, subjects: 30 } })
  })

  it('sees no concentration in one child, or in equal children, among the involved', () => {
    const { involved, overRoll } = concentration([8], 10)
    expect([involved.subjects, involved.gini]).toEqual([1, 0])
    expect(involved.topShare).toBeCloseTo(0.05, 12)
    expect(overRoll!.gini).toBeCloseTo(0.9, 12)
    expect(overRoll!.topShare).toBeCloseTo(0.5, 12)
    expect(concentration([3, 3, 3], null).involved.gini).toBeCloseTo(0, 12)
  })

  it('refuses what cannot be counted, by name', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    expect(() => concentration([1, -1], null)).toThrow(argument('counts[1]'))
    expect(() => concentration([1, 2], 1)).toThrow(argument('roll'))
    expect(() => concentration([1, 2], null, 1)).toThrow(argument('top'))
    expect(() => concentration([Number.NaN], null)).toThrow(RangeError)
  })
})

describe('for any counts', () => {
  const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }).filter((list) => list.some((count) => count > 0))

  it('keeps Gini and top share when all counts are multiplied, reordered, or every child comes twice', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (list, factor) => {
        const { involved, overRoll } = concentration(list, 60)
        for (const same of [
          concentration(list.map((count) => count * factor), 60),
          concentration([...list].reverse(), 60),
          concentration([...list, ...list], 120),
        ]) {
          expect(same.involved.gini).toBeCloseTo(involved.gini!, 10)
          expect(same.involved.topShare).toBeCloseTo(involved.topShare!, 10)
          expect(same.overRoll!.gini).toBeCloseTo(overRoll!.gini!, 10)
        }
      }),
    )
  })

  it('is the mean difference of two children over twice the mean', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const seen = list.filter((count) => count > 0)
        const differences = seen.flatMap((a) => seen.map((b) => Math.abs(a - b))).reduce((a, b) => a + b)
        const mean = seen.reduce((a, b) => a + b) / seen.length
        expect(concentration(list, null).involved.gini).toBeCloseTo(differences / seen.length ** 2 / (2 * mean), 10)
      }),
    )
  })

  it('has a curve below equality that bends upwards, and a Gini that grows with the roll', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const { lorenz, gini, topShare } = concentration(list, 100).overRoll!
        expect(lorenz.at(-1)).toEqual({ subjects: 1, events: 1 })
        for (const { subjects, events } of lorenz) expect(events).toBeLessThanOrEqual(subjects + 1e-12)
        expect(gini).toBeLessThan(1)
        expect(topShare).toBeGreaterThanOrEqual(0.05 - 1e-12)
        expect(concentration(list, 200).overRoll!.gini).toBeGreaterThan(gini!)
      }),
    )
  })
})

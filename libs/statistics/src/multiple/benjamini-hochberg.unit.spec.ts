import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from './benjamini-hochberg'

describe('q-values of Benjamini and Hochberg', () => {
  it('are those of the fifteen tests in the paper', () => {
    const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
    const q = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571, 0.0645, 0.0765, 0.486, 0.5811818181818, 0.714875,
      0.7532307692308, 0.8132142857143, 1,
    ]
    benjaminiHochberg(p).forEach((found, i) => expect(found).toBeCloseTo(q[i]!, 12))
  })

  it('are none for none, p for one, and equal for equal ones', () => {
    expect(benjaminiHochberg([])).toEqual([])
    expect(benjaminiHochberg([0.3])).toEqual([0.3])
    expect(benjaminiHochberg([0.2, 0.2, 0.2])).toEqual([0.2, 0.2, 0.2].map(() => expect.closeTo(0.2, 14) as number))
  })

  it('never fall below p, keep its order, do not depend on the order of the tests, and call what the step-up rule calls', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (p) => {
        const q = benjaminiHochberg(p)
        p.forEach((value, i) => {
          expect(q[i]!).toBeGreaterThanOrEqual(value * (1 - 1e-15))
          p.forEach((other, j) => expect(value <= other ? q[i]! <= q[j]! : true).toBe(true))
        })
        expect(benjaminiHochberg([...p].reverse())).toEqual([...q].reverse())
        const sorted = [...p].sort((a, b) => a - b)
        const called = sorted.findLastIndex((value, i) => value * p.length / (i + 1) <= 0.1) + 1
        expect(q.filter((value) => value <= 0.1)).toHaveLength(called)
      }),
    )
  })

  it('refuses what is no probability', () => {
    expect(() => benjaminiHochberg([0.1, 1.1])).toThrow('pValues[1]')
    expect(() => benjaminiHochberg([NaN])).toThrow('pValues[0]')
  })
})

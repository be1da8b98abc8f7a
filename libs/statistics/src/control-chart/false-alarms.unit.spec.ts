import { describe, expect, it } from 'vitest'
import { falseAlarms } from './false-alarms'

describe('signals on charts of pure chance', () => {
  it('come in 48 % of charts of 24 periods at mean 1, 26 % at 4, 21 % at 10', () => {
    for (const [mean, truth] of [[1, 0.48], [4, 0.26], [10, 0.21]] as const) {
      const { share, se } = falseAlarms({ mean, points: 24, replicates: 20_000, seed: 20 })
      // The truth is rounded to whole per cents.
      expect(Math.abs(share - truth)).toBeLessThan(0.005 + 4 * se)
    }
  })

  it('are the same for the same seed, and others for another', () => {
    const ask = (seed: number) => falseAlarms({ mean: 3, points: 18, replicates: 500, seed }).share
    expect(ask(1)).toBe(ask(1))
    expect(new Set([1, 2, 3, 4, 5].map(ask)).size).toBeGreaterThan(1)
  })

  it('become fewer with a longer run, and there are none on a chart of one period', () => {
    const ask = (runLength: number) => falseAlarms({ mean: 10, points: 24, replicates: 2000, seed: 3, rules: { runLength } }).share
    expect(ask(9)).toBeLessThan(ask(6))
    expect(falseAlarms({ mean: 10, points: 1, replicates: 50, seed: 3 })).toEqual({ share: 0, se: 0 })
  })

  it('can be asked for large counts', () => {
    const { share } = falseAlarms({ mean: 5000, points: 24, replicates: 2000, seed: 4 })
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.3)
  })

  it('refuse what cannot be drawn, by name', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    const question = { mean: 3, points: 24, seed: 1 }
    expect(() => falseAlarms({ ...question, mean: 0 })).toThrow(argument('mean'))
    expect(() => falseAlarms({ ...question, mean: 1e6 })).toThrow(argument('mean'))
    expect(() => falseAlarms({ ...question, points: 0 })).toThrow(argument('points'))
    expect(() => falseAlarms({ ...question, replicates: 1.5 })).toThrow(argument('replicates'))
    expect(() => falseAlarms({ ...question, seed: -1 })).toThrow(argument('seed'))
    expect(() => falseAlarms({ ...question, rules: { runLength: 0 } })).toThrow(argument('runLength'))
  })
})

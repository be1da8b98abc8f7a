import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../chance'
import type { ScanInput } from './grid'
import { prospectivePermutationScan, retrospectivePermutationScan } from './permutation-scan'
import { plainMaxima } from './plain'

const named = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, '0')}`)

function scanOf(counts: number[][]): ScanInput {
  return { places: named(counts.length, 'place').map((id) => ({ id })), slots: named(counts[0]!.length, 'week'), counts }
}

/** Places with unlike rates over weeks with unlike rates, but no place that changes against the others. */
const steady = [1, 2, 4, 3].map((place) => [1, 2, 1, 3, 1, 2, 1, 1].map((week) => place * week))

describe('space-time permutation scan', () => {
  it('expects of a window its places share of its slots share', () => {
    const { clusters } = retrospectivePermutationScan(scanOf([[5, 1, 1, 1], [2, 6, 5, 3]]), { seed: 1, replicates: 9 })
    expect(clusters[0]).toMatchObject({ places: ['place00'], slots: ['week00'], observed: 5 })
    expect(clusters[0]!.expected).toBeCloseTo((8 * 7) / 24, 12)
    expect(clusters[0]!.llr).toBeCloseTo(5 * Math.log(5 / (7 / 3)) + 19 * Math.log(19 / (24 - 7 / 3)), 12)
  })

  it('gives the exact p of a case small enough to count: two places, two slots, where the table is hypergeometric', () => {
    const { clusters } = retrospectivePermutationScan(scanOf([[7, 2], [4, 9]]), { seed: 2, maxShare: 0.45 })
    // 9 of 22 cases in the first place, 11 of 22 in the first slot: it matches with 7 or more in either slot.
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    const exact = [0, 1, 2, 7, 8, 9].reduce((sum, k) => sum + (choose(9, k) * choose(13, 11 - k)) / choose(22, 11), 0)
    expect(clusters[0]).toMatchObject({ places: ['place00'], observed: 7, expected: 4.5 })
    expect(Math.abs(clusters[0]!.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 10_000))
  })

  it('does not see a place that is bad at all times, nor a time that is bad in all places', () => {
    expect(retrospectivePermutationScan(scanOf(steady), { seed: 3, replicates: 99 }).clusters).toEqual([])
  })

  it('looking back finds a burst that is over; looking for what emerges finds only what still goes on', () => {
    const burst = steady.map((row, place) => row.map((cases, week) => cases + (place === 0 && (week === 2 || week === 3) ? 20 : 0)))
    const past = retrospectivePermutationScan(scanOf(burst), { seed: 4, replicates: 999 })
    expect(past.clusters[0]).toMatchObject({ places: ['place00'], slots: ['week02', 'week03'], p: 0.001 })
    const now = prospectivePermutationScan(scanOf(burst), { seed: 4, replicates: 999 }, 7)
    expect(now.clusters.every((cluster) => cluster.slots.includes('week07') && cluster.p > 0.05)).toBe(true)
  })

  it('gives what emerges a recurrence interval: days between scans over p', () => {
    const rising = steady.map((row, place) => row.map((cases, week) => cases + (place === 0 && week > 5 ? 9 : 0)))
    const { clusters } = prospectivePermutationScan(scanOf(rising), { seed: 5, replicates: 999 }, 7)
    expect(clusters[0]).toMatchObject({ places: ['place00'], slots: ['week06', 'week07'], p: 0.001 })
    expect(clusters[0]!.recurrenceDays).toBeCloseTo(7000, 9)
  })

  it('is what the plain loop finds, and does not change with the order of the places', () => {
    const input = fc.record({ places: fc.integer({ min: 1, max: 6 }), weeks: fc.integer({ min: 1, max: 6 }), seed: fc.nat() }).map((of) => {
      const random = seededRandom(of.seed)
      const scan = scanOf(Array.from({ length: of.places }, () => Array.from({ length: of.weeks }, () => random.below(4))))
      return { ...scan, places: scan.places.map(({ id }) => ({ id, at: { x: random.below(3), y: random.below(3) } })) }
    })
    fc.assert(
      fc.property(input, fc.constantFrom(true, false), fc.nat(), (scan, alive, seed) => {
        const options = { seed, replicates: 100 }
        const run = (on: ScanInput, maxima?: typeof plainMaxima) =>
          alive ? prospectivePermutationScan(on, options, 1, maxima) : retrospectivePermutationScan(on, options, maxima)
        const found = run(scan)
        expect(run(scan, plainMaxima).clusters).toEqual(found.clusters)
        expect(run({ ...scan, places: [...scan.places].reverse(), counts: [...scan.counts].reverse() })).toEqual(found)
      }),
      { numRuns: 60 },
    )
  })

  it('finds nothing in nothing, in one case, in one place; refuses no time between scans', () => {
    expect(retrospectivePermutationScan(scanOf([[0, 0], [0, 0]]), { seed: 1 }).clusters).toEqual([])
    expect(retrospectivePermutationScan(scanOf([[0, 1], [0, 0]]), { seed: 1, replicates: 9 }).clusters).toEqual([])
    expect(retrospectivePermutationScan(scanOf([[3, 1]]), { seed: 1, replicates: 9 })).toMatchObject({ clusters: [], tooLarge: ['place00'] })
    expect(() => prospectivePermutationScan(scanOf([[1]]), { seed: 1 }, 0)).toThrow('everyDays')
  })
})

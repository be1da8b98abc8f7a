import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multinomial, seededRandom } from '../chance'
import { binomialAtLeast } from '../intervals'
import { plainMaxima } from './plain'
import { type PoissonScanInput, poissonScan } from './poisson-scan'

const flat = (places: number, slots: number, value: number) => Array.from({ length: places }, () => new Array<number>(slots).fill(value))
const named = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

/** Places on a line, a little further apart each time; every cell with the same exposure and the same number of cases. */
function even(places: number, slots: number, cases: number): PoissonScanInput {
  return {
    places: named(places, 'place').map((id, x) => ({ id, at: { x: x + x * x / 100, y: 0 } })),
    slots: named(slots, 'slot'),
    counts: flat(places, slots, cases),
    exposure: flat(places, slots, 60),
  }
}

function withCounts(input: PoissonScanInput, change: (counts: number[][]) => void): PoissonScanInput {
  const counts = input.counts.map((row) => [...row])
  change(counts)
  return { ...input, counts }
}

/** Any scan: some cells without exposure, some places without a point, some distances equal. */
const anyInput = fc
  .record({ places: fc.integer({ min: 1, max: 7 }), slots: fc.integer({ min: 1, max: 5 }), seed: fc.nat() })
  .map(({ places, slots, seed }): PoissonScanInput => {
    const random = seededRandom(seed)
    const at = () => (random.below(4) > 0 ? { at: { x: random.below(4), y: random.below(4) } } : {})
    const exposure = flat(places, slots, 0).map((row) => row.map(() => random.below(5) * 12.3))
    exposure[0]![0] = 5
    const counts = exposure.map((row) => row.map((cell) => (cell > 0 ? Math.max(0, random.below(9) - 5) : 0)))
    return { places: named(places, 'place').map((id) => ({ id, ...at() })), slots: named(slots, 'slot'), counts, exposure }
  })

describe('Poisson scan', () => {
  it('finds what the fast search and the plain loop agree on', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), (input, seed) => {
        const options = { seed, replicates: 150 }
        const fast = poissonScan(input, options)
        const plain = poissonScan(input, options, plainMaxima)
        expect(fast.clusters.map(({ tippingMultiplier: _, ...cluster }) => cluster))
          .toEqual(plain.clusters.map(({ tippingMultiplier: _, ...cluster }) => cluster))
        expect(fast.criticalLlr ?? -1).toBeCloseTo(plain.criticalLlr ?? -1, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('does not change when the places come in another order, nor likelihoods when they are named otherwise, turned or moved', () => {
    fc.assert(
      fc.property(anyInput, fc.infiniteStream(fc.nat()), (input, keys) => {
        const options = { seed: 1, replicates: 40 }
        const scan = poissonScan(input, options)
        const order = input.places.map((_, i) => ({ i, key: keys.next().value! })).sort((a, b) => a.key - b.key).map(({ i }) => i)
        const shuffled = {
          ...input,
          places: order.map((i) => input.places[i]!),
          counts: order.map((i) => input.counts[i]!),
          exposure: order.map((i) => input.exposure[i]!),
        }
        expect(poissonScan(shuffled, options)).toEqual(scan)
        const renamed = input.places.map(({ at }, i) => ({ id: `z${order[i]}`, ...(at && { at: { x: 7 - at.y, y: at.x + 3 } }) }))
        const other = poissonScan({ ...input, places: renamed }, options)
        expect(other.windows).toBe(scan.windows)
        expect(other.clusters[0]?.llr ?? 0).toBeCloseTo(scan.clusters[0]?.llr ?? 0, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the exact p of a case small enough to calculate: one possible window with a third of the exposure', () => {
    const input = { ...even(2, 1, 0), exposure: [[10], [20]], counts: [[9], [9]] }
    const { clusters, tooLarge } = poissonScan(input, { seed: 4 })
    const exact = binomialAtLeast(9, 18, 1 / 3)
    expect(tooLarge).toEqual(['place1'])
    expect(clusters).toHaveLength(1)
    expect(Math.abs(clusters[0]!.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 10_000))
    expect(clusters[0]).toMatchObject({ observed: 9, expected: 6, relativeRisk: 2, tippingMultiplier: null })
  })

  it('finds a planted hot spot, and with it the exposure at which it would not be one', () => {
    const planted = withCounts(even(8, 6, 3), (counts) => [2, 3].forEach((place) => [1, 2].forEach((slot) => (counts[place]![slot] = 9))))
    const { clusters, criticalLlr } = poissonScan(planted, { seed: 5 })
    expect(clusters[0]).toMatchObject({ places: ['place2', 'place3'], slots: ['slot1', 'slot2'], observed: 36, p: 0.0001 })
    expect(clusters[0]!.llr).toBeGreaterThan(criticalLlr!)
    const at = (multiplier: number) =>
      poissonScan(
        { ...planted, exposure: planted.exposure.map((row, p) => row.map((x, s) => ([2, 3].includes(p) && [1, 2].includes(s) ? x * multiplier : x))) },
        { seed: 5 },
      ).clusters[0]!
    const tipping = clusters[0]!.tippingMultiplier!
    expect(tipping).toBeGreaterThan(1)
    expect(at(tipping * 0.95).p).toBeLessThan(0.05)
    expect(at(tipping * 1.05).p).toBeGreaterThan(0.05)
  })

  it('lists secondary clusters that share no place with one before them, or no cell if so asked', () => {
    const planted = withCounts(even(10, 8, 2), (counts) => {
      counts[1]![1] = 25
      counts[1]![6] = 18
      counts[7]![4] = 16
    })
    const places = poissonScan(planted, { seed: 6, replicates: 199 }).clusters
    expect(places.slice(0, 2).map((c) => [c.places, c.slots])).toEqual([[['place1'], ['slot1']], [['place7'], ['slot4']]])
    const cells = poissonScan(planted, { seed: 6, replicates: 199, apart: 'cells', maxClusters: 3 }).clusters
    expect(cells.map((c) => [c.places, c.slots])).toEqual([[['place1'], ['slot1']], [['place1'], ['slot6']], [['place7'], ['slot4']]])
    expect(cells.map((c) => c.p)).toEqual([0.005, 0.005, 0.005])
  })

  it('finds places of one kind as a group, where none of them stands out', () => {
    const input = { ...even(12, 4, 4), places: named(12, 'place').map((id) => ({ id })) }
    const planted = withCounts(input, (counts) => [0, 4, 8].forEach((place) => (counts[place]![2] = 9)))
    const group = { id: 'stairs', places: ['place0', 'place4', 'place8'] }
    const { clusters } = poissonScan({ ...planted, groups: [group] }, { seed: 7 })
    expect(clusters[0]).toMatchObject({ places: group.places, slots: ['slot2'], observed: 27 })
    expect(clusters[0]!.p).toBeLessThan(0.05)
    expect(poissonScan(planted, { seed: 7 }).clusters[0]!.p).toBeGreaterThan(0.05)
  })

  it('calls chance a finding in about one of twenty', () => {
    const input = even(6, 4, 0)
    const draw = multinomial(40, new Float64Array(24).fill(1))
    const random = seededRandom(8)
    const cells = new Int32Array(24)
    let findings = 0
    for (let trial = 0; trial < 300; trial++) {
      draw(cells, random)
      const counts = input.counts.map((row, place) => row.map((_, slot) => cells[place * 4 + slot]!))
      const [first] = poissonScan({ ...input, counts }, { seed: trial, replicates: 99 }).clusters
      if (first && first.p <= 0.05) findings++
    }
    // 28 or more of 300 at 5 % have a probability of 0.002 (ties make it rarer still).
    expect(findings).toBeLessThan(28)
    expect(findings).toBeGreaterThan(2)
  })
})

describe('Poisson scan of North Carolina', () => {
  const rows = readFileSync(new URL('../../fixtures/nc-sids.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
  const places = rows.map((row) => ({ id: row[0]!, at: { x: Number(row[5]), y: Number(row[6]) } }))
  const column = (...columns: number[]) => rows.map((row) => columns.map((i) => Number(row[i])))

  it('gives the cluster of the independent loop in R', () => {
    const { clusters, windows, criticalLlr } = poissonScan({ places, slots: ['1974'], counts: column(2), exposure: column(1) }, { seed: 1, replicates: 999 })
    expect(windows).toBe(3625)
    expect(clusters[0]).toMatchObject({ observed: 404, p: 0.001 })
    expect(clusters[0]!.places).toHaveLength(46)
    expect(clusters[0]!.expected).toBeCloseTo(331.7676217261, 9)
    expect(clusters[0]!.llr).toBeCloseTo(15.7577653751, 9)
    expect(Math.abs(criticalLlr! - 6.73)).toBeLessThan(0.6)
  })

  it('and the one in space and time', () => {
    const both = { places, slots: ['1974', '1979'], counts: column(2, 4), exposure: column(1, 3) }
    const { clusters, windows } = poissonScan(both, { seed: 1, replicates: 99 })
    expect(windows).toBe(2 * 3613)
    expect(clusters[0]).toMatchObject({ places: ['Bladen', 'Columbus', 'Hoke', 'Robeson', 'Scotland'], slots: ['1974'], observed: 69 })
    expect(clusters[0]!.expected).toBeCloseTo(33.5019286134, 9)
    expect(clusters[0]!.llr).toBeCloseTo(14.7869209288, 9)
  })
})

describe('Poisson scan of nearly nothing', () => {
  const options = { seed: 1, replicates: 99 }

  it('finds nothing in no cases, equal rates, one place, or only places too large', () => {
    expect(poissonScan(even(4, 4, 0), options)).toMatchObject({ clusters: [], total: 0, criticalLlr: null })
    expect(poissonScan(even(4, 4, 2), options).clusters).toEqual([])
    expect(poissonScan(even(1, 4, 2), options)).toMatchObject({ clusters: [], windows: 0, tooLarge: ['place0'] })
    const lopsided = { ...even(2, 2, 1), exposure: [[100, 100], [1, 1]], counts: [[5, 0], [0, 0]] }
    expect(poissonScan(lopsided, options)).toMatchObject({ clusters: [], tooLarge: ['place0'] })
  })

  it('takes one case for what it is', () => {
    const { clusters } = poissonScan(withCounts(even(4, 4, 0), (counts) => (counts[2]![1] = 1)), options)
    expect(clusters[0]).toMatchObject({ places: ['place2'], slots: ['slot1'], observed: 1, expected: 1 / 16, relativeRisk: Infinity, p: 1 })
  })

  it('scans one place over time if all of the exposure is allowed', () => {
    const { clusters } = poissonScan({ ...even(1, 4, 0), counts: [[1, 9, 1, 1]] }, { ...options, maxShare: 1 })
    expect(clusters[0]).toMatchObject({ slots: ['slot1'], observed: 9, expected: 3 })
  })

  it('leaves out cells with neither exposure nor cases', () => {
    const input = withCounts(even(4, 4, 2), (counts) => (counts[1] = [2, 9, 2, 0]))
    const exposure = input.exposure.map((row, place) => row.map((cell, slot) => (place === 1 && slot === 3 ? 0 : cell)))
    expect(poissonScan({ ...input, exposure }, options).clusters[0]).toMatchObject({ places: ['place1'], slots: ['slot1'] })
  })

  it('says p and no critical ratio where the replicates are too few to be significant', () => {
    const planted = withCounts(even(4, 4, 2), (counts) => (counts[2]![1] = 30))
    const { clusters, criticalLlr } = poissonScan(planted, { seed: 1, replicates: 9 })
    expect(clusters[0]).toMatchObject({ p: 0.1, tippingMultiplier: null })
    expect(criticalLlr).toBeNull()
  })

  it('refuses cases without exposure, no exposure, rows that do not fit, ids twice, and options out of range', () => {
    const input = even(2, 2, 1)
    expect(() => poissonScan({ ...input, exposure: [[60, 0], [60, 60]] }, options)).toThrow('exposure[0][1] must be above zero, since there are cases (1)')
    expect(() => poissonScan({ ...even(2, 2, 0), exposure: flat(2, 2, 0) }, options)).toThrow('exposure must be above zero somewhere')
    expect(() => poissonScan({ ...input, exposure: [[60, 60]] }, options)).toThrow('exposure must have one row per place (2), not 1')
    expect(() => poissonScan({ ...input, counts: [[1], [1, 1]] }, options)).toThrow('counts[0] must have one number per slot (2), not 1')
    expect(() => poissonScan({ ...input, counts: [[1, 0.5], [1, 1]] }, options)).toThrow('counts[0][1]')
    expect(() => poissonScan({ ...input, slots: ['a', 'a'] }, options)).toThrow('slots must differ, and "a" is there twice')
    expect(() => poissonScan({ ...input, places: [], counts: [], exposure: [] }, options)).toThrow('places must not be empty')
    expect(() => poissonScan(input, { seed: 1, replicates: 0 })).toThrow('replicates')
    expect(() => poissonScan(input, { seed: 1, maxShare: 0 })).toThrow('maxShare')
    expect(() => poissonScan(input, { seed: 0.1 })).toThrow('seed')
  })
})

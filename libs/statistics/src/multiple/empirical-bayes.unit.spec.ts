import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { empiricalBayes } from './empirical-bayes'

const counties = readFileSync(new URL('../../fixtures/nc-sids.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))

describe("Marshall's global estimator", () => {
  it('shrinks the rates of North Carolina as spdep::EBest does', () => {
    const { overall, between, estimates } = empiricalBayes(
      counties.map((county) => Number(county[2])),
      counties.map((county) => Number(county[1])),
    )
    const of = (name: string) => estimates[counties.findIndex((county) => county[0] === name)]!
    expect(overall).toBeCloseTo(0.00202144489365, 14)
    expect(between).toBeCloseTo(7.69293064701e-7, 17)
    expect(of('Anson').raw).toBeCloseTo(0.009554140127389, 14)
    expect(of('Anson').shrunk).toBeCloseTo(0.00483880405213, 13)
    expect(of('Mecklenburg').shrunk).toBeCloseTo(0.00203635456586, 13)
    expect(of('Robeson').shrunk).toBeCloseTo(0.00345277511371, 13)
    expect(of('Ashe').shrunk).toBeCloseTo(0.00169729733086, 13)
  })

  it('moves every rate towards the overall one, the less exposure the further', () => {
    const area = fc.record({ cases: fc.nat(40), exposure: fc.integer({ min: 1, max: 5000 }) })
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 30 }), (areas) => {
        const { overall, estimates } = empiricalBayes(areas.map((a) => a.cases), areas.map((a) => a.exposure))
        for (const { raw, shrunk } of estimates) {
          expect(Math.abs(shrunk - overall)).toBeLessThanOrEqual(Math.abs(raw! - overall) * (1 + 1e-12))
          expect((shrunk - overall) * (raw! - overall)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
    const { estimates } = empiricalBayes([2, 20, 0, 1], [100, 1000, 500, 2000])
    expect(estimates[0]!.raw).toBe(estimates[1]!.raw)
    expect(estimates[0]!.shrunk).toBeLessThan(estimates[1]!.shrunk)
  })

  it('gives the overall rate where chance explains the spread, where nothing happened, and where there was no exposure', () => {
    expect(empiricalBayes([5, 5, 5], [100, 100, 100])).toMatchObject({ between: 0, estimates: [{ raw: 0.05, shrunk: 0.05 }, {}, {}] })
    expect(empiricalBayes([0, 0], [10, 20]).estimates).toEqual([{ raw: 0, shrunk: 0 }, { raw: 0, shrunk: 0 }])
    const without = empiricalBayes([9, 1], [100, 100])
    const withEmpty = empiricalBayes([9, 0, 1], [100, 0, 100])
    expect(withEmpty.estimates).toEqual([without.estimates[0], { raw: null, shrunk: 0.05 }, without.estimates[1]])
    expect(empiricalBayes([7], [70]).estimates).toEqual([{ raw: 0.1, shrunk: 0.1 }])
  })

  it('refuses cases without exposure, no exposure anywhere, and lists out of step', () => {
    expect(() => empiricalBayes([1, 1], [0, 5])).toThrow('exposure[0] must be above zero, since there are cases (1)')
    expect(() => empiricalBayes([0], [0])).toThrow('exposure must be above zero somewhere')
    expect(() => empiricalBayes([1], [1, 2])).toThrow('exposure must have as many entries as cases (1), not 2')
    expect(() => empiricalBayes([], [])).toThrow('exposure')
  })
})

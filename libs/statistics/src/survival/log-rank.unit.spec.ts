import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../fixtures/fixture'
import { logRank } from './log-rank'

const by = (name: string, column: string, values: readonly string[]) =>
  values.map((value) =>
    fixture(name).flatMap((row) => (row[column] === value ? [{ time: Number(row.time), event: row.event === '1' }] : [])),
  )

describe('log-rank test, as survdiff of R gives it', () => {
  it('sets the sexes of the lung data against each other', () => {
    const test = logRank(by('lung.csv', 'sex', ['1', '2']))
    expect(test.chiSquared).toBeCloseTo(10.326742, 6)
    expect(test.p).toBeCloseTo(0.00131116, 8)
    expect(test.groups.map((group) => group.observed)).toEqual([112, 53])
    expect(test.groups[0]!.expected).toBeCloseTo(91.581739, 6)
    expect(test.groups[1]!.expected).toBeCloseTo(73.418261, 6)
    expect(test.variance[0]![0]).toBeCloseTo(40.3714339796, 9)
    expect(test.variance[0]![1]).toBeCloseTo(-test.variance[0]![0]!, 12)
  })

  it('compares maintained with not maintained leukaemia', () => {
    const test = logRank(by('aml.csv', 'group', ['Maintained', 'Nonmaintained']))
    expect(test.chiSquared).toBeCloseTo(3.396389, 6)
    expect(test.p).toBeCloseTo(0.065339, 6)
    expect(test.degreesOfFreedom).toBe(1)
  })

  it('takes more than two groups', () => {
    // survdiff(Surv(c(1,4,6,2,4,9,3,7,8), c(1,1,0,1,1,1,0,1,1)) ~ rep(1:3, each = 3))
    const test = logRank([
      [{ time: 1, event: true }, { time: 4, event: true }, { time: 6, event: false }],
      [{ time: 2, event: true }, { time: 4, event: true }, { time: 9, event: true }],
      [{ time: 3, event: false }, { time: 7, event: true }, { time: 8, event: true }],
    ])
    expect(test.degreesOfFreedom).toBe(2)
    expect(test.chiSquared).toBeCloseTo(0.7604401838404, 12)
  })
})

describe('degenerate groups', () => {
  const event = (time: number) => ({ time, event: true })
  const nothing = { chiSquared: 0, p: 1 }

  it('leaves out a group in which nothing could be expected, with its degree of freedom', () => {
    const two = [[event(2), event(5)], [event(3), event(9)]]
    const more = logRank([...two, [], [{ time: 1, event: false }]])
    expect(more.chiSquared).toBeCloseTo(logRank(two).chiSquared, 12)
    expect(more.degreesOfFreedom).toBe(1)
    expect(more.groups[3]).toEqual({ subjects: 1, observed: 0, expected: 0 })
  })

  it('finds nothing where there is no event, one group only, or one time for all', () => {
    expect(logRank([[{ time: 1, event: false }], [{ time: 2, event: false }]])).toMatchObject({ ...nothing, degreesOfFreedom: 0 })
    expect(logRank([[event(1), event(2)], []])).toMatchObject({ ...nothing, degreesOfFreedom: 0 })
    expect(logRank([[event(3), event(3)], [event(3)]])).toMatchObject({ ...nothing, degreesOfFreedom: 1 })
    expect(logRank([[], []])).toMatchObject(nothing)
  })

  it('refuses a single group and a time that is none', () => {
    expect(() => logRank([[]])).toThrow(expect.objectContaining({ argument: 'groups' }) as Error)
    expect(() => logRank([[], [event(-2)]])).toThrow(expect.objectContaining({ argument: 'groups[1][0].time' }) as Error)
  })
})

describe('for any groups', () => {
  const group = fc.array(fc.record({ time: fc.nat(20), event: fc.boolean() }), { minLength: 1, maxLength: 15 })
  const groups = fc.array(group, { minLength: 2, maxLength: 4 })

  it('expects as many events as there were, and does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(groups, (data) => {
        const test = logRank(data)
        const sum = (key: 'observed' | 'expected') => test.groups.reduce((total, each) => total + each[key], 0)
        expect(sum('expected')).toBeCloseTo(sum('observed'), 9)
        expect(test.p).toBeGreaterThanOrEqual(0)
        expect(test.p).toBeLessThanOrEqual(1)
        expect(logRank([...data].reverse()).chiSquared).toBeCloseTo(test.chiSquared, 6)
      }),
    )
  })

  it('sees no difference between a group and its copy', () => {
    fc.assert(
      fc.property(group, (data) => {
        expect(logRank([data, data]).chiSquared).toBeCloseTo(0, 12)
      }),
    )
  })
})

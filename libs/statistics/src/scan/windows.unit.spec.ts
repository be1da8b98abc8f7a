import { describe, expect, it } from 'vitest'
import { type Place, ringsAround } from './places'
import { windowsOf } from './windows'

const grid = (step: number): Place[] =>
  ['a', 'b', 'c'].flatMap((row, y) => [0, 1, 2].map((x) => ({ id: `${row}${x}`, at: { x: x * step, y: y * step } })))
const one = (places: readonly Place[]) => new Float64Array(places.length).fill(1)
const rules = { maxShare: 0.5, maxSlots: 1, alive: false }
const setsOf = (places: readonly Place[], maxShare = 0.5) =>
  windowsOf(places, [], 1, one(places), { ...rules, maxShare }).sets.map(({ members }) => members.map((m) => places[m]!.id).join(' '))

describe('what is near a place', () => {
  it('joins by whole rings of equal distance, also where rounding makes equal distances differ', () => {
    for (const step of [1, 0.1, 1e-3 / 3]) {
      const rings = ringsAround(grid(step))
      expect(rings[4]).toEqual([[1, 3, 5, 7], [0, 2, 6, 8]])
      expect(rings[0]!.map((ring) => ring.length)).toEqual([2, 1, 2, 2, 1])
    }
  })

  it('joins by steps where places are said to be adjacent, by either of them', () => {
    const places: Place[] = [{ id: 'a', adjacent: ['b'] }, { id: 'b' }, { id: 'c', adjacent: ['b', 'd'] }, { id: 'd' }, { id: 'e' }]
    expect(ringsAround(places)).toEqual([[[1], [2], [3]], [[0, 2], [3]], [[1, 3], [0]], [[2], [1], [0]], []])
  })

  it('joins one by one where an order is given', () => {
    const places: Place[] = [{ id: 'a', nearest: ['c', 'b'] }, { id: 'b' }, { id: 'c' }]
    expect(ringsAround(places)).toEqual([[[2], [1]], [], []])
  })

  it('is refused where it names nothing known, itself, a place twice, or is said in two ways', () => {
    expect(() => ringsAround([{ id: 'a', nearest: ['z'] }])).toThrow('place "a".nearest must name other places of the scan, not "z"')
    expect(() => ringsAround([{ id: 'a', adjacent: ['a'] }])).toThrow('place "a".adjacent')
    expect(() => ringsAround([{ id: 'a', nearest: ['b', 'b'] }, { id: 'b' }])).toThrow('must name each place once')
    expect(() => ringsAround([{ id: 'a', nearest: [], adjacent: [] }])).toThrow('only one of adjacent, nearest')
    expect(() => ringsAround([{ id: 'a', at: { x: NaN, y: 0 } }])).toThrow('place "a".at')
  })
})

describe('windows', () => {
  it('hold at most half of what is expected, each set of places once', () => {
    const row = ['a', 'b', 'c', 'd'].map((id, x) => ({ id, at: { x, y: 0 } }))
    expect(setsOf(row)).toEqual(['a', 'a b', 'b', 'c', 'd', 'c d'])
    expect(setsOf(row, 0.75)).toEqual(['a', 'a b', 'a b c', 'b', 'c', 'b c d', 'd', 'c d'])
    expect(setsOf(row, 0.2)).toEqual([])
  })

  it('stop at the first ring that does not fit', () => {
    const weights = Float64Array.from([1, 8, 1])
    const { sets, tooLarge } = windowsOf([{ id: 'a', nearest: ['b', 'c'] }, { id: 'b' }, { id: 'c' }], [], 1, weights, rules)
    expect(sets.map((set) => set.members)).toEqual([[0], [2]])
    expect(tooLarge).toEqual([1])
  })

  it('take contiguous slots, or those that are still going on', () => {
    const places = [{ id: 'a' }, { id: 'b' }]
    const spans = (alive: boolean) => windowsOf(places, [], 4, new Float64Array(8).fill(1), { maxShare: 0.5, maxSlots: 2, alive }).spans
    expect(spans(false).map(({ from, to }) => [from, to])).toEqual([[0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [2, 4], [3, 4]])
    expect(spans(true).map(({ from, to }) => [from, to])).toEqual([[2, 4], [3, 4]])
  })

  it('expect the sum of their cells', () => {
    const places = [{ id: 'a', nearest: ['b'] }, { id: 'b' }, { id: 'c' }]
    const cells = Float64Array.from([1, 2, 3, 4, 10, 20])
    const { sets, expected } = windowsOf(places, [], 2, cells, { maxShare: 0.5, maxSlots: 2, alive: false })
    expect(sets.map((set) => set.members)).toEqual([[0], [0, 1], [1]])
    expect([...expected]).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4])
  })

  it('take groups, and refuse one that is empty or names no place', () => {
    const places = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
    const grouped = (ids: string[]) => windowsOf(places, [{ id: 'stairs', places: ids }], 1, one(places), rules)
    expect(grouped(['e', 'b']).sets.at(-1)!.members).toEqual([1, 4])
    expect(grouped(['b']).sets).toHaveLength(5)
    expect(() => grouped(['z'])).toThrow('group "stairs" must name places of the scan, not "z"')
    expect(() => grouped([])).toThrow('group "stairs" must have at least one place')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { funnel, funnelLimits } from './funnel'

describe('funnel limits', () => {
  it.each([
    [0.5, 0, 3.72005182292, 0, 6.9517179618],
    [3, 0, 2.13128005495, 0, 3.04216831488],
    [10.5, 0.393655724659, 1.602204696389, 0.138111223711, 2.038044846175],
    [60, 0.746534646825, 1.252508779754, 0.617467915383, 1.413844175920],
    [980, 0.937361882282, 1.062583616699, 0.902238286398, 1.099652975625],
  ])('for %d expected are those of the interpolated Poisson', (expected, low95, high95, low998, high998) => {
    expect(funnelLimits(expected, 0.95)).toEqual({ lower: expect.closeTo(low95, 9), upper: expect.closeTo(high95, 9) })
    expect(funnelLimits(expected, 0.998)).toEqual({ lower: expect.closeTo(low998, 9), upper: expect.closeTo(high998, 9) })
  })

  it('lie around 1, the wider outside the narrower, and close in as more is expected', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3000, noNaN: true }), (expected) => {
        const narrow = funnelLimits(expected, 0.95)
        const wide = funnelLimits(expected, 0.998)
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower)
        expect(narrow.lower).toBeLessThan(1)
        expect(narrow.upper).toBeGreaterThan(1)
        expect(wide.upper).toBeGreaterThan(narrow.upper)
        const further = funnelLimits(expected * 2, 0.95)
        expect(further.upper - further.lower).toBeLessThan(narrow.upper - narrow.lower)
      }),
    )
  })
})

describe('points on the funnel', () => {
  it('are placed by both limits, and a point on a limit is within it', () => {
    const at = (observed: number) => ({ observed, exposure: 105 })
    const places = funnel([at(1), at(3), at(5), at(16), at(17), at(21), at(22)], 0.1).map((point) => point.place)
    expect(places).toEqual(['very low', 'low', 'within', 'within', 'high', 'high', 'very high'])
  })

  it('are held against all of them together where no target is given', () => {
    const found = funnel([{ observed: 2, exposure: 400 }, { observed: 40, exposure: 400 }, { observed: 42, exposure: 880 }])
    expect(found.map((point) => point.expected)).toEqual([20, 20, 44])
    expect(found.map((point) => point.place)).toEqual(['very low', 'very high', 'within'])
  })

  it('have a defined answer for none, one, and nothing observed', () => {
    expect(funnel([])).toEqual([])
    expect(funnel([{ observed: 7, exposure: 3 }])[0]).toMatchObject({ ratio: 1, place: 'within' })
    expect(funnel([{ observed: 0, exposure: 3 }])[0]).toMatchObject({ expected: 0, ratio: 1, place: 'within' })
    expect(funnel([{ observed: 0, exposure: 3 }], 10)[0]).toMatchObject({ expected: 30, ratio: 0, place: 'very low' })
  })

  it('refuse no exposure and a target of zero', () => {
    expect(() => funnel([{ observed: 0, exposure: 0 }])).toThrow('points[0].exposure')
    expect(() => funnel([], 0)).toThrow('targetRate')
  })
})

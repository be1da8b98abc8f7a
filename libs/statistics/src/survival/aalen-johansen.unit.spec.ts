import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../fixtures/fixture'
import { aalenJohansen, incidenceAt } from './aalen-johansen'
import { kaplanMeier } from './kaplan-meier'

const CAUSES = ['pcm', 'death'] as const
const mgus = fixture('mgus2.csv').map((row) => ({
  time: Number(row.time),
  cause: row.cause === 'censored' ? null : (row.cause as (typeof CAUSES)[number]),
}))

describe('Aalen–Johansen', () => {
  it('gives malignancy and death at five years as R does, errors by the infinitesimal jackknife', () => {
    const { survival, causes } = incidenceAt(aalenJohansen(mgus, CAUSES), 60)!
    expect(causes.pcm.share).toBeCloseTo(0.034104, 6)
    expect(causes.pcm.se).toBeCloseTo(0.004889, 6)
    expect(causes.death.share).toBeCloseTo(0.320367, 6)
    expect(causes.death.se).toBeCloseTo(0.012567, 6)
    expect(survival.share + causes.pcm.share + causes.death.share).toBeCloseTo(1, 12)
  })

  it('is below one minus Kaplan–Meier of the one cause, which treats the dead as if they could still fall ill', () => {
    const alone = kaplanMeier(mgus.map(({ time, cause }) => ({ time, event: cause === 'pcm' })))
    const steps = aalenJohansen(mgus, CAUSES).steps
    const last = steps.length - 1
    expect(1 - alone.steps[last]!.survival).toBeGreaterThan(steps[last]!.causes.pcm.share * 1.5)
  })
})

describe('degenerate data', () => {
  const zero = { share: 0, se: 0, interval: null }
  const one = { share: 1, se: 0, interval: null }

  it('says nothing about nobody', () => {
    expect(incidenceAt(aalenJohansen([], CAUSES), 3)).toBeNull()
  })

  it('gives everything to the one outcome of one subject', () => {
    const curve = aalenJohansen([{ time: 4, cause: 'pcm' }], CAUSES)
    expect(incidenceAt(curve, 3)).toEqual({ survival: one, causes: { pcm: zero, death: zero } })
    expect(incidenceAt(curve, 99)).toEqual({ survival: zero, causes: { pcm: one, death: zero } })
  })

  it('stays at none where all are censored, and is silent beyond follow-up', () => {
    const curve = aalenJohansen([{ time: 4, cause: null }, { time: 6, cause: null }], CAUSES)
    expect(incidenceAt(curve, 6)!.causes).toEqual({ pcm: zero, death: zero })
    expect(incidenceAt(curve, 7)).toBeNull()
  })

  it('shares out outcomes of one time, of one subject each', () => {
    const { causes, survival } = incidenceAt(aalenJohansen([{ time: 0, cause: 'pcm' }, { time: 0, cause: 'death' }], CAUSES), 0)!
    expect([causes.pcm.share, causes.death.share, survival.share]).toEqual([0.5, 0.5, 0])
    expect(causes.pcm.se).toBeCloseTo(Math.sqrt(0.125), 12)
    expect(survival.se).toBe(0)
  })

  it('refuses an outcome that is not listed, and one listed twice', () => {
    const argument = (name: string) => expect.objectContaining({ argument: name }) as Error
    expect(() => aalenJohansen<string>([{ time: 1, cause: 'other' }], CAUSES)).toThrow(argument('observations[0].cause'))
    expect(() => aalenJohansen([{ time: -1, cause: null }], CAUSES)).toThrow(argument('observations[0].time'))
    expect(() => aalenJohansen([], ['pcm', 'pcm'])).toThrow(argument('causes'))
    expect(() => aalenJohansen([], CAUSES, 0)).toThrow(argument('level'))
  })
})

describe('for any data', () => {
  const cause = fc.constantFrom('a', 'b', 'c', null)
  const data = fc.array(fc.record({ time: fc.nat(20), cause }), { minLength: 1, maxLength: 40 })
  const all = ['a', 'b', 'c'] as const

  it('sums to one with survival, and survival is Kaplan–Meier of any outcome', () => {
    fc.assert(
      fc.property(data, (observations) => {
        const any = kaplanMeier(observations.map(({ time, cause: kind }) => ({ time, event: kind !== null }))).steps
        aalenJohansen(observations, all).steps.forEach(({ survival, causes }, i) => {
          expect(survival.share + causes.a.share + causes.b.share + causes.c.share).toBeCloseTo(1, 12)
          expect(survival.share).toBeCloseTo(any[i]!.survival, 12)
        })
      }),
    )
  })

  it('with one cause is one minus Kaplan–Meier', () => {
    fc.assert(
      fc.property(data, (observations) => {
        const one = observations.map(({ time, cause: kind }) => ({ time, cause: kind === null ? null : ('a' as const) }))
        const km = kaplanMeier(one.map(({ time, cause: kind }) => ({ time, event: kind !== null }))).steps
        aalenJohansen(one, ['a']).steps.forEach(({ survival, causes }, i) => {
          expect(causes.a.share).toBeCloseTo(1 - km[i]!.survival, 12)
          expect(causes.a.se).toBeCloseTo(survival.se, 9)
        })
      }),
    )
  })

  it('with nobody censored is the share of subjects, with the error of a binomial share', () => {
    const outcome = fc.record({ time: fc.nat(20), cause: fc.constantFrom(...all) })
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 40 }), (observations) => {
        for (const { time, causes } of aalenJohansen(observations, all).steps) {
          const share = observations.filter((o) => o.cause === 'b' && o.time <= time).length / observations.length
          expect(causes.b.share).toBeCloseTo(share, 12)
          expect(causes.b.se).toBeCloseTo(Math.sqrt((share * (1 - share)) / observations.length), 9)
        }
      }),
    )
  })
})

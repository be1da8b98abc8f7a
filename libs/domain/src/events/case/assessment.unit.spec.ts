import { describe, expect, it } from 'vitest'
import { riskLevels, riskRatingSchema, type RiskRating } from './assessment'

const FIVE = [1, 2, 3, 4, 5]
const a = (severity: number, likelihood: number): RiskRating => ({ scheme: 'severity-likelihood', before: { severity, likelihood } })

/** The federation's bands: from 1, from 3, from 8, from 12, from 15. */
const BANDS_A: [number, string][] = [
  [1, 'none'],
  [3, 'minimal'],
  [8, 'moderate'],
  [12, 'serious'],
  [15, 'major'],
]
/** The trust's: from 2, from 6, from 12. */
const BANDS_B: [number, string][] = [
  [2, 'low'],
  [6, 'medium'],
  [12, 'high'],
]
const bandOf = (bands: [number, string][], product: number) => bands.filter(([from]) => from <= product).at(-1)![1]

describe('severity × likelihood', () => {
  it.each(FIVE.flatMap((s) => FIVE.map((l) => [s, l] as const)))('%i × %i', (severity, likelihood) => {
    const product = severity * likelihood
    expect(riskLevels(a(severity, likelihood))).toEqual({ before: { product, level: bandOf(BANDS_A, product) } })
  })

  it('changes level exactly where the bands do', () => {
    const levels = Object.fromEntries(FIVE.flatMap((s) => FIVE.map((l) => [s * l, riskLevels(a(s, l)).before.level])))
    expect(levels).toEqual({
      1: 'none',
      2: 'none',
      3: 'minimal',
      4: 'minimal',
      5: 'minimal',
      6: 'minimal',
      8: 'moderate',
      9: 'moderate',
      10: 'moderate',
      12: 'serious',
      15: 'major',
      16: 'major',
      20: 'major',
      25: 'major',
    })
  })

  it('is rated again after controls', () => {
    expect(riskLevels({ ...a(5, 4), after: { severity: 5, likelihood: 1 } } as RiskRating)).toEqual({
      before: { product: 20, level: 'major' },
      after: { product: 5, level: 'minimal' },
    })
  })

  it('takes 1 to 5', () => {
    for (const bad of [0, 6, 2.5]) {
      expect(riskRatingSchema.safeParse(a(bad, 1)).success).toBe(false)
      expect(riskRatingSchema.safeParse(a(1, bad)).success).toBe(false)
    }
  })
})

describe('hazard × likelihood', () => {
  const HAZARD = { minor: 1, major: 3 } as const
  const LIKELIHOOD = { unlikely: 2, possible: 4, probable: 6 } as const
  const all = Object.entries(HAZARD).flatMap(([h, x]) => Object.entries(LIKELIHOOD).map(([l, y]) => [h, l, x * y] as const))
  const b = (hazard: string, likelihood: string) => ({ scheme: 'hazard-likelihood', before: { hazard, likelihood } }) as RiskRating

  it.each(all)('%s × %s is %i', (hazard, likelihood, product) => {
    expect(riskLevels(b(hazard, likelihood))).toEqual({ before: { product, level: bandOf(BANDS_B, product) } })
  })

  it('has the trust’s six products', () => {
    expect(all.map(([h, l]) => riskLevels(b(h, l)).before)).toEqual([
      { product: 2, level: 'low' },
      { product: 4, level: 'low' },
      { product: 6, level: 'medium' },
      { product: 6, level: 'medium' },
      { product: 12, level: 'high' },
      { product: 18, level: 'high' },
    ])
  })

  it('is not mixed with the other scheme', () => {
    expect(riskRatingSchema.safeParse({ scheme: 'hazard-likelihood', before: { severity: 1, likelihood: 1 } }).success).toBe(false)
  })
})

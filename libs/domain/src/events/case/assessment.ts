import { z } from 'zod'
import { AGE_BANDS, COLOURS, HACKETT_FACTORS, HACKETT_LEVELS, RISK_FOR, RISK_NATURES, RISK_REVIEW_OUTCOMES } from '../../codes'
import { definer } from '../../define'
import { code, codes, date, names, refers, text, whole } from '../../fields'

/** How serious the behaviour and the risk are (step 4). */
const event = definer('case')

/** Severity × likelihood, each 1 to 5 (federation, appendix 3). */
const severityLikelihood = z.strictObject({ severity: whole('of 5', 1, 5), likelihood: whole('of 5', 1, 5) })
/** Hazard minor 1 or major 3 × likelihood unlikely 2, possible 4 or probable 6 (trust, annex A). */
const HAZARDS = ['minor', 'major'] as const
const LIKELIHOODS = ['unlikely', 'possible', 'probable'] as const
const hazardLikelihood = z.strictObject({ hazard: code(HAZARDS), likelihood: code(LIKELIHOODS) })

export const riskRatingSchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: code(['severity-likelihood']), before: severityLikelihood, after: severityLikelihood.optional() }),
  z.strictObject({ scheme: code(['hazard-likelihood']), before: hazardLikelihood, after: hazardLikelihood.optional() }),
])
export type RiskRating = z.infer<typeof riskRatingSchema>

const levelA = (product: number) =>
  product <= 2 ? 'none' : product <= 7 ? 'minimal' : product <= 11 ? 'moderate' : product <= 14 ? 'serious' : 'major'
const levelB = (product: number) => (product <= 4 ? 'low' : product <= 9 ? 'medium' : 'high')

/** The product and the level of a rating before controls; and after them, where they were rated again. */
export function riskLevels(rating: RiskRating) {
  if (rating.scheme === 'severity-likelihood') {
    const rate = (r: { severity: number; likelihood: number }) => ({
      product: r.severity * r.likelihood,
      level: levelA(r.severity * r.likelihood),
    })
    return { before: rate(rating.before), ...(rating.after && { after: rate(rating.after) }) }
  }
  const rate = (r: z.infer<typeof hazardLikelihood>) => {
    const product = (r.hazard === 'minor' ? 1 : 3) * (2 * (LIKELIHOODS.indexOf(r.likelihood) + 1))
    return { product, level: levelB(product) }
  }
  return { before: rate(rating.before), ...(rating.after && { after: rate(rating.after) }) }
}

export const assessmentEvents = [
  event(
    'behaviour-assessed',
    'The behaviour was assessed',
    z.strictObject({
      child: refers('child'),
      incident: refers('incident'),
      tool: z.discriminatedUnion('scheme', [
        z.strictObject({ scheme: code(['traffic-light']), ageBand: code(AGE_BANDS), colour: code(COLOURS) }),
        z.strictObject({ scheme: code(['hackett']), level: code(HACKETT_LEVELS), factors: codes(HACKETT_FACTORS).default([]) }),
      ]),
      note: text('child').optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'risk-assessed',
    'Risk was assessed',
    z.strictObject({
      assessment: names('assessment'),
      forWhom: code(RISK_FOR),
      /** Needed where the assessment is for one child. */
      child: refers('child').optional(),
      natures: codes(RISK_NATURES).min(1),
      rating: riskRatingSchema,
      controls: text('child').optional(),
      reviewDue: date().optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'risk-reviewed',
    'A risk assessment was reviewed',
    z.strictObject({
      assessment: refers('assessment'),
      outcome: code(RISK_REVIEW_OUTCOMES),
      rating: riskRatingSchema.optional(),
      nextDue: date().optional(),
      note: text('case').optional(),
    }),
    { afterClosing: true },
  ),
] as const

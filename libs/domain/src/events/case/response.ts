import { z } from 'zod'
import { AGENCIES, CHECKLIST_ACTIONS, REFERRAL_ANSWERS, ROUTES } from '../../codes'
import { definer } from '../../define'
import { code, codes, flag, names, refers, text, whole, yesNo } from '../../fields'

/** What was decided, and what the agencies answered (steps 5 and 6). */
const event = definer('case')

export const responseEvents = [
  event(
    'decision-recorded',
    'A decision was recorded',
    z.strictObject({
      routes: codes(ROUTES).min(1),
      tier: whole('tier', 1, 4),
      reasons: text('case'),
      agenciesNotInvolved: z.array(z.strictObject({ agency: code(AGENCIES), reason: text('case') })).max(AGENCIES.length).default([]),
      /** What managing sexual harassment internally rests on; all three must hold. */
      internalManagementTest: z.strictObject({ oneOff: flag(), noOffence: flag(), noEarlyHelpNeeded: flag() }).optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'agency-consulted',
    'An agency was asked for advice',
    z.strictObject({ agency: code(AGENCIES), advice: text('case') }),
    { afterClosing: true },
  ),
  event(
    'referral-made',
    'A referral was made',
    z.strictObject({
      referral: names('referral'),
      agency: code(AGENCIES),
      /** Agencies it reaches through the first, as the police through social care. */
      alsoFor: codes(AGENCIES).default([]),
      children: z.array(refers('child')).max(50).default([]),
      /** The agency told the school, rather than the school the agency. */
      madeByAgency: flag().default(false),
      reason: text('case').optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'referral-answered',
    'An agency answered a referral',
    z.strictObject({ referral: refers('referral'), answer: code(REFERRAL_ANSWERS), note: text('case').optional() }),
    { afterClosing: true },
  ),
  event(
    'referral-challenged',
    'A declined referral was challenged',
    z.strictObject({ referral: refers('referral'), grounds: text('case') }),
    { afterClosing: true },
  ),
  event(
    'challenge-answered',
    'A professional challenge was answered',
    z.strictObject({ referral: refers('referral'), answer: code(REFERRAL_ANSWERS), note: text('case').optional() }),
    { afterClosing: true },
  ),
  event(
    'strategy-meeting-held',
    'A strategy meeting was held for one child',
    z.strictObject({
      child: refers('child'),
      agencies: codes(AGENCIES).min(1),
      childAndFamilyAssessment: yesNo(),
      outcome: text('child').optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'school-action-recorded',
    'The checklist of actions taken by the school',
    z.strictObject({
      action: code(CHECKLIST_ACTIONS),
      done: flag(),
      note: text('case').optional(),
    }),
    { afterClosing: true },
  ),
] as const

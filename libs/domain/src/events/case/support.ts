import { z } from 'zod'
import { AGENCIES, PLAN_OUTCOMES, SUPPORT_AREAS, VULNERABILITIES } from '../../codes'
import { definer } from '../../define'
import { code, codes, date, names, refers, text, yesNo } from '../../fields'

/** Support for each child, whatever the role (step 8): ongoing support records, safety plans, aftercare. */
const event = definer('case')
const after = { afterClosing: true }

const review = { outcome: code(PLAN_OUTCOMES), nextDue: date().optional(), note: text('case').optional() }

export const supportEvents = [
  event(
    'named-contact-assigned',
    'A named contact was assigned',
    z.strictObject({ child: refers('child'), contact: text('child', 200) }),
    after,
  ),
  event(
    'professional-involved',
    'A professional became involved with a child',
    z.strictObject({ child: refers('child'), agency: code(AGENCIES), note: text('child').optional() }),
    after,
  ),
  event(
    'vulnerabilities-recorded',
    "A child's vulnerabilities were recorded",
    z.strictObject({ child: refers('child'), vulnerabilities: codes(VULNERABILITIES), note: text('child').optional() }),
    after,
  ),
  event(
    'support-planned',
    'Support was planned',
    z.strictObject({
      plan: names('plan'),
      child: refers('child'),
      needs: z
        .array(
          z.strictObject({ area: code(SUPPORT_AREAS), action: text('child'), lead: text('child', 200).optional(), due: date().optional() }),
        )
        .min(1)
        .max(30),
      /** Of a multi-agency plan: who takes part. */
      agencies: codes(AGENCIES).default([]),
      reviewDue: date().optional(),
    }),
    after,
  ),
  event('support-reviewed', 'Support was reviewed', z.strictObject({ plan: refers('plan'), ...review }), after),
  event(
    'safety-plan-agreed',
    'A safety plan was agreed',
    z.strictObject({
      plan: names('plan'),
      child: refers('child'),
      viewsOfChild: text('child').optional(),
      viewsOfParents: text('child').optional(),
      safePlaces: z.array(refers('place')).max(20).default([]),
      actions: z
        .array(z.strictObject({ action: text('child'), lead: text('child', 200).optional(), due: date().optional() }))
        .max(30)
        .default([]),
      reviewDue: date().optional(),
    }),
    after,
  ),
  event('safety-plan-reviewed', 'A safety plan was reviewed', z.strictObject({ plan: refers('plan'), ...review }), after),
  event(
    'aftercare-reviewed',
    'Aftercare was reviewed',
    z.strictObject({ child: refers('child'), childSaysAllIsWell: yesNo(), nextDue: date().optional(), note: text('child').optional() }),
    after,
  ),
] as const

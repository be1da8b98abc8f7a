import { z } from 'zod'
import { EXPECTATIONS, FOLLOW_UPS, LESSON_THEMES, LOCATION_KINDS, TIME_SLOTS } from '../../codes'
import { definer } from '../../define'
import { code, codes, date, flag, names, refers, text } from '../../fields'

/** The review of circumstances, its lessons and their actions, which outlive a case (step 13). */
const event = definer('review')

const where = {
  places: z.array(refers('place')).max(50).default([]),
  locationKinds: codes(LOCATION_KINDS).default([]),
  slots: codes(TIME_SLOTS).default([]),
}

export const reviewEvents = [
  event(
    'circumstances-reviewed',
    'The circumstances were reviewed',
    z.strictObject({
      /** The case reviewed; none where a school reviews a place or a pattern. */
      case: refers('case').optional(),
      known: text('case').optional(),
      couldHaveBeenDifferent: text('case'),
      hasToChange: text('case'),
    }),
  ),
  event(
    'lesson-recorded',
    'A lesson was learnt',
    z.strictObject({
      lesson: names('lesson'),
      theme: code(LESSON_THEMES),
      ...where,
      wholeTrust: flag().default(false),
      learnt: text('school'),
    }),
  ),
  event(
    'action-agreed',
    'An action was agreed',
    z.strictObject({
      action: names('action'),
      lesson: refers('lesson').optional(),
      what: text('school'),
      owner: text('school', 200),
      due: date(),
      howWeShallKnow: text('school'),
      /** What the owner says beforehand should happen to the number of reports. */
      expected: code(EXPECTATIONS),
      ...where,
      /** The incidents that prompted it: left out of "before" when before and after are compared. */
      promptedBy: z.array(refers('incident')).max(200).default([]),
    }),
  ),
  event('action-completed', 'An action was completed', z.strictObject({ action: refers('action'), note: text('school').optional() })),
  event(
    'action-followed',
    'What came after an action was looked at',
    z.strictObject({ action: refers('action'), followUp: code(FOLLOW_UPS), found: text('school') }),
  ),
] as const

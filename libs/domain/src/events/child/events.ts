import { z } from 'zod'
import { definer } from '../../define'
import { date, flag, refers, text } from '../../fields'

/** What is known of a child beyond one case: enrolment, and that two records are of one child. No name, no birth date. */
const event = definer('child')

export const childEvents = [
  event('child-enrolled', 'A child came on roll', z.strictObject({ at: refers('school'), from: date(), dual: flag().default(false) })),
  event('child-left', 'A child left the roll', z.strictObject({ from: refers('school'), on: date() })),
  event(
    'child-linked',
    'Two records were found to be of one child',
    z.strictObject({ sameAs: refers('child'), grounds: text('child').optional() }),
  ),
  event(
    'child-unlinked',
    'Two records were found not to be of one child',
    z.strictObject({ from: refers('child'), grounds: text('child').optional() }),
  ),
] as const

import { z } from 'zod'
import { CONSEQUENCES, CRIMINAL_STAGES, FINDINGS, LAWFUL_BASES, TRANSFER_REQUESTED_BY } from '../../codes'
import { definer } from '../../define'
import { code, flag, refers, text, whole } from '../../fields'

/** How a case is concluded and what outlasts it (steps 9 to 12). */
const event = definer('case')
const after = { afterClosing: true }

export const conclusionEvents = [
  event(
    'school-finding-recorded',
    "The school's finding for one child",
    z.strictObject({
      child: refers('child'),
      incident: refers('incident').optional(),
      finding: code(FINDINGS),
      reasons: text('child').optional(),
    }),
    after,
  ),
  event(
    'consequence-imposed',
    'A consequence, with support alongside',
    z.strictObject({
      child: refers('child'),
      consequence: code(CONSEQUENCES),
      schoolDays: whole('school days', 0, 200).optional(),
      supportAlongside: text('child'),
    }),
    after,
  ),
  event(
    'criminal-process-updated',
    'The criminal process moved on',
    z.strictObject({ child: refers('child'), stage: code(CRIMINAL_STAGES), conditions: text('child').optional() }),
    after,
  ),
  event(
    'information-shared',
    'Information was shared',
    z.strictObject({
      child: refers('child').optional(),
      with: text('case', 200),
      what: text('child'),
      why: text('child'),
      basis: code(LAWFUL_BASES),
    }),
    after,
  ),
  event(
    'information-transferred',
    'A child moved and the information went along',
    z.strictObject({
      child: refers('child'),
      to: text('child', 200),
      requestedBy: code(TRANSFER_REQUESTED_BY),
      fileSent: flag(),
      receiptConfirmed: flag(),
    }),
    after,
  ),
  event(
    'chronology-entry-made',
    'An entry was made in the chronology',
    z.strictObject({
      children: z.array(refers('child')).max(50).default([]),
      detail: text('child'),
      action: text('child').optional(),
      responsible: text('case', 200).optional(),
      /** Where the document is kept that this rests on. */
      document: text('case', 500).optional(),
    }),
    after,
  ),
  event('case-dealt-with', 'The case was dealt with', z.strictObject({ note: text('case').optional() })),
  event('case-closed', 'The case was closed', z.strictObject({ note: text('case').optional() })),
  event('case-reopened', 'The case was opened again', z.strictObject({ note: text('case') }), after),
] as const

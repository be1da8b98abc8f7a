import { z } from 'zod'
import {
  AGENCIES, CONSENTS, EVIDENCE, LAWFUL_BASES, MANNERS, NOT_TOLD_REASONS, PROFESSIONALS, PROTECTIVE_ACTIONS, REPORTED_BY, STATEMENT_OF,
} from '../../codes'
import { definer } from '../../define'
import { code, flag, refers, text } from '../../fields'

/** The first response to a child: initial response record, wishes, first actions, families, accounts (steps 1 to 3, 7). */
const event = definer('case')

const told = {
  toldTo: text('case', 200).optional(),
  toldWhere: text('case', 500).optional(),
  alsoPresent: text('case', 500).optional(),
  summary: text('case'),
  /** Is the summary in the child's own words? */
  verbatim: flag(),
  twoStaffPresent: flag().optional(),
}

export const tellingEvents = [
  event(
    'disclosure-made',
    'A disclosure was made',
    z.strictObject({ reportedBy: code(REPORTED_BY), child: refers('child').optional(), ...told }),
  ),
  event('concern-noticed', 'A concern was noticed', z.strictObject({ reportedBy: code(REPORTED_BY).default('staff'), ...told })),
  event('concern-taken-up', 'The designated safeguarding lead took it up', z.strictObject({ note: text('case').optional() })),
  event(
    'wishes-recorded',
    "The child's wishes were recorded",
    z.strictObject({
      child: refers('child'),
      consent: code(CONSENTS),
      anonymityAsked: flag(),
      wishes: text('child').optional(),
      overridden: z
        .strictObject({ basis: code(LAWFUL_BASES), reason: text('child'), explained: flag(), supportOffered: flag() })
        .optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'protective-action-taken',
    'A protective action was taken',
    z.strictObject({
      child: refers('child'),
      action: code(PROTECTIVE_ACTIONS),
      by: text('case', 200).optional(),
      note: text('child').optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'professional-notified',
    'A professional was told',
    z.strictObject({ professional: code(PROFESSIONALS), note: text('case').optional() }),
    { afterClosing: true },
  ),
  event(
    'family-told',
    'The family was told',
    z.strictObject({ child: refers('child'), manner: code(MANNERS), by: text('case', 200).optional(), note: text('child').optional() }),
    { afterClosing: true },
  ),
  event(
    'family-not-told',
    'The family was not told, with the reason',
    z.strictObject({ child: refers('child'), because: code(NOT_TOLD_REASONS), detail: text('child') }),
    { afterClosing: true },
  ),
  event(
    'evidence-secured',
    'Evidence was secured',
    z.strictObject({
      evidence: code(EVIDENCE),
      note: text('case').optional(),
      /** An unavoidable viewing of an image: who saw it, why, with whom. */
      viewing: z.strictObject({ by: text('case', 200), why: text('case'), with: text('case', 200) }).optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'statement-taken',
    'A statement was taken',
    z.strictObject({
      of: code(STATEMENT_OF),
      child: refers('child').optional(),
      takenBy: text('case', 200).optional(),
      openQuestionsOnly: flag().optional(),
      verbatim: flag(),
      words: text('child', 20_000),
    }),
    { afterClosing: true },
  ),
  event(
    'agency-agreement-recorded',
    'What the agencies agree may be asked, told and done',
    z.strictObject({
      agency: code(AGENCIES),
      mayInterview: flag(),
      mayTellFamilies: flag(),
      maySanction: flag(),
      terms: text('case'),
    }),
    { afterClosing: true },
  ),
] as const

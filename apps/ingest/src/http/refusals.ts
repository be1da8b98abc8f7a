import type { RefusalCode } from '@circumspect/domain'
import { Problem, type StatusByCode } from '@circumspect/http'
import type { RefusedError } from '../recorder/errors'

/** Refusals that are about what is recorded already are conflicts; the others are about what was sent. */
const CONFLICTS: readonly RefusalCode[] = [
  'already-named',
  'already-recorded',
  'already-superseded',
  'already-withdrawn',
  'case-closed',
  'depended-on',
]

export const refusalProblem = ({ refusal, index }: RefusedError): Problem =>
  new Problem(CONFLICTS.includes(refusal.code) ? 409 : 422, {
    code: refusal.code,
    title: 'This cannot be recorded as it stands',
    detail: refusal.message,
    errors: refusal.field === undefined ? [] : [{ field: refusal.field, message: refusal.message }],
    index,
  })

const UNAVAILABLE = {
  status: 503,
  title: 'Not now',
  detail: 'The records cannot be written now: the disk may be full or busy. Nothing was recorded; send the same again in a while.',
}

/** What errors of the store and the vault mean to a caller. */
export const INGEST_STATUSES: StatusByCode = {
  'wrong-expected-revision': {
    status: 409,
    title: 'Somebody else recorded something meanwhile',
    detail:
      'The record has moved on from the revision you expected. Read it again; where your facts still hold, send them with the revision given here.',
  },
  'duplicate-event': {
    status: 409,
    title: 'This id is taken',
    detail:
      'An event with one of these ids is recorded already, in another record or only for part of these events. Give new facts new ids.',
  },
  'id-clash': { status: 409, title: 'This id is taken' },
  'school-missing': { status: 422, title: 'Whose is it?' },
  'child-erased': { status: 409, title: 'This record has been erased' },
  'conflicting-references': { status: 409, title: 'Two children, not one' },
  unavailable: UNAVAILABLE,
  SQLITE_BUSY: UNAVAILABLE,
  SQLITE_FULL: UNAVAILABLE,
  SQLITE_IOERR: UNAVAILABLE,
  SQLITE_READONLY: UNAVAILABLE,
}

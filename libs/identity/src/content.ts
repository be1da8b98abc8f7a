import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { WITHDRAWAL, type NewEvent } from '@circumspect/domain'

/**
 * What the caller said, in canonical form: two events are the same if this is. Leaves out what the recorder writes: when, by
 * whom, the original's place, the effect of a withdrawal.
 */
export function spokenContent(event: NewEvent): string {
  const { id, type, version, occurredAt, supersedes, reason, source, data } = event
  const { effect: _effect, ...withdrawal } = data
  return canonicalize({ id, type, version, occurredAt, supersedes, reason, source, data: type === WITHDRAWAL ? withdrawal : data })!
}

/** Which sealed form of an event this is: two writers may have sealed the same id at once. */
export const sealedContent = (event: NewEvent): Buffer =>
  createHash('sha256').update(canonicalize({ data: event.data, reason: event.reason, source: event.source })!).digest()

import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { mapTexts, textsOf, WITHDRAWAL, type NewEvent } from '@circumspect/domain'

/**
 * What the caller said, in canonical form: two events are the same if this is. Leaves out what the recorder writes: when, by
 * whom, the original's place, the effect of a withdrawal.
 */
export function spokenContent(event: NewEvent): string {
  const { id, type, version, occurredAt, supersedes, reason, source, data } = event
  const { effect: _effect, ...withdrawal } = data
  return canonicalize({ id, type, version, occurredAt, supersedes, reason, source, data: type === WITHDRAWAL ? withdrawal : data })!
}

/** Which sealed form of an event this is, in hex: two writers may have sealed other content under the same id at once. */
export const sealedContent = (sealed: NewEvent): string => createHash('sha256').update(spokenContent(sealed)).digest('hex')

/** `event` without those texts that stand in `sealed` and not in `open`, because their keys are destroyed. */
export function withoutLost(event: NewEvent, sealed: NewEvent, open: NewEvent): NewEvent {
  const fields = (of: NewEvent) => new Set(textsOf(of).map((text) => text.field))
  const [all, legible] = [fields(sealed), fields(open)]
  return mapTexts(event, ({ field, value }) => (all.has(field) && !legible.has(field) ? undefined : value))
}

import canonicalize from 'canonicalize'
import { withoutPosition, type RecordedEvent, type StoredEvent } from '@circumspect/domain'

/** The canonical JSON (RFC 8785) of an event as it is stored and hashed: everything but its position. */
export function canonicalEvent(event: StoredEvent | RecordedEvent): string {
  return canonicalize('position' in event ? withoutPosition(event as RecordedEvent) : event)!
}

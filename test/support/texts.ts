import { definitionOf, textsOf, type EventType, type JsonObject, type NewEvent, type RecordedEvent, type StreamId } from '@circumspect/domain'
import type { ChildReference } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { newEvent } from './events'

export const AT = '2026-03-20T12:00:00.000Z'
export const fact = (type: EventType, data: JsonObject, rest: Partial<NewEvent> = {}) => newEvent({ type, version: definitionOf(type)!.version, data, ...rest })
export const disclosure = (summary = 'What was said') => fact('disclosure-made', { reportedBy: 'staff', summary, verbatim: false })
export const wishes = (child: string, said = 'What the child wishes') => fact('wishes-recorded', { child, consent: 'given', anonymityAsked: false, wishes: said })
export const entry = (children: string[], detail = 'What happened') => fact('chronology-entry-made', { children, detail })
export const replacing = (event: NewEvent, data: JsonObject = event.data): NewEvent => ({
  ...event, id: randomUUID(), supersedes: event.id, original: { id: event.id, revision: 0 }, reason: 'It was redacted', data,
})

/** As a store gives it back. */
export const kept = (stream: StreamId, sealed: NewEvent, revision = 0): RecordedEvent => ({ ...(JSON.parse(JSON.stringify(sealed)) as NewEvent), stream, revision, position: revision })
export const legible = (event: NewEvent) => textsOf(event).map((text) => text.field)

export const reference = (value: string = randomUUID(), scheme = 'upn'): ChildReference => ({ issuer: 'dfe', scheme, value })

import {
  definitionOf, textsOf, type EventType, type JsonObject, type NewEvent, type RecordedEvent, type StreamId,
} from '@circumspect/domain'
import type { ChildReference } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { newEvent } from './events'

export const AT = '2026-03-20T12:00:00.000Z'

export const fact = (type: EventType, data: JsonObject, rest: Partial<NewEvent> = {}): NewEvent =>
  newEvent({ type, version: definitionOf(type)!.version, data, ...rest })

/** With a text about the case. */
export const disclosure = (summary = 'What was said') => fact('disclosure-made', { reportedBy: 'staff', summary, verbatim: false })
/** With a text about this child. */
export const wishes = (child: string, said = 'What the child wishes') =>
  fact('wishes-recorded', { child, consent: 'given', anonymityAsked: false, wishes: said })
/** With a text about these children. */
export const entry = (children: string[], detail = 'What happened') => fact('chronology-entry-made', { children, detail })
/** With texts about the case reviewed. */
export const review = (ofCase: string) =>
  fact('circumstances-reviewed', { case: ofCase, couldHaveBeenDifferent: 'What could have been', hasToChange: 'What has to change' })

/** The same fact said again, to take the place of this event. */
export const replacing = (event: NewEvent, data: JsonObject = event.data): NewEvent => ({
  ...event, id: randomUUID(), supersedes: event.id, original: { id: event.id, revision: 0 }, reason: 'It was redacted', data,
})

/** As a store gives it back. */
export const kept = (stream: StreamId, event: NewEvent): RecordedEvent => ({
  ...(JSON.parse(JSON.stringify(event)) as NewEvent), stream, revision: 3, position: 17,
})

/** Which texts of an event are there. */
export const legible = (event: NewEvent): string[] => textsOf(event).map((text) => text.field)

export const reference = (value: string = randomUUID(), scheme = 'upn'): ChildReference => ({ issuer: 'dfe', scheme, value })

import { definitionOf, toFeedEvent, type FeedEvent, type JsonObject, type NewEvent, type RecordedEvent } from '@circumspect/domain'

/** The texts that a type cannot do without; the feed has none. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'disclosure-made': ['summary'],
  'concern-noticed': ['summary'],
  'school-registered': ['name'],
  'place-named': ['name'],
  'decision-recorded': ['reasons'],
  'named-contact-assigned': ['contact'],
  'circumstances-reviewed': ['couldHaveBeenDifferent', 'hasToChange'],
  'lesson-recorded': ['learnt'],
  'action-agreed': ['what', 'owner', 'howWeShallKnow'],
}
/** As long as a sealed sentence or two. */
const SEALED = { v: 1, keyId: '00000000-0000-4000-8000-00000000bbbb', nonce: 'AAAAAAAAAAAAAAAA', ciphertext: 'Q'.repeat(160) }

const withTexts = (event: FeedEvent, text: JsonObject | string): JsonObject => ({ ...event.data, ...Object.fromEntries((TEXTS[event.type] ?? []).map((field) => [field, text])) })

/** The event as a store is given it: with its texts, sealed. */
export function asRecorded({ position: _position, stream: _stream, revision: _revision, source: _source, ...event }: FeedEvent): NewEvent {
  return { ...event, data: withTexts(event as FeedEvent, SEALED) }
}

/** Throws unless the event, with texts, is valid by its schema, and is what the feed would carry of it. */
export function mustBeValid(event: FeedEvent): void {
  const definition = definitionOf(event.type)
  if (!definition) throw new Error(`No such type: ${event.type}`)
  const parsed = definition.data.safeParse(withTexts(event, 'Made up.'))
  if (!parsed.success) throw new Error(`Not a valid ${event.type}: ${parsed.error.message}`)
  const carried = toFeedEvent({ ...asRecorded(event), stream: event.stream, revision: event.revision, position: event.position } as RecordedEvent)
  if (sorted(carried) !== sorted(event)) throw new Error(`The feed would carry ${sorted(carried)}, made was ${sorted(event)}`)
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'object' && v !== null && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v))

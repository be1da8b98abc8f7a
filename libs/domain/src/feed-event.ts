import { definitionOf } from './catalogue'
import { envelopeSchema, type RecordedEvent } from './envelope'
import { upcast } from './upcast'
import { mapLeaves } from './leaves'

/** An event as the feed carries it: codes, measures and ids alone, in the newest version of its type. */
export type FeedEvent = Omit<RecordedEvent, 'reason' | 'source'> & {
  readonly source?: { readonly system: string; readonly recordedAt?: string }
}

const withoutTexts = <T>(schema: Parameters<typeof mapLeaves>[0], value: T): T =>
  mapLeaves(schema, value, (leaf) => (leaf.meta.field === 'text' ? undefined : leaf.value))

/**
 * Strips an event to what may travel. An allow-list, not a block-list: only fields that the schema knows are copied, and
 * of those only the ones not classed as text.
 */
export function toFeedEvent(recorded: RecordedEvent): FeedEvent {
  const event = upcast(recorded)
  const definition = definitionOf(event.type)!
  return {
    ...withoutTexts<Omit<RecordedEvent, 'reason' | 'source'>>(envelopeSchema, event),
    stream: event.stream,
    revision: event.revision,
    position: event.position,
    type: event.type,
    version: event.version,
    data: withoutTexts(definition.data, event.data),
  }
}

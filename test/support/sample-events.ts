import { definitionOf, envelopeSchema, streamId, type EventType, type JsonObject, type NewEvent, type StreamId } from '@circumspect/domain'
import { createHash } from 'node:crypto'
import { fullData, optionsOf, type LeafValue } from './full-data'
import { idOf } from './least-facts'

/** Words that stand nowhere else: whoever finds them found a text. They are the same however JSON writes them. */
const planted = (seed: number, path: string): string =>
  `Planted ${createHash('sha256').update(`${seed} ${path}`).digest('hex').slice(0, 12)} for ${path}`
const PLANTED = /^Planted [0-9a-f]{12} for /

const sampled =
  (seed: number, prefix: string): LeafValue =>
  (path, meta, usual) => {
    const name = prefix + path
    if (meta.field === 'text') return planted(seed, name)
    return meta.field === 'id' ? idOf(`${seed} ${name}`) : usual
  }

/**
 * A valid event with every field that its envelope and its schema know, unmistakable words in every text. The same seed gives the
 * same event, another seed other ids and words; the seed also chooses among the options of a union.
 */
export function sampleEvent(type: EventType, { seed = 0 }: { readonly seed?: number } = {}): NewEvent {
  const definition = definitionOf(type)!
  const envelope = fullData(envelopeSchema, 0, sampled(seed, `${type} `)) as Omit<NewEvent, 'type' | 'version' | 'data'>
  const data = fullData(definition.data, seed % optionsOf(definition.data), sampled(seed, `${type} data.`)) as JsonObject
  envelopeSchema.parse(envelope)
  return { ...envelope, type, version: definition.version, data: definition.data.parse(data) as JsonObject }
}

/** One sample for each option that the unions of this type have. */
export const sampleEvents = (type: EventType): NewEvent[] =>
  Array.from({ length: optionsOf(definitionOf(type)!.data) }, (_, seed) => sampleEvent(type, { seed }))

/** A stream on which a type is at home. */
export const sampleStream = (type: EventType, seed = 0): StreamId => streamId(definitionOf(type)!.stream, idOf(`${seed} ${type} stream`))

/** Every planted text in a value, wherever it stands and whatever the schemas say. */
export function plantedTexts(value: unknown): string[] {
  if (typeof value === 'string') return PLANTED.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(plantedTexts) : []
}

import { definitionOf, type FeedEvent } from '@circumspect/domain'
import type { KafkaMessage, Message } from 'kafkajs'
import { z } from 'zod'

/**
 * A CloudEvent 1.0 in structured mode: the value of the message is one JSON object. `sequence` is the position; `previous` the
 * position of the event before it in the same partition, so that a reader notices a gap. Both are strings of 16 digits, which sort as
 * they count: a CloudEvents integer ends at 2³¹.
 */
export const CONTENT_TYPE = 'application/cloudevents+json'
export const SOURCE = 'urn:circumspect:history'
const WATERMARK = 'circumspect.watermark'
const EVENT = 'circumspect.'

/** No event before: the first of its partition. */
export const NONE = -1

/** The absolute name of the schema of a type's data. */
export const schemaName = (type: string, version: number): string => `urn:circumspect:feed:${type}:${version}`

const digits = (position: number): string => String(position).padStart(16, '0')
const before = (previous: number) => (previous === NONE ? {} : { previous: digits(previous) })
const headers = { 'content-type': CONTENT_TYPE }

/** An event as a message, its stream the key. */
export function eventMessage({ id, type, version, stream, recordedAt, position, ...data }: FeedEvent, previous: number): Message {
  const cloudEvent = {
    specversion: '1.0',
    id,
    source: SOURCE,
    type: EVENT + type,
    subject: stream,
    time: recordedAt,
    datacontenttype: 'application/json',
    dataschema: schemaName(type, version),
    sequence: digits(position),
    ...before(previous),
    data,
  }
  return { key: stream, value: JSON.stringify(cloudEvent), headers }
}

/** Says that every event of the partition up to `position` stands before this message; `previous` is the last of them. */
export function watermarkMessage(partition: number, position: number, previous: number): Message {
  const cloudEvent = { specversion: '1.0', id: `watermark-${partition}-${position}`, source: SOURCE, type: WATERMARK, sequence: digits(position), ...before(previous) }
  return { key: null, value: JSON.stringify(cloudEvent), headers }
}

export interface Received {
  /** Undefined for a watermark. */
  readonly event: FeedEvent | undefined
  readonly position: number
  readonly previous: number
}

/** A message is not one of ours, or was written by a newer program. */
export class UnreadableMessageError extends Error {
  readonly code = 'unreadable-message'
  constructor(offset: string, what: string) {
    super(`The message at offset ${offset} cannot be read: ${what}`)
  }
}

const sequence = z.string().regex(/^\d{16}$/).transform(Number)
const received = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal(SOURCE),
  type: z.string().startsWith(EVENT),
  subject: z.string().optional(),
  time: z.string().optional(),
  dataschema: z.string().optional(),
  sequence,
  previous: sequence.optional(),
  data: z.looseObject({ revision: z.int() }).optional(),
})

/** @throws UnreadableMessageError */
export function readMessage({ offset, value }: Pick<KafkaMessage, 'offset' | 'value'>): Received {
  const parsed = received.safeParse(jsonOf(value))
  if (!parsed.success) throw new UnreadableMessageError(offset, 'expected a CloudEvent written by the relay. Name a topic that nothing else writes to.')
  const { id, type: fullType, subject: stream, time: recordedAt, sequence: position, previous = NONE, data, dataschema } = parsed.data
  if (fullType === WATERMARK) return { event: undefined, position, previous }
  const type = fullType.slice(EVENT.length)
  const version = definitionOf(type)?.version
  if (version === undefined || dataschema !== schemaName(type, version))
    throw new UnreadableMessageError(offset, `expected ${type} as version ${version ?? 'none'}. Run relay and readers in one version of the program.`)
  if (stream === undefined || recordedAt === undefined || data === undefined) throw new UnreadableMessageError(offset, 'expected subject, time and data.')
  return { event: { id, type, version, stream, recordedAt, position, ...data } as FeedEvent, position, previous }
}

function jsonOf(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString('utf8') ?? '')
  } catch {
    return undefined
  }
}

import { z } from 'zod'
import { instant, refers, slug, text, whole, names } from './fields'
import { occurredAtSchema } from './occurred'

export const STREAM_KINDS = ['case', 'school', 'child', 'review', 'release'] as const
export type StreamKind = (typeof STREAM_KINDS)[number]
/** `case-<uuid>`, `school-<uuid>` … */
export type StreamId = `${StreamKind}-${string}`

export const streamId = (kind: StreamKind, id: string): StreamId => `${kind}-${id}`

const STREAM = /^(case|school|child|review|release)-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/** The kind of a stream and the id of what it is about. Throws on what is not a stream id. */
export function parseStream(stream: string): { kind: StreamKind; id: string } {
  const match = STREAM.exec(stream)
  if (!match) throw new Error('Not a stream id: expected <kind>-<uuid>.')
  return { kind: match[1] as StreamKind, id: match[2]! }
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined }
export type JsonObject = { [key: string]: Json | undefined }

/** A text as it is stored: AES-256-GCM under its own data key, bound to stream, event, field and key id. Base64url. */
export interface SealedText {
  readonly v: 1
  readonly keyId: string
  readonly nonce: string
  readonly ciphertext: string
}

export const isSealed = (value: unknown): value is SealedText =>
  typeof value === 'object' && value !== null && 'ciphertext' in value && 'keyId' in value && 'nonce' in value

/** Where an imported fact comes from. `record` is the source's own key for it. */
export const sourceSchema = z.strictObject({
  system: slug(),
  record: text('case', 200),
  recordedAt: instant().optional(),
})

/** What a caller may say of a fact. The rest of the envelope is written by the one who records it. */
export const factSchema = z.strictObject({
  id: names('event'),
  occurredAt: occurredAtSchema,
  supersedes: refers('event').optional(),
  reason: text('case', 2000).optional(),
  source: sourceSchema.optional(),
})

/** The envelope without `type`, `version` and `data`, every field classed: what the feed may carry is read off this. */
export const envelopeSchema = factSchema.extend({
  recordedAt: instant(),
  recordedBy: refers('account'),
  school: refers('school'),
  /** Of a superseding event or a withdrawal: the first event of the fact, whose place in the order it takes. */
  original: z.strictObject({ id: refers('event'), revision: whole('revision', 0, 2 ** 31 - 1) }).optional(),
})

/** An event before the store has given it its place. */
export interface NewEvent<D = JsonObject> {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly occurredAt: z.infer<typeof occurredAtSchema>
  readonly recordedAt: string
  readonly recordedBy: string
  readonly school: string
  readonly supersedes?: string
  readonly original?: { readonly id: string; readonly revision: number }
  readonly reason?: string | SealedText
  readonly source?: { readonly system: string; readonly record: string | SealedText; readonly recordedAt?: string }
  readonly data: D
}

/** An event in its stream. */
export interface StoredEvent<D = JsonObject> extends NewEvent<D> {
  readonly stream: StreamId
  /** 0, 1, 2 … within the stream. */
  readonly revision: number
}

/** An event with its dense ordinal 0, 1, 2 … over all streams, in the store's own order. */
export interface RecordedEvent<D = JsonObject> extends StoredEvent<D> {
  readonly position: number
}

/** What of an event is hashed and never changes: all but the position. */
export function withoutPosition<D>(event: RecordedEvent<D>): StoredEvent<D> {
  const { position: _position, ...stored } = event
  return stored
}

import { parseStream, STREAM_KINDS, type JsonObject, type NewEvent, type StoredEvent, type StreamId } from '@circumspect/domain'
import { canonicalEvent } from '../canonical'
import { leafHash } from '../merkle/tree'
import type { Entry, LogRecord } from './client'

/** How the names of our streams begin: what the server is asked for. */
export const OUR_PREFIXES = STREAM_KINDS.map((kind) => `${kind}-`)

/**
 * Is it an event of ours? Decided by the stream's whole name and nothing else, so that everybody who counts counts the same: not the
 * server's own (`$…`), not our claims of ids, not those of another program.
 */
export function isOurs({ stream }: Pick<LogRecord, 'stream'>): boolean {
  try {
    parseStream(stream)
    return true
  } catch {
    return false
  }
}

/**
 * An event as it is kept: its id and type are the server's, its content the data, the rest of the envelope the metadata; beside it the
 * hash that verification compares it with.
 * @throws where it cannot be written as JSON
 */
export function toEntry(event: NewEvent, stream: StreamId, revision: number): Entry {
  const canonical = canonicalEvent({ ...event, stream, revision })
  const { id, type, data, stream: _stream, revision: _revision, ...envelope } = JSON.parse(canonical) as StoredEvent
  return { id, type, data, metadata: { ...envelope, leaf: leafHash(canonical).toString('hex') } }
}

type Kept = Omit<StoredEvent, 'id' | 'type' | 'data' | 'stream' | 'revision'> & { readonly leaf?: string }

/** Undefined where it is no event as ours are kept. */
export function toStored({ id, type, stream, revision, data, metadata }: LogRecord): StoredEvent | undefined {
  if (!isObject(data) || !isObject(metadata) || typeof metadata.recordedAt !== 'string') return undefined
  const { leaf: _leaf, ...envelope } = metadata as unknown as Kept
  return { ...envelope, id, type, stream: stream as StreamId, revision, data: data as JsonObject }
}

/** The hash kept beside an event: 32 bytes, undefined where it is gone. */
export function leafOf({ metadata }: LogRecord): Buffer | undefined {
  const leaf = isObject(metadata) ? metadata.leaf : undefined
  return typeof leaf === 'string' && /^[0-9a-f]{64}$/.test(leaf) ? Buffer.from(leaf, 'hex') : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)

import type { Gate } from '@circumspect/access'
import { parseStream, streamId, type StreamKind } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Request, RequestHandler } from 'express'
import { z } from 'zod'
import { whoAsks } from './account'

const KINDS: Readonly<Record<string, StreamKind>> = { cases: 'case', schools: 'school', children: 'child', reviews: 'review' }
const EVENTS = /^\/api\/(cases|schools|children|reviews)\/([^/]+)\/events\/?$/
const DRAFTS = /^\/api\/drafts(\/|$)/
/** About every school at once. */
const EVERYWHERE = /^\/api\/(imports(\/|$)|children\/[^/]+\/erasure\/?$)/
/** Asked with a body, and nothing is recorded. */
const READING = /^\/api\/find\/?$/

/**
 * Stands before ingest, in one process with it or in front of it: who records, and at which school. A session that may not record writes
 * nothing at all; the commands of this installation are let through, as are reads, which have their own gate.
 */
export function recordingGate(gate: Gate, store: Pick<EventStore, 'readStream'>): RequestHandler {
  return (request, _response, next) => {
    checked(request, gate, store).then(() => next(), next)
  }
}

async function checked(request: Request, gate: Gate, store: Pick<EventStore, 'readStream'>): Promise<void> {
  // Addresses are matched whatever their case, as the routes behind are.
  const path = request.path.toLowerCase()
  const writes = request.method !== 'GET' && request.method !== 'HEAD'
  if (!path.startsWith('/api/') || READING.test(path) || path === '/api/health') return
  if (!writes && !EVERYWHERE.test(path) && !DRAFTS.test(path)) return
  const { account, by } = whoAsks(request)
  if (by === 'tool') return
  if (EVERYWHERE.test(path)) return gate.recordingEverywhere(account)
  gate.recording(account)
  const school = await schoolOf(request, path, store)
  if (school === 'new') return gate.recordingEverywhere(account)
  gate.recording(account, school)
}

/** Where it would be recorded; `new` for a school that is not there yet, undefined where it is of none, or ingest will refuse it. */
async function schoolOf({ query }: Request, path: string, store: Pick<EventStore, 'readStream'>): Promise<string | undefined> {
  const [, kind = '', id] = EVENTS.exec(path) ?? []
  const parsed = z.uuid().safeParse(decoded(id))
  if (!parsed.success) return undefined
  const stream = streamId(KINDS[kind]!, parsed.data)
  const [first] = await store.readStream(stream)
  if (parseStream(stream).kind === 'school') return first ? parsed.data : 'new'
  return first?.school ?? (typeof query.school === 'string' ? query.school.toLowerCase() : undefined)
}

/** As the route behind will read it; undefined where it cannot be read. */
function decoded(part = ''): string | undefined {
  try {
    return decodeURIComponent(part).toLowerCase()
  } catch {
    return undefined
  }
}

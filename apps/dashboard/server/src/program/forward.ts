import { Problem } from '@circumspect/http'
import type { Request, RequestHandler, Response } from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

export interface Ingest {
  /** Where ingest listens. */
  readonly url: string
  readonly token: string
  readonly accountOf: (request: Request) => string
}

const EVENTS = /^\/api\/(cases|schools|children|reviews)\/[^/]+\/events$/
const CHILDREN = /^\/api\/children(\/[^/]+\/erasure)?$/
const IMPORTS = /^\/api\/imports(\/[^/]+)?$/
const DRAFTS = /^\/api\/drafts(\/[^/]+)?$/
const OPEN_API = /^\/api\/openapi\.json$/
/** What is ingest's to answer. Everything else the dashboard answers itself. */
const OF_INGEST: Readonly<Record<string, readonly RegExp[]>> = {
  GET: [IMPORTS, DRAFTS, OPEN_API],
  POST: [EVENTS, CHILDREN, IMPORTS],
  PUT: [DRAFTS],
  DELETE: [DRAFTS],
}

/** Hands what the pages record on to ingest, in the name of the account, and its answer back, unread both ways. */
export function forwardToIngest(ingest: Ingest): RequestHandler {
  return (request, response, next) => {
    if (!OF_INGEST[request.method]?.some((address) => address.test(request.path))) return next()
    forward(ingest, request, response).catch(() => (response.headersSent ? response.destroy() : next(away())))
  }
}

async function forward({ url, token, accountOf }: Ingest, request: Request, response: Response): Promise<void> {
  const passed = ['content-type', 'content-encoding'].flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])] as const]))
  // Put together from its parts: a request may name a whole address, and that must not lead anywhere else.
  const to = new URL(url)
  to.pathname = request.path
  to.search = new URL(request.originalUrl, url).search
  const answer = await fetch(to, {
    method: request.method,
    headers: { ...Object.fromEntries(passed), Authorization: `Bearer ${token}`, 'X-Circumspect-Account': accountOf(request) },
    ...((request.method === 'POST' || request.method === 'PUT') && { body: Readable.toWeb(request) as BodyInit, duplex: 'half' }),
    redirect: 'error',
  })
  response.status(answer.status).type(answer.headers.get('content-type') ?? 'application/json')
  if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response)
  else response.end()
}

const away = () =>
  new Problem(503, {
    code: 'unavailable',
    title: 'Not now',
    detail: 'The part that records is away. What was sent may or may not be recorded: send the same again in a while, nothing is recorded twice.',
  })

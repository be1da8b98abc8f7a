import type { NextFunction, Request, RequestHandler, Response } from 'express'
import express from 'express'
import { badRequest, Problem } from './problem'

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** The largest body, in bytes, by the start of the path. The first that fits counts. */
export interface BodyLimits {
  readonly [pathStart: string]: number
}

/** Reads a JSON body, with a limit, strictly: UTF-8, `application/json`, nothing else. */
export function jsonBody(limits: BodyLimits): RequestHandler {
  const readers = Object.entries(limits).map(([start, limit]) => ({ start, limit, read: express.raw({ type: () => true, limit }) }))
  return (request: Request, response: Response, next: NextFunction) => {
    const reader = readers.find(({ start }) => request.path.startsWith(start))
    if (!WRITES.has(request.method) || !reader) return next()
    reader.read(request, response, (error?: unknown) => {
      try {
        if (error) throw readingProblem(error, reader.limit)
        request.body = parse(request)
        next()
      } catch (problem) {
        next(problem)
      }
    })
  }
}

function readingProblem(error: unknown, limit: number): Problem {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === 413)
    return new Problem(413, { code: 'too-large', title: 'Too large', detail: `Send at most ${Math.floor(limit / 1024)} kB at once. Nothing was recorded.` })
  return badRequest('The body could not be read to its end. Send it again.')
}

function parse(request: Request): unknown {
  const body: unknown = request.body
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new Problem(415, { code: 'not-json', title: 'Not JSON', detail: 'Send JSON, with the header Content-Type: application/json.' })
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badRequest('The body is not JSON in UTF-8. Check brackets, commas and quotation marks.')
  }
}

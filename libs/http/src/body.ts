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
    return new Problem(413, {
      code: 'too-large',
      title: 'Too large',
      detail: `Send at most ${Math.floor(limit / 1024)} kB at once. Nothing was recorded.`,
    })
  if (status === 415) return notJson('Send the body as it is or packed with gzip; another Content-Encoding is not known here.')
  return badRequest('The body could not be read to its end. Send it again.')
}

const notJson = (detail: string) => new Problem(415, { code: 'not-json', title: 'Not JSON', detail })

function parse(request: Request): unknown {
  const body: unknown = request.body
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw notJson('Send JSON, with the header Content-Type: application/json.')
  const value = fromJson(body)
  if (!isPlain(value))
    throw badRequest('There are characters in the body that no text has: the character NUL, or half of a character. Take them out.')
  return value
}

function fromJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badRequest('The body is not JSON in UTF-8. Check brackets, commas and quotation marks.')
  }
}

const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** Is every text in it, keys too, one that can be written down? Goes as deep as JSON does, without recursion. */
function isPlain(root: unknown): boolean {
  const left: unknown[] = [root]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && !isText(value)) return false
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) && !Object.keys(value).every(isText)) return false
    for (const inner of Object.values(value)) left.push(inner)
  }
  return true
}

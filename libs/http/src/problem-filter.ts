import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { badRequest, Problem, type ProblemDetails } from './problem'

/** Errors of the libraries below that have a meaning for the caller: by their `code`. Without a detail, the error's own message is it. */
export type StatusByCode = Readonly<Record<string, { readonly status: number; readonly title: string; readonly detail?: string }>>

/** Turns whatever was thrown into problem details (RFC 9457). The only place where a status is decided. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly statuses: StatusByCode,
    private readonly log: (message: string) => void,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const response = http.getResponse<Response>()
    const { status, details } = this.problemOf(error, http.getRequest<Request>())
    if (response.headersSent) return
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ type: `urn:circumspect:problem:${details.code}`, status, ...details }))
  }

  private problemOf(error: unknown, request: Request): { status: number; details: ProblemDetails } {
    if (error instanceof Problem) return { status: error.status, details: error.details }
    const known = this.known(error)
    if (known) return known
    if (error instanceof HttpException) return { status: error.getStatus(), details: refused(error.getStatus()) }
    const reference = randomUUID()
    // The error's name and place, never its message: that could hold what somebody wrote.
    const place =
      error instanceof Error
        ? `${error.name} ${
            error.stack
              ?.split('\n')
              .find((line) => line.trim().startsWith('at '))
              ?.trim() ?? ''
          }`
        : typeof error
    this.log(`unexpected error ${reference} at ${request.method} ${request.route?.path ?? ''}: ${place}`)
    return {
      status: 500,
      details: {
        code: 'unexpected',
        title: 'Something went wrong here',
        detail: `It is not your doing. Tell whoever runs this service the reference ${reference}.`,
      },
    }
  }

  private known(error: unknown): { status: number; details: ProblemDetails } | undefined {
    const code = codeOf(error)
    if (code === undefined || !(error instanceof Error) || !Object.hasOwn(this.statuses, code)) return undefined
    const { status, title, detail = error.message } = this.statuses[code]!
    return {
      status,
      details: { code, title, detail, ...numbered('actualRevision', error, 'actual'), ...numbered('index', error, 'index') },
    }
  }
}

/** What the framework itself refuses. */
function refused(status: number): ProblemDetails {
  if (status === 404)
    return {
      code: 'not-found',
      title: 'Not found',
      detail: 'There is nothing at this address. The description of the interface is at /api/openapi.json.',
    }
  if (status === 400) return badRequest('The address cannot be read: look for a stray % in it.').details
  return { code: 'refused', title: 'Refused', detail: 'The request cannot be answered.' }
}

const numbered = (name: 'actualRevision' | 'index', error: object, key: string): object => {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'number' ? { [name]: value } : {}
}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined

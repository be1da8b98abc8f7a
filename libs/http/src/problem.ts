import type { FieldProblem } from '@circumspect/domain'

export interface ProblemDetails {
  /** Stable machine code of the problem. */
  readonly code: string
  readonly title: string
  /** What to do, in a sentence. Never repeats what was sent. */
  readonly detail: string
  readonly errors?: readonly FieldProblem[]
  /** Which of several events it is about, counted from 0. */
  readonly index?: number
  /** Of a conflict: the revision the stream is at. */
  readonly actualRevision?: number
}

/** An answer that is a problem (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly details: ProblemDetails,
  ) {
    super(details.detail)
  }
}

export const badRequest = (detail: string, errors: readonly FieldProblem[] = []) =>
  new Problem(400, { code: 'bad-request', title: 'The request cannot be read', detail, errors })

export const invalid = (errors: readonly FieldProblem[], index?: number) =>
  new Problem(422, {
    code: 'invalid',
    title: 'Some fields are not as expected',
    detail: 'Correct the fields named under errors and send it again. Nothing was recorded.',
    errors,
    ...(index !== undefined && { index }),
  })

export const notFound = (what: string) => new Problem(404, { code: 'not-found', title: 'Not found', detail: `There is no such ${what}.` })

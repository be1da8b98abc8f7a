import { Problem } from '@circumspect/http'
import type { Request, RequestHandler } from 'express'
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Names the account on whose behalf a program asks. */
export const ACCOUNT_HEADER = 'x-circumspect-account'

const digest = (text: string) => createHash('sha256').update(text).digest()
const account = z.uuid()

/** Lets in programs that know the token and say for which account they ask. */
export function guard(token: string): RequestHandler {
  const wanted = digest(`Bearer ${token}`)
  return (request, _response, next) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted))
      return next(new Problem(401, { code: 'not-signed-in', title: 'Not signed in', detail: 'Send the token of this service as Authorization: Bearer …' }))
    if (!account.safeParse(request.headers[ACCOUNT_HEADER]).success)
      return next(new Problem(400, { code: 'no-account', title: 'No account', detail: `Name the account that records in the header ${ACCOUNT_HEADER}: a UUID was expected.` }))
    next()
  }
}

export const accountOf = (request: Request): string => String(request.headers[ACCOUNT_HEADER])

import type { Account } from '@circumspect/access'
import { Problem } from '@circumspect/http'
import type { Request, RequestHandler, Response } from 'express'
import { note, type LetIn, LOCAL_ACCOUNT } from './account'
import { OPENING, SIGNED_OUT, signInPage } from './door-pages'
import type { Sessions } from './sessions'

/** With the port in its name: cookies know hosts, not ports, and two services may run on this computer. */
const cookieOf = ({ headers }: Request): string => `circumspect-${/:(\d+)$/.exec(headers.host ?? '')?.[1] ?? '80'}`
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

const POLICY = [
  "default-src 'self'",
  // The component library writes style elements; nothing else may be inline.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

export interface Doors {
  /** The address that people open, where it is not this computer's: `https://figures.example.org`. */
  readonly address?: string | undefined
  /** What to type for a new link. */
  readonly linkCommand?: string
  /** Told who has come in, before anything is shown; where it fails, nobody comes in. */
  readonly signedIn?: (account: Account) => Promise<void>
}

/** Lets in only who has opened the link, at one of our own addresses, and notes whose request it is; no answer is to be kept. */
export function guard(sessions: Sessions, { address, linkCommand = 'npm run link', signedIn = () => Promise.resolve() }: Doors = {}): RequestHandler {
  const outside = address === undefined ? undefined : new URL(address)
  const secure = outside?.protocol === 'https:'
  return (request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    })
    if (!isOurs(request, outside)) return next(notLocal())
    if (request.path === '/sign-in') return void signIn(request, response).catch(next)
    if (request.path === '/signed-out') return void response.type('html').send(SIGNED_OUT)
    const who = letIn(sessions, request)
    if (who) note(request, who)
    if (who && request.path === '/api/sign-out' && request.method === 'POST') return signOut(sessions, request, response, secure)
    if (request.path === '/api/health' || who) return next()
    if (request.path.startsWith('/api/') || request.path === '/metrics') return next(notSignedIn(linkCommand))
    response.status(401).type('html').send(signInPage(linkCommand))
  }

  async function signIn(request: Request, response: Response): Promise<void> {
    const session = typeof request.query.token === 'string' ? sessions.exchange(request.query.token) : undefined
    const account = session === undefined ? undefined : sessions.accountOf(session)
    if (!account) return void response.status(401).type('html').send(signInPage(linkCommand))
    await signedIn(account)
    response.cookie(cookieOf(request), session, { httpOnly: true, sameSite: 'strict', path: '/', secure })
    response.type('html').send(OPENING)
  }
}

const notLocal = () =>
  new Problem(403, { code: 'not-local', title: 'Not from here', detail: 'Open the address printed at start, on this computer.' })
const notSignedIn = (linkCommand: string) =>
  new Problem(401, {
    code: 'not-signed-in',
    title: 'Not signed in',
    detail: `Open the link you were given. It works once: for a new one, run ${linkCommand}, or ask whoever runs Circumspect.`,
  })

/** The address asked for is one of ours (against DNS rebinding), and writes come from our own pages or tools. */
function isOurs({ headers: { host, origin }, method }: Request, outside: URL | undefined): boolean {
  if (host === undefined || !(LOOPBACK.test(host) || host === outside?.host)) return false
  const own = host === outside?.host ? outside.origin : `http://${host}`
  return method === 'GET' || method === 'HEAD' || origin === undefined || origin === own
}

function letIn(sessions: Sessions, request: Request): LetIn | undefined {
  const bearer = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return sessions.isTool(bearer) ? { account: LOCAL_ACCOUNT, by: 'tool' } : undefined
  const session = sessionIn(request)
  const account = session === undefined ? undefined : sessions.accountOf(session)
  return account && { account, by: 'session' }
}

function sessionIn(request: Request): string | undefined {
  const start = `${cookieOf(request)}=`
  return (request.headers.cookie ?? '').split(/; */).find((c) => c.startsWith(start))?.slice(start.length)
}

function signOut(sessions: Sessions, request: Request, response: Response, secure: boolean): void {
  sessions.end(sessionIn(request) ?? '')
  response.clearCookie(cookieOf(request), { httpOnly: true, sameSite: 'strict', path: '/', secure })
  response.status(204).end()
}

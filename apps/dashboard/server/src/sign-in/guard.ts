import { Problem } from '@circumspect/http'
import type { Request, RequestHandler, Response } from 'express'
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
  readonly linkCommand: string
}

/** Lets in only who has opened the link, at one of our own addresses; every answer says that it is not to be kept. */
export function guard(sessions: Sessions, { address, linkCommand }: Doors = { linkCommand: 'npm run link' }): RequestHandler {
  const outside = address === undefined ? undefined : new URL(address)
  return (request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    })
    if (!isOurs(request, outside)) return next(notLocal())
    if (request.path === '/sign-in') return signIn(sessions, request, response, signInPage(linkCommand), outside?.protocol === 'https:')
    if (request.path === '/api/health' || isSignedIn(sessions, request)) return next()
    if (request.path.startsWith('/api/') || request.path === '/metrics') return next(notSignedIn(linkCommand))
    response.status(401).type('html').send(signInPage(linkCommand))
  }
}

const notLocal = () =>
  new Problem(403, { code: 'not-local', title: 'Not from here', detail: 'Open the address printed at start, on this computer.' })
const notSignedIn = (linkCommand: string) =>
  new Problem(401, {
    code: 'not-signed-in',
    title: 'Not signed in',
    detail: `Open the link printed at start. It works once: for a new one, run ${linkCommand}.`,
  })

/** The address asked for is one of ours (against DNS rebinding), and writes come from our own pages or tools. */
function isOurs({ headers: { host, origin }, method }: Request, outside: URL | undefined): boolean {
  if (host === undefined || !(LOOPBACK.test(host) || host === outside?.host)) return false
  const own = host === outside?.host ? outside.origin : `http://${host}`
  return method === 'GET' || method === 'HEAD' || origin === undefined || origin === own
}

function isSignedIn(sessions: Sessions, request: Request): boolean {
  const bearer = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return sessions.isTool(bearer)
  const start = `${cookieOf(request)}=`
  const cookie = (request.headers.cookie ?? '').split(/; */).find((c) => c.startsWith(start))
  return cookie !== undefined && sessions.isSession(cookie.slice(start.length))
}

function signIn(sessions: Sessions, request: Request, response: Response, again: string, secure: boolean): void {
  const session = typeof request.query.token === 'string' ? sessions.exchange(request.query.token) : undefined
  if (session === undefined) return void response.status(401).type('html').send(again)
  response.cookie(cookieOf(request), session, { httpOnly: true, sameSite: 'strict', path: '/', secure })
  response.type('html').send(OPENING)
}

/** The browser follows a refresh of our own page with its strict cookie, and the token leaves the address bar. */
const OPENING = `<!doctype html>
<html lang="en">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0;url=/">
<title>Circumspect</title>
<p>Opening …</p>
</html>`

const STYLE = `
:root{color-scheme:light dark}
body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}
code{border:1px solid;border-radius:3px;padding:.1em .4em}`

const signInPage = (linkCommand: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to Circumspect</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<main>
<h1>Please open a new link</h1>
<p>Circumspect is opened with a link. Each link works once, in one browser, for one working day. If you have used yours, it works no more;
nor does it after Circumspect has been started again.</p>
<p>On the computer where Circumspect runs, type <code>${linkCommand}</code> and open the address it prints.</p>
</main>
</html>`

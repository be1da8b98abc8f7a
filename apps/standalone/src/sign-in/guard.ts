import { Problem } from '@circumspect/http'
import type { Request, RequestHandler, Response } from 'express'
import type { Sessions } from './sessions'

const COOKIE = 'circumspect-session'
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

/** Lets in only who has opened the link, from this computer; every answer says that it is not to be kept. */
export function guard(sessions: Sessions): RequestHandler {
  return (request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    })
    if (!isLocal(request)) return next(new Problem(403, { code: 'not-local', title: 'Not from here', detail: 'Open the address printed at start, on this computer.' }))
    if (request.path === '/sign-in') return signIn(sessions, request, response)
    if (request.path === '/api/health' || isSignedIn(sessions, request)) return next()
    if (request.path.startsWith('/api/') || request.path === '/metrics')
      return next(new Problem(401, { code: 'not-signed-in', title: 'Not signed in', detail: 'Open the link printed at start. It works once: for a new one, run npm run link.' }))
    response.status(401).type('html').send(signInPage())
  }
}

/** The address asked for is this computer's (against DNS rebinding), and writes come from our own pages or tools. */
function isLocal(request: Request): boolean {
  const { host, origin } = request.headers
  if (host === undefined || !LOOPBACK.test(host)) return false
  return request.method === 'GET' || request.method === 'HEAD' || origin === undefined || origin === `http://${host}`
}

function isSignedIn(sessions: Sessions, request: Request): boolean {
  const bearer = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return sessions.isTool(bearer)
  const cookie = (request.headers.cookie ?? '').split(/; */).find((c) => c.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
  return cookie !== undefined && sessions.isSession(cookie)
}

function signIn(sessions: Sessions, request: Request, response: Response): void {
  const session = typeof request.query.token === 'string' ? sessions.exchange(request.query.token) : undefined
  if (session === undefined) return void response.status(401).type('html').send(signInPage())
  response.cookie(COOKIE, session, { httpOnly: true, sameSite: 'strict', path: '/' })
  // The browser follows a refresh of our own page with its strict cookie, and the token leaves the address bar.
  response.type('html').send('<!doctype html><html lang="en"><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=/"><title>Circumspect</title><p>Opening …</p></html>')
}

const signInPage = () => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to Circumspect</title>
<link rel="icon" href="data:,">
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color:#1f2933}code{background:#eef1f4;padding:.1em .4em}</style>
<main>
<h1>Please open a new link</h1>
<p>The link to Circumspect works once, in one browser. This one has been used, or the service has been started again since.</p>
<p>On the computer where Circumspect runs, type <code>npm run link</code> and open the address it prints.</p>
</main>
</html>`

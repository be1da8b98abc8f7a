import type { Account } from '@circumspect/access'
import { Problem } from '@circumspect/http'
import express, { type NextFunction, type Request, type Response } from 'express'
import { request as send, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf, LOCAL_ACCOUNT, whoAsks } from './account'
import { guard } from './guard'
import { Sessions } from './sessions'

describe('the guard', () => {
  const sessions = new Sessions(() => new Date())
  const cameIn: Account[] = []
  let server: Server
  let port: number

  beforeAll(async () => {
    const app = express()
    app.use(guard(sessions, { signedIn: (account) => Promise.resolve(void cameIn.push(account)) }))
    app.get('/who', (request: Request, response: Response) => void response.json(whoAsks(request)))
    app.use((_request: Request, response: Response) => void response.send('inside'))
    app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
      response.status(error instanceof Problem ? error.status : 500).json(error instanceof Problem ? error.details : {})
    })
    await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', () => resolve())))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  /** As any program may send it: fetch would not let the Host be another. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((resolve, reject) => {
      const request = send({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }))
      })
      request.on('error', reject)
      request.end()
    })
  const tool = () => ({ Authorization: `Bearer ${sessions.toolToken}` })
  const signIn = async () => (await ask(`/sign-in?token=${sessions.issueLink()}`)).headers['set-cookie']![0]!

  it('lets in who has opened the link: once, with a cookie no script can read, and the token gone from the address', async () => {
    const path = `/sign-in?token=${sessions.issueLink()}`
    const opened = await ask(path)
    expect(opened.status).toBe(200)
    expect(opened.body).toContain('http-equiv="refresh" content="0;url=/"')
    const cookie = opened.headers['set-cookie']![0]!
    expect(cookie).toMatch(new RegExp(`^circumspect-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))
    expect((await ask('/', { Cookie: `a=b; ${cookie.split(';')[0]}; c=d` })).body).toBe('inside')
    const again = await ask(path)
    expect([again.status, again.headers['set-cookie']]).toEqual([401, undefined])
    expect(again.body).toContain('npm run link')
  })

  it('knows whose request it is: the account’s the link was for, the commands’, or nobody’s', async () => {
    const governor: Account = { id: 'account-2', role: 'governor', schools: ['school-1'] }
    const cookie = (await ask(`/sign-in?token=${sessions.issueLink(governor)}`)).headers['set-cookie']![0]!.split(';')[0]!
    expect(cameIn.at(-1)).toEqual(governor)
    expect(JSON.parse((await ask('/who', { Cookie: cookie })).body)).toEqual({ account: governor, by: 'session' })
    expect(JSON.parse((await ask('/who', tool())).body)).toEqual({ account: LOCAL_ACCOUNT, by: 'tool' })
    // A wrong token is not made good by a cookie beside it.
    expect((await ask('/who', { Cookie: cookie, Authorization: 'Bearer x' })).status).toBe(401)
    expect(() => accountOf({} as Request)).toThrow('did not come through the guard')
  })

  it('lets nobody in where it cannot be written down who came', async () => {
    const app = express()
    app.use(guard(sessions, { signedIn: () => Promise.reject(new Error('The disk is full.')) }))
    app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => void response.status(500).end())
    const other = await new Promise<Server>((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
    })
    const answer = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/sign-in?token=${sessions.issueLink()}`)
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null])
    await new Promise((resolve) => other.close(resolve))
  })

  it('signs out: the session is over, not the cookie alone', async () => {
    const cookie = (await signIn()).split(';')[0]!
    const out = await ask('/api/sign-out', { Cookie: cookie, Origin: `http://127.0.0.1:${port}` }, 'POST')
    expect([out.status, out.headers['set-cookie']![0]]).toEqual([204, expect.stringContaining('Expires=Thu, 01 Jan 1970')])
    expect((await ask('/', { Cookie: cookie })).status).toBe(401)
    expect((await ask('/signed-out')).body).toContain('You have signed out')
    const stays = (await signIn()).split(';')[0]!
    expect((await ask('/api/sign-out', { Cookie: stays, Origin: 'https://evil.example' }, 'POST')).status).toBe(403)
    expect((await ask('/', { Cookie: stays })).body).toBe('inside')
  })

  it('does not take the cookie of another service on this computer', async () => {
    const session = (await signIn()).split(';')[0]!.split('=')[1]!
    expect((await ask('/', { Cookie: `circumspect-1=${session}` })).status).toBe(401)
  })

  it('shows everybody else a page, or a problem where a program asks', async () => {
    const page = await ask('/reports/trend')
    expect([page.status, page.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8'])
    expect(page.body).toContain('Please open a new link')
    for (const path of ['/api/reports/trend', '/api/schools', '/metrics']) {
      const problem = await ask(path)
      expect(problem.status).toBe(401)
      expect(JSON.parse(problem.body)).toMatchObject({ code: 'not-signed-in' })
    }
    expect((await ask('/api/health')).body).toBe('inside')
  })

  it('lets in the commands of this installation, and no other token', async () => {
    expect((await ask('/api/schools', tool())).body).toBe('inside')
    for (const token of ['', 'x', sessions.issueLink()])
      expect((await ask('/api/schools', { Authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await ask('/sign-in?token=a&token=b')).status).toBe(401)
    expect((await ask('/sign-in')).status).toBe(401)
  })

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:7400', 'x@127.0.0.1', '192.168.0.1'])(
    'answers nobody who asks for the host "%s"',
    async (host) => {
      const answer = await ask('/api/schools', { ...tool(), Host: host })
      expect([400, 403]).toContain(answer.status)
      expect(answer.body).not.toContain('inside')
    },
  )

  it('takes writes from our own pages and tools, from no other page', async () => {
    const cookie = (await signIn()).split(';')[0]!
    const write = (Origin?: string) => ask('/api/links', { Cookie: cookie, ...(Origin !== undefined && { Origin }) }, 'POST')
    expect((await write(`http://127.0.0.1:${port}`)).body).toBe('inside')
    expect((await write()).body).toBe('inside')
    for (const origin of ['https://evil.example', 'null', `http://localhost:${port}`, `https://127.0.0.1:${port}`, 'http://127.0.0.1:1'])
      expect((await write(origin)).status).toBe(403)
  })

  it('tells the browser to keep nothing, to run nothing but our own, and to tell nobody', async () => {
    for (const path of ['/', '/sign-in', '/api/health']) {
      const { headers } = await ask(path)
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
      const policy = headers['content-security-policy']!
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/script-src|unsafe-eval|https?:/)
    }
  })
})

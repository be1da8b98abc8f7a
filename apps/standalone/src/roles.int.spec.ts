import { CASE_READERS, Gate, MADE_UP, NOT_YET, SqliteAuditLog, type Account, type Leaving, type Role } from '@circumspect/access'
import type { Sessions } from '@circumspect/dashboard'
import { streamId } from '@circumspect/domain'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import 'reflect-metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fact, idOf, OTHER_SCHOOL, PLACE, SCHOOL } from '../../../test/support/least-facts'
import { sent } from '../../../test/support/ingest'
import { openHistory, TESTER, type History } from '../../../test/support/service'
import { reports } from '../../dashboard/server/src/reports-for-tests'
import { createWholeApp } from './app'

const [CASE, CHILD, REVIEW, DRAFT, NEW] = ['a case', 'a child', 'a review', 'a draft', 'a new one'].map(idOf) as [string, string, string, string, string]

/** Who a route is for. Files and figures go to governors and boards only where nobody in them is real. */
type For = 'everybody' | 'figures' | 'files' | 'cases' | 'recording' | 'every-school' | 'commands'

/** Every route there is, and of each at least one request. A route that is not here fails the test. */
const ROUTES: readonly (readonly [method: string, route: string, path: string, whom: For])[] = [
  ['get', '/api/me', '/api/me', 'everybody'],
  ['get', '/api/health', '/api/health', 'everybody'],
  ['get', '/api/ready', '/api/ready', 'everybody'],
  ['get', '/metrics', '/metrics', 'everybody'],
  ['get', '/api/leaving', '/api/leaving', 'everybody'],
  ['get', '/api/openapi.json', '/api/openapi.json', 'everybody'],
  ['get', '/api/reports', '/api/reports', 'everybody'],
  ['get', '/api/schools', '/api/schools', 'figures'],
  ['get', '/api/reports/:name', '/api/reports/trend', 'figures'],
  ['get', '/api/reports/:name', `/api/reports/trend?schools=${SCHOOL}`, 'figures'],
  ['get', '/api/reports/:name', '/api/reports/trend?format=csv', 'files'],
  ['get', '/api/reports/:name', '/api/reports/trend?format=xlsx', 'files'],
  ['get', '/api/reports/:name', '/api/reports/repeats', 'cases'],
  ['get', '/api/reports/:name/findings', '/api/reports/trend/findings', 'figures'],
  ['get', '/api/reports/:name/findings', '/api/reports/repeats/findings', 'cases'],
  ['get', '/api/reports/:name/cases', `/api/reports/hotspots/cases?table=first&column=incidents&row.place=${PLACE}`, 'cases'],
  ['get', '/api/annual', '/api/annual?year=2025', 'files'],
  ['get', '/api/annual.pdf', '/api/annual.pdf?year=2025', 'files'],
  ['get', '/api/annual.xlsx', '/api/annual.xlsx?year=2025', 'files'],
  ['get', '/api/today', '/api/today', 'cases'],
  ['post', '/api/find', '/api/find', 'cases'],
  ['get', '/api/children/:id', `/api/children/${CHILD}`, 'cases'],
  ['get', '/api/cases', '/api/cases', 'cases'],
  ['get', '/api/cases/:id', `/api/cases/${CASE}`, 'cases'],
  ['get', '/api/cases/:id/chronology', `/api/cases/${CASE}/chronology`, 'cases'],
  ['get', '/api/cases/:id/waiting', `/api/cases/${CASE}/waiting`, 'cases'],
  ['get', '/api/cases/:id/review', `/api/cases/${CASE}/review`, 'cases'],
  ['get', '/api/lessons', '/api/lessons', 'cases'],
  ['get', '/api/lessons/shared', '/api/lessons/shared', 'cases'],
  ['post', '/api/cases/:id/events', `/api/cases/${CASE}/events`, 'recording'],
  ['post', '/api/schools/:id/events', `/api/schools/${SCHOOL}/events`, 'recording'],
  ['post', '/api/schools/:id/events', `/api/schools/${NEW}/events`, 'every-school'],
  ['post', '/api/children/:id/events', `/api/children/${CHILD}/events?school=${SCHOOL}`, 'recording'],
  ['post', '/api/reviews/:id/events', `/api/reviews/${REVIEW}/events?school=${SCHOOL}`, 'recording'],
  ['post', '/api/children', '/api/children', 'recording'],
  ['get', '/api/drafts', '/api/drafts', 'recording'],
  ['get', '/api/drafts/:id', `/api/drafts/${DRAFT}`, 'recording'],
  ['put', '/api/drafts/:id', `/api/drafts/${DRAFT}`, 'recording'],
  ['delete', '/api/drafts/:id', `/api/drafts/${DRAFT}`, 'recording'],
  ['post', '/api/children/:id/erasure', `/api/children/${CHILD}/erasure`, 'every-school'],
  ['post', '/api/imports', '/api/imports', 'every-school'],
  ['get', '/api/imports/:id', `/api/imports/${NEW}`, 'every-school'],
  ['post', '/api/links', '/api/links', 'commands'],
  ['get', '/api/accounts', '/api/accounts', 'commands'],
  ['delete', '/api/accounts/:id', `/api/accounts/${NEW}`, 'commands'],
  ['post', '/api/rebuild', '/api/rebuild', 'commands'],
]

const PEOPLE: readonly Account[] = [
  { id: idOf('dsl'), role: 'designated-safeguarding-lead', schools: 'all' },
  { id: idOf('head'), role: 'headteacher', schools: [SCHOOL] },
  { id: idOf('governor'), role: 'governor', schools: [SCHOOL] },
  { id: idOf('board'), role: 'trust-board', schools: 'all' },
]

function mayOpen(whom: For, role: Role, madeUp: boolean): boolean {
  const readsCases = CASE_READERS.includes(role)
  return {
    everybody: true,
    figures: readsCases || madeUp,
    files: madeUp,
    cases: readsCases,
    recording: readsCases,
    'every-school': role === 'designated-safeguarding-lead',
    commands: false,
  }[whom]
}

/** The whole service, but for its engine: its figures are of a double. */
async function openService(history: History, leaving: Leaving) {
  const web = join(history.directory, 'web')
  mkdirSync(web, { recursive: true })
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Pages</title>')
  const audit = new SqliteAuditLog(join(history.directory, `audit-${leaving.allowed}.db`))
  let url = ''
  const ports = { ...history, reports, gate: new Gate(leaving), audit, leaving, now: () => new Date('2026-03-20T12:00:00Z'), parts: () => ({}), tools: { rebuild: () => Promise.resolve() }, web }
  const { app, sessions } = await createWholeApp(ports, () => url, () => undefined)
  await app.listen(0, '127.0.0.1')
  url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`
  const close = async () => {
    await app.close()
    await audit.close()
  }
  return { app, sessions, url, audit, close }
}

describe('what each role may open', () => {
  let history: History
  let demo: Awaited<ReturnType<typeof openService>>
  let real: typeof demo

  beforeAll(async () => {
    history = await openHistory()
    for (const school of [SCHOOL, OTHER_SCHOOL]) await history.recorder.record(streamId('school', school), [fact('school-registered', { name: `School ${school.slice(0, 4)} (made up)` })], { recordedBy: TESTER })
    await history.recorder.record(streamId('case', CASE), [fact('disclosure-made')], { recordedBy: TESTER, school: SCHOOL })
    ;[demo, real] = [await openService(history, MADE_UP), await openService(history, NOT_YET)]
  })
  afterAll(async () => {
    await demo.close()
    await real.close()
    await history.close()
  })

  const cookieOf = (sessions: Sessions, url: string, account: Account) => `circumspect-${new URL(url).port}=${sessions.exchange(sessions.issueLink(account))!}`
  const asked = ({ sessions, url }: typeof demo, account: Account, method: string, path: string, body?: unknown) =>
    fetch(url + path, {
      method: method.toUpperCase(),
      headers: { Cookie: cookieOf(sessions, url, account), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  it('is asked of every route there is', () => {
    const express: unknown = demo.app.getHttpAdapter().getInstance()
    const { stack } = (express as { router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] } }).router
    const registered = stack.flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : []))
    expect(registered.length).toBeGreaterThan(30)
    expect([...new Set(ROUTES.map(([method, route]) => `${method} ${route}`))].sort()).toEqual([...new Set(registered)].sort())
  })

  describe.each(PEOPLE)('a $role', (account) => {
    it.each(ROUTES)('%s %s: %s', async (method, _route, path, whom) => {
      for (const [service, madeUp] of [[demo, true], [real, false]] as const) {
        const response = await asked(service, account, method, path, path === '/api/find' ? {} : undefined)
        const where = `${madeUp ? 'the demo' : 'where children are real'}: ${response.status}`
        if (mayOpen(whom, account.role, madeUp)) expect([401, 403, 500].includes(response.status), where).toBe(false)
        else {
          expect(response.status, where).toBe(403)
          expect((await response.json() as { detail: string }).detail).toMatch(/^[A-Z].+\.$/)
        }
      }
    })
  })

  it('is nothing at all to who has not signed in, but that it lives', async () => {
    for (const [method, , path] of ROUTES) {
      const { status } = await fetch(demo.url + path, { method: method.toUpperCase() })
      expect(status, path).toBe(path === '/api/health' ? 200 : 401)
    }
  })

  it('ends at the schools of the account, for reading and for recording', async () => {
    const elsewhere: Account = { id: idOf('another lead'), role: 'designated-safeguarding-lead', schools: [OTHER_SCHOOL] }
    const fenced = [
      ['get', `/api/cases/${CASE}`], ['get', `/api/cases/${CASE}/review`], ['get', `/api/reports/trend?schools=${SCHOOL}`], ['get', `/api/today?school=${SCHOOL}`],
      ['post', `/api/cases/${CASE}/events`], ['post', `/api/cases/${CASE}/events?school=${OTHER_SCHOOL}`], ['post', `/api/CASES/${CASE.toUpperCase()}/events/`],
      ['post', `/api/cases/${CASE.replaceAll('-', '%2D')}/events`], ['post', `/api/cases/${NEW}/events?school=${SCHOOL}`], ['post', `/api/schools/${SCHOOL}/events`],
      ['post', `/api/reviews/${REVIEW}/events?school=${SCHOOL}`], ['post', '/api/imports'], ['post', `/api/children/${CHILD}/erasure`], ['post', `/api/schools/${NEW}/events`],
    ] as const
    for (const [method, path] of fenced) expect((await asked(demo, elsewhere, method, path, method === 'post' ? sent('concern-taken-up') : undefined)).status, `${method} ${path}`).toBe(403)
    expect((await history.store.readStream(streamId('case', CASE))).length).toBe(1)
    const own = await asked(demo, elsewhere, 'post', `/api/cases/${NEW}/events?school=${OTHER_SCHOOL}`, sent('disclosure-made'))
    expect(own.status).toBe(201)
    expect((await history.store.readStream(streamId('case', NEW)))[0]!.recordedBy).toBe(elsewhere.id)
  })

  it('offers registering a school to whom it is granted, and to nobody else', async () => {
    const people: Account[] = [...PEOPLE, { id: idOf('lead of one'), role: 'designated-safeguarding-lead', schools: [SCHOOL] }]
    for (const account of people) {
      const { opens } = (await (await asked(demo, account, 'get', '/api/me')).json()) as { opens: { everySchool: boolean } }
      const school = idOf(`a school that ${account.id} registers`)
      const { status } = await asked(demo, account, 'post', `/api/schools/${school}/events`, sent('school-registered', { name: 'Example Wood (made up)' }))
      const who = `${account.role}, ${account.schools.length} schools`
      expect([opens.everySchool, status], who).toEqual(account === PEOPLE[0] ? [true, 201] : [false, 403])
      expect(await history.store.readStream(streamId('school', school)), who).toHaveLength(status === 201 ? 1 : 0)
    }
  })

  it('shows a governor figures that lead to no case', async () => {
    const governor = PEOPLE.find(({ role }) => role === 'governor')!
    const text = await (await asked(demo, governor, 'get', '/api/reports/hotspots')).text()
    expect(text).toContain('"incidents":3')
    expect(text).not.toMatch(/"cases":true|caseKeys/)
    expect(await (await asked(demo, governor, 'get', '/api/me')).json()).toEqual({
      role: 'governor', name: null, schools: [`School ${SCHOOL.slice(0, 4)} (made up)`], opens: { cases: false, figures: true, recording: false, everySchool: false }, why: null,
    })
    expect(await (await asked(real, governor, 'get', '/api/me')).json()).toMatchObject({ opens: { figures: false }, why: NOT_YET.allowed ? '' : NOT_YET.why })
  })

  describe('people', () => {
    const tool = (body?: unknown, method = body === undefined ? 'GET' : 'POST', path = body === undefined ? '/api/accounts' : '/api/links') =>
      fetch(demo.url + path, {
        method,
        headers: { Authorization: `Bearer ${demo.sessions.toolToken}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    type Given = { link: string; person: { id: string } }
    const given = async (body: unknown) => (await (await tool(body)).json()) as Given
    const signIn = async (link: string) => (await fetch(link)).headers.get('set-cookie')!.split(';')[0]!
    const me = async (cookie: string) => fetch(`${demo.url}/api/me`, { headers: { Cookie: cookie } })

    it('come in by a link as who they are, the same account the next time, and it is written down', async () => {
      const asks = { role: 'governor', schools: [`school ${SCHOOL.slice(0, 4)}`], name: 'Somebody (made up)' }
      const first = await given(asks)
      expect(await (await me(await signIn(first.link))).json()).toMatchObject({ role: 'governor', name: 'Somebody (made up)' })
      expect((await demo.audit.entries()).at(-1)).toMatchObject({ account: first.person.id, action: 'sign-in', subject: 'governor' })
      expect((await given({ ...asks, schools: [SCHOOL] })).person.id).toBe(first.person.id)
      expect((await given({ account: first.person.id })).person).toEqual(first.person)
      expect((await given({ ...asks, name: 'Somebody else (made up)' })).person.id).not.toBe(first.person.id)
      expect((await given({ ...asks, role: 'headteacher' })).person.id).not.toBe(first.person.id)
    })

    it('are shut out at once when they are removed', async () => {
      const { link, person } = await given({ role: 'trust-board', name: 'Somebody who goes (made up)' })
      const cookie = await signIn(link)
      expect(await (await tool()).text()).toContain('Somebody who goes')
      expect((await tool(undefined, 'DELETE', `/api/accounts/${person.id}`)).status).toBe(204)
      expect((await me(cookie)).status).toBe(401)
      expect(await (await tool()).text()).not.toContain('Somebody who goes')
      expect((await tool({ account: person.id })).status).toBe(404)
      expect((await tool(undefined, 'DELETE', `/api/accounts/${person.id}`)).status).toBe(404)
    })

    it.each([
      [{ role: 'governor' }, 'schools', 'say which'],
      [{ role: 'governor', schools: ['Nowhere'] }, 'schools', 'No school is called like that. There are: School'],
      [{ role: 'king' }, 'role', 'Expected one of: designated-safeguarding-lead, headteacher, governor, trust-board.'],
      [{ account: NEW, role: 'governor' }, 'account', 'give its id alone'],
      [{ account: 'x' }, 'account', 'id (UUID)'],
    ])('are not made of %j, and it says why', async (body, field, words) => {
      const refused = await tool(body)
      expect(refused.status).toBe(422)
      expect(await refused.json()).toMatchObject({ errors: [{ field, message: expect.stringContaining(words) as string }] })
    })
  })
})

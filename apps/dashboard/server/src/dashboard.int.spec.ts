import type { CaseListed } from '@circumspect/views'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACTION, idOf, PLACE, SCHOOL } from '../../../../test/support/least-facts'
import { NOT_YET } from './leaving'
import { CASE, LEAD, openReader, usual, type Around, type Reader } from './reader-for-tests'
import { asked, assumptions, listed, REVIEW_ID } from './reports-for-tests'
import type { CaseReview } from './reviews/reviews.controller'

const UNKNOWN = idOf('nothing of ours')

describe('the reader', () => {
  let reader: Reader
  let audit: Reader['audit']
  let around: Around

  beforeAll(async () => {
    reader = await openReader()
    ;({ audit, around } = reader)
  })
  beforeEach(() => void Object.assign(around, usual()))
  afterAll(() => reader.close())

  const get: Reader['get'] = (path, headers) => reader.get(path, headers)
  const json: Reader['json'] = (path) => reader.json(path)

  describe('gives a report', () => {
    it('of every school there is, with the names of schools and places, and writes down that it was read', async () => {
      const answer = await get('/api/reports/hotspots?from=2026-01-01&to=2026-03-31&asOf=2026-02-01T00:00:00Z')
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        report: 'hotspots',
        position: 7,
        names: {
          [SCHOOL]: 'Example Primary (made up)',
          [PLACE]: '=The long corridor',
        },
      })
      expect(asked.at(-1)).toEqual({
        schools: [SCHOOL],
        from: '2026-01-01',
        to: '2026-03-31',
        asOf: '2026-02-01T00:00:00Z',
      })
      expect((await audit.entries()).at(-1)).toEqual({
        at: '2026-03-20T12:00:00.000Z',
        account: 'account-1',
        action: 'read-report',
        subject: 'hotspots',
        position: 7,
      })
    })

    it.each([
      ['/api/reports/hotspots?format=csv', {}],
      ['/api/reports/hotspots', { Accept: 'text/csv' }],
    ])('as CSV: %s %j', async (path, headers) => {
      const answer = await get(path, headers)
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="circumspect-hotspots-first-all-position-7.csv"')
      expect(answer.headers.get('x-store-position')).toBe('7')
      expect(decodeURIComponent(answer.headers.get('x-report-definition')!)).toBe('What it means – “so”.')
      expect(await answer.text()).toBe("Place,Incidents\r\n'=The long corridor,3\r\n")
      expect((await audit.entries()).at(-1)).toMatchObject({
        action: 'export-report',
        subject: 'hotspots',
        position: 7,
      })
    })

    it('with what was agreed, in words', async () => {
      expect(await json('/api/reports/lessons')).toMatchObject({
        names: { [ACTION]: 'A member of staff at the corner' },
      })
      const csv = await (await get('/api/reports/lessons?format=csv&table=actions')).text()
      expect(csv).toBe(`Action,Review\r\nA member of staff at the corner,${REVIEW_ID}\r\n`)
    })

    it('as a workbook of all its tables, saying what they were computed from', async () => {
      const answer = await get('/api/reports/hotspots?format=xlsx&from=2026-01-01')
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="circumspect-hotspots-2026-01-01_-position-7.xlsx"')
      const bytes = Buffer.from(await answer.arrayBuffer())
      const text = Object.values(unzipSync(bytes)).map((part) => strFromU8(part)).join('')
      for (const words of ['About', 'Store position', 'Example Primary (made up)', '=The long corridor']) expect(text).toContain(words)
      expect((await audit.entries()).at(-1)).toMatchObject({ action: 'export-report', subject: 'hotspots', position: 7 })
      expect(Buffer.from(await (await get('/api/reports/hotspots?format=xlsx&from=2026-01-01')).arrayBuffer()).equals(bytes)).toBe(true)
    })

    it('as no file while small numbers cannot be withheld, and says why', async () => {
      around.leaving = NOT_YET
      const before = (await audit.entries()).length
      for (const [path, headers] of [['?format=csv', {}], ['?format=xlsx', {}], ['', { Accept: 'text/csv' }]] as const) {
        const refused = await get(`/api/reports/hotspots${path}`, headers)
        expect(refused.status, path).toBe(403)
        expect(await refused.json()).toMatchObject({ code: 'files-switched-off', detail: NOT_YET.allowed ? '' : NOT_YET.why })
      }
      expect((await audit.entries()).length).toBe(before)
      expect((await get('/api/reports/hotspots')).status).toBe(200)
      expect(await json('/api/leaving')).toEqual(NOT_YET)
    })

    it('as CSV of the table asked for, and names the tables where there is none of that name', async () => {
      expect(await (await get('/api/reports/hotspots?format=csv&table=second')).text()).toBe('Place,Incidents\r\n')
      const before = (await audit.entries()).length
      const wrong = await get('/api/reports/hotspots?format=csv&table=third')
      expect(wrong.status).toBe(400)
      expect(await wrong.json()).toMatchObject({
        errors: [{ field: 'table', message: 'Give one of: first, second, actions.' }],
      })
      expect(await audit.entries()).toHaveLength(before)
    })

    it.each([
      ['from=31.1.2026', 'from'],
      ['from=2026-02-30', 'from'],
      ['to=tomorrow', 'to'],
      ['from=2026-02-02&to=2026-02-01', 'to'],
      ['asOf=2026-02-01', 'asOf'],
      ['asOf=2026-02-01T00:00:00', 'asOf'],
      ['schools=Example', 'schools'],
      ['schools=Example,Another', 'schools'],
      [`schools=${SCHOOL}&schools=${SCHOOL}`, 'schools'],
      ['format=pdf', 'format'],
      ['table=a&table=b', 'table'],
      ['school=x', ''],
    ])('not for ?%s, and says why', async (query, field) => {
      const answer = await get(`/api/reports/hotspots?${query}`)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      const { code, errors } = (await answer.json()) as {
        code: string
        errors: { field: string; message: string }[]
      }
      expect(code).toBe('bad-request')
      expect(errors.map((e) => e.field)).toEqual([field])
      expect(errors[0]!.message).toMatch(/^(Give|Only) .+\.$/)
    })

    it('with what can be said of them, names in their places', async () => {
      const { findings, position } = (await json('/api/reports/hotspots/findings?from=2026-01-01')) as { findings: object[]; position: number }
      expect(position).toBe(7)
      expect(findings).toEqual([
        {
          code: 'cluster',
          kind: 'stands-out',
          text: 'Most in =The long corridor of Example Primary (made up), and one without a name.',
          caution: 'Look at =The long corridor.',
          how: '',
        },
      ])
      expect((await audit.entries()).at(-1)).toMatchObject({ action: 'read-report', subject: 'hotspots', position: 7 })
      for (const query of ['format=csv', 'busy=x:2', `busy=${PLACE}:0`, `busy=${PLACE}`, `busy=${PLACE}:many`])
        expect((await get(`/api/reports/hotspots/findings?${query}`)).status, query).toBe(400)
      await json(`/api/reports/hotspots/findings?busy=${PLACE}:2.5`)
      expect(assumptions.at(-1)).toEqual([{ place: PLACE, times: 2.5 }])
    })

    it('down to the cases behind one of them, and writes down who looked', async () => {
      const found = await json(`/api/reports/hotspots/cases?from=2026-01-01&table=first&column=incidents&row.place=${PLACE}`)
      expect(found).toMatchObject({
        cases: [{ case: listed[0]!.case, figure: 3 }],
        total: 1,
        position: 7,
        names: { [PLACE]: '=The long corridor' },
      })
      expect(asked.at(-1)).toEqual({ schools: [SCHOOL], from: '2026-01-01' })
      expect((await audit.entries()).at(-1)).toMatchObject({
        action: 'list-cases',
        subject: 'hotspots',
        position: 7,
      })
      for (const query of ['table=first&column=nothing', 'table=first', 'column=incidents&other=1'])
        expect((await get(`/api/reports/hotspots/cases?${query}`)).status, query).toBe(400)
    })

    it('or a problem, whatever stands in the address, and never an error of its own', async () => {
      const key = fc.oneof(
        fc.constantFrom('schools', 'from', 'to', 'asOf', 'format', 'table', 'schools[]', '__proto__', 'constructor'),
        fc.string({ unit: 'binary' }),
      )
      const value = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(SCHOOL, '2026-01-01', '0000-00-00', '+275760-09-13', '2026-01-01T00:00:00+99:99', 'csv', ','),
      )
      const query = fc.array(fc.tuple(key, value), { maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(query, async (pairs) => {
          const text = pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&')
          expect([200, 400, 403], text).toContain((await get(`/api/reports/trend?${text}`)).status)
        }),
        { numRuns: 300 },
      )
    })

    it('not of a name that is not known', async () => {
      expect((await get('/api/reports/constructor')).status).toBe(404)
      expect((await get('/api/reports/%ff')).status).toBe(400)
    })

    it('not of a school that is another’s, and nothing at all where small numbers may not be seen', async () => {
      expect((await get(`/api/reports/hotspots?schools=${UNKNOWN}`)).status).toBe(403)
      around.account = { ...LEAD, schools: [UNKNOWN] }
      expect((await get(`/api/reports/hotspots?schools=${SCHOOL}`)).status).toBe(403)
      around.account = { ...LEAD, role: 'governor' }
      const refused = await get('/api/reports/hotspots')
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'not-allowed' })
    })

    it('not without writing it down', async () => {
      const write = audit.write.bind(audit)
      audit.write = () => Promise.reject(new Error('The disk is full.'))
      const answers = await Promise.all([get('/api/reports/hotspots'), get('/api/reports/hotspots?format=csv'), get(`/api/cases/${CASE}`)])
      audit.write = write
      expect(answers.map((answer) => answer.status)).toEqual([500, 500, 500])
      for (const answer of answers) expect(await answer.text()).not.toMatch(/corridor|heard/)
    })
  })

  describe('gives what a review of circumstances needs', () => {
    it('with what was reviewed and agreed, in words, and writes down that the case was read', async () => {
      const found = await json<CaseReview>(`/api/cases/${CASE}/review`)
      expect(found).toMatchObject({ case: CASE, school: SCHOOL, revision: -1, names: { [ACTION]: 'A member of staff at the corner', [SCHOOL]: 'Example Primary (made up)' } })
      expect(found.reviews).toHaveLength(1)
      expect(found.reviews[0]).toMatchObject({ review: REVIEW_ID, revision: 1, actions: [{ action: ACTION, what: 'A member of staff at the corner', done: null }] })
      expect((await audit.entries()).at(-1)).toMatchObject({ action: 'read-case', subject: CASE })
      expect((await json<CaseReview>(`/api/cases/${CASE}/review`)).review).toBe(found.review)
    })

    it('and lessons over cases and schools, those marked as shared without where they are from', async () => {
      expect(await json(`/api/lessons?school=${SCHOOL}&from=2026-01-01`)).toMatchObject({ more: false, reviews: [{ review: REVIEW_ID, actions: [{ action: ACTION }] }] })
      expect(await json('/api/lessons/shared')).toEqual([])
      expect((await audit.entries()).at(-1)).toMatchObject({ action: 'read-report', subject: 'lessons-shared' })
    })

    it('or a problem, and nothing to whom it is not for', async () => {
      expect((await get('/api/cases/x/review')).status).toBe(400)
      expect((await get(`/api/cases/${UNKNOWN}/review`)).status).toBe(404)
      expect((await get('/api/lessons?school=x')).status).toBe(400)
      around.account = { ...LEAD, schools: [UNKNOWN] }
      expect((await get(`/api/cases/${CASE}/review`)).status).toBe(403)
      expect((await get(`/api/lessons?school=${SCHOOL}`)).status).toBe(403)
      around.account = { ...LEAD, role: 'governor' }
      for (const path of [`/api/cases/${CASE}/review`, '/api/lessons', '/api/lessons/shared']) expect((await get(path)).status, path).toBe(403)
    })
  })

  describe('gives the chronology of a case', () => {
    it('in order, in words, with what was corrected and taken back, and writes down that it was read', async () => {
      const { revision, entries } = await json<{
        revision: number
        entries: object[]
      }>(`/api/cases/${CASE}`)
      expect(revision).toBe(3)
      expect(entries).toMatchObject([
        {
          revision: 0,
          type: 'disclosure-made',
          state: 'corrected',
          data: { summary: 'As it was heard first.' },
        },
        { revision: 1, type: 'concern-taken-up', state: 'withdrawn' },
        {
          revision: 2,
          type: 'disclosure-made',
          state: 'holds',
          reason: 'Misheard.',
          data: { summary: 'As it was meant.' },
        },
        {
          revision: 3,
          type: 'fact-withdrawn',
          state: 'holds',
          reason: 'In the wrong case.',
        },
      ])
      expect((await audit.entries()).at(-1)).toEqual({
        at: '2026-03-20T12:00:00.000Z',
        account: 'account-1',
        action: 'read-case',
        subject: CASE,
      })
    })

    it('to those who may', async () => {
      around.account = { ...LEAD, schools: [UNKNOWN] }
      expect((await get(`/api/cases/${CASE}`)).status).toBe(403)
      around.account = { ...LEAD, role: 'trust-board' }
      expect((await get(`/api/cases/${CASE}`)).status).toBe(403)
    })

    it('where there is one', async () => {
      expect((await get(`/api/cases/${UNKNOWN}`)).status).toBe(404)
      expect((await get('/api/cases/everything')).status).toBe(400)
    })
  })

  it('lists the cases page by page', async () => {
    const first = await json<{ cases: CaseListed[]; next: string }>('/api/cases?limit=2')
    expect(first.cases).toEqual(listed.slice(0, 2))
    const second = await json<{ cases: CaseListed[]; next?: string }>(`/api/cases?limit=2&after=${encodeURIComponent(first.next)}`)
    expect(second).toEqual({ cases: listed.slice(2) })
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=many', 'limit'],
      ['after=yesterday', 'after'],
      [`after=2026-13-01,${CASE}`, 'after'],
      ['page=2', ''],
    ])
      expect(await json(`/api/cases?${query}`)).toMatchObject({
        code: 'bad-request',
        errors: [{ field }],
      })
  })

  it('names the schools and their places', async () => {
    expect(await json('/api/schools')).toEqual([
      {
        id: SCHOOL,
        name: 'Example Primary (made up)',
        phase: 'secondary',
        places: [
          {
            id: PLACE,
            name: '=The long corridor',
            kind: 'corridor',
            setting: 'on-site',
          },
        ],
      },
    ])
  })

  it('says how it is: that it lives, that it is ready, how far the figures are', async () => {
    expect(await json('/api/health')).toEqual({ status: 'up' })
    expect(await json('/api/ready')).toEqual({
      ready: true,
      head: 7,
      watermark: 7,
      parked: 0,
      parts: { engine: 'up' },
    })
    const reason = 'Not known.'
    for (const position of [4, 5, 7, 8]) await reader.history.vault.park({ position, eventId: idOf(`parked ${position}`), reason })
    // A later version could carry one of them; one came after the figures.
    expect(await json('/api/ready')).toMatchObject({ ready: true, parked: 3 })
    expect(await json('/api/reports/hotspots')).toMatchObject({ position: 7, parked: [{ reason, events: 2 }] })
    around.engine = 'starting again'
    expect((await get('/api/ready')).status).toBe(503)
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toContain('circumspect_store_events 8\n')
    expect(metrics).toContain('circumspect_views_lag_events 0\n')
  })
})

import { UnavailableError } from '@circumspect/event-store'
import { createIngestApp, Recorder, RecordingClock } from '@circumspect/ingest'
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sent, startIngest, type Answer, type Ingest } from '../../../../test/support/ingest'
import { SCHOOL } from '../../../../test/support/least-facts'
import { openHistory, TESTER } from '../../../../test/support/service'

const JSON_TYPE = { 'Content-Type': 'application/json' }

describe('recording over HTTP', () => {
  let ingest: Ingest
  let path: string
  const newCase = () => (path = `/api/cases/${randomUUID()}/events?school=${SCHOOL}`)
  const told = (rest: object = {}) => sent('disclosure-made', {}, rest)
  const expectProblem = (answer: Answer, status: number, code: string) => {
    expect(answer.body, answer.text).toMatchObject({ status, code, type: `urn:circumspect:problem:${code}` })
    expect(answer.status).toBe(status)
    expect(answer.type).toMatch(/^application\/problem\+json/)
    return answer.body as { detail: string; errors?: { field: string; message: string }[]; index?: number; actualRevision?: number }
  }

  beforeAll(async () => {
    ingest = await startIngest()
    expect((await ingest.post(`/api/schools/${SCHOOL}/events`, sent('school-registered'))).status).toBe(201)
  })
  afterAll(async () => {
    expect(ingest.log).toEqual([])
    await ingest.stop()
  })

  describe('what is answered 201', () => {
    it('one event, or several at once, with id, revision and time', async () => {
      const [first, second, third] = [told(), sent('concern-taken-up'), sent('professional-notified')]
      const one = await ingest.post(newCase(), first)
      expect(one.status).toBe(201)
      expect(one.body.events).toEqual([{ id: first.id, revision: 0, recordedAt: '2026-03-20T12:00:00.000Z' }])
      const more = await ingest.post(path, [second, third])
      expect(more.body.events).toMatchObject([
        { id: second.id, revision: 1 },
        { id: third.id, revision: 2 },
      ])
    })

    it('the same again, as the first time', async () => {
      const first = told()
      const one = await ingest.post(newCase(), first)
      const again = await ingest.post(path, first)
      expect([again.status, again.body]).toEqual([201, one.body])
    })

    it('facts of a child and of a review', async () => {
      const { child } = (await ingest.post('/api/children', { references: [{ issuer: 'made-up', scheme: 'number', value: 'A-1' }] })).body
      expect((await ingest.post(`/api/children/${child as string}/events?school=${SCHOOL}`, sent('child-enrolled'))).status).toBe(201)
      expect((await ingest.post(`/api/reviews/${randomUUID()}/events?school=${SCHOOL}`, sent('circumstances-reviewed'))).status).toBe(201)
    })

    it('a body packed with gzip', async () => {
      const body = new Uint8Array(gzipSync(JSON.stringify(told())))
      expect((await ingest.send(newCase(), { method: 'POST', headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body })).status).toBe(
        201,
      )
    })
  })

  describe('what is answered 4xx', () => {
    it('fields that are not as expected, each named, and nothing recorded', async () => {
      const wrong = { ...told(), data: { reportedBy: 'nobody', summary: 5 } }
      const { errors, index } = expectProblem(await ingest.post(newCase(), [told(), wrong]), 422, 'invalid')
      expect(errors!.map((e) => e.field).sort()).toEqual(['data.reportedBy', 'data.summary', 'data.verbatim'])
      expect(index).toBe(1)
      expect(await ingest.store.readStream(`case-${path.split('/')[3]!}`)).toEqual([])
    })

    it('a fact that may not be recorded as it stands', async () => {
      const { detail, errors, index } = expectProblem(await ingest.post(newCase(), sent('concern-taken-up')), 422, 'not-started')
      expect(detail).toBe('A case starts with a disclosure or a concern. Record that first.')
      expect(errors).toEqual([{ field: 'type', message: detail }])
      expect(index).toBe(0)
    })

    it('an unknown school, and none', async () => {
      expectProblem(await ingest.post(`/api/cases/${randomUUID()}/events?school=${randomUUID()}`, told()), 422, 'unknown-reference')
      expectProblem(await ingest.post(`/api/cases/${randomUUID()}/events`, told()), 422, 'school-missing')
    })

    it('a conflict: an id with other content, a revision that is another by now, a fact corrected already', async () => {
      const first = told()
      await ingest.post(newCase(), first)
      expect(expectProblem(await ingest.post(path, { ...first, data: { ...first.data, verbatim: true } }), 409, 'id-clash').index).toBe(0)
      expect(expectProblem(await ingest.post(`${path}&expectedRevision=-1`, told()), 409, 'wrong-expected-revision').actualRevision).toBe(0)
      const correcting = () => ({ ...told(), supersedes: first.id, reason: 'It was wrong' })
      expect((await ingest.post(path, correcting())).status).toBe(201)
      expectProblem(await ingest.post(path, correcting()), 409, 'already-superseded')
      const elsewhere = expectProblem(await ingest.post(newCase(), first), 409, 'duplicate-event')
      expect(elsewhere.detail).not.toContain(first.id)
    })

    it('the same id twice in one request', async () => {
      const first = told()
      expectProblem(await ingest.post(newCase(), [first, first]), 422, 'invalid')
    })

    it('what is not JSON, not UTF-8, not an event, or nothing', async () => {
      const raw = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) =>
        ingest.send(newCase(), { method: 'POST', headers, body })
      expectProblem(await raw('{"id":'), 400, 'bad-request')
      expectProblem(await raw(new Uint8Array([0x22, 0xff, 0x22])), 400, 'bad-request')
      expectProblem(await raw('{"id":"\\u0000"}'), 400, 'bad-request')
      expectProblem(await raw('{"\\ud800":1}'), 400, 'bad-request')
      expectProblem(await raw('['.repeat(400_000)), 400, 'bad-request')
      expectProblem(await raw(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 422, 'invalid')
      expectProblem(await raw('{"__proto__":{"id":"x"}}'), 422, 'invalid')
      expectProblem(await raw('7'), 422, 'invalid')
      expectProblem(await raw('[]'), 400, 'bad-request')
      expectProblem(await ingest.send(newCase(), { method: 'POST' }), 400, 'bad-request')
      expectProblem(await raw('{}', { 'Content-Type': 'text/plain' }), 415, 'not-json')
      expectProblem(await raw('{}', { ...JSON_TYPE, 'Content-Encoding': 'br2' }), 415, 'not-json')
    })

    it('more than a mebibyte, unpacked too, and more than 500 events', async () => {
      const large = JSON.stringify(told({ padding: 'x'.repeat(1024 * 1024) }))
      expectProblem(await ingest.send(newCase(), { method: 'POST', headers: JSON_TYPE, body: large }), 413, 'too-large')
      const packed = new Uint8Array(gzipSync(large))
      expect(packed.length).toBeLessThan(10_000)
      expectProblem(
        await ingest.send(path, { method: 'POST', headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body: packed }),
        413,
        'too-large',
      )
      expectProblem(
        await ingest.post(
          path,
          Array.from({ length: 501 }, () => ({})),
        ),
        400,
        'bad-request',
      )
    })

    it('an address or a question that cannot be read', async () => {
      expectProblem(await ingest.post('/api/cases/7/events', told()), 400, 'bad-request')
      expectProblem(await ingest.post('/api/cases/%ZZ/events', told()), 400, 'bad-request')
      expectProblem(await ingest.post(`${newCase()}&colour=red`, told()), 400, 'bad-request')
      expectProblem(await ingest.post(`${newCase()}&school=${SCHOOL}`, told()), 400, 'bad-request')
      expectProblem(await ingest.post('/api/nothing', {}), 404, 'not-found')
      expectProblem(await ingest.get(`/api/imports/${randomUUID()}`), 404, 'not-found')
      expectProblem(await ingest.get(newCase()), 404, 'not-found')
    })
  })

  describe('children', () => {
    const reference = (value: string) => ({ issuer: 'made-up', scheme: 'number', value })

    it('has one id for one reference, however it is typed', async () => {
      const one = await ingest.post('/api/children', { references: [reference('b 2')], name: 'Child B', dateOfBirth: '2014-05-01' })
      expect(one.status).toBe(201)
      expect((await ingest.post('/api/children', { references: [reference('B2')] })).body).toEqual(one.body)
      expect(one.text).not.toContain('Child B')
    })

    it('refuses references of two children as those of one', async () => {
      for (const value of ['c1', 'c2']) await ingest.post('/api/children', { references: [reference(value)] })
      expectProblem(await ingest.post('/api/children', { references: [reference('c1'), reference('c2')] }), 409, 'conflicting-references')
    })

    it('refuses what it does not know', async () => {
      const { errors } = expectProblem(
        await ingest.post('/api/children', { references: [reference('d')], dateOfBirth: '1.5.2014', colour: 'red' }),
        422,
        'invalid',
      )
      expect(errors!.map((e) => e.field)).toContain('dateOfBirth')
    })

    it('erases one, and says what is still to be redacted until it is', async () => {
      const ids = await Promise.all(
        ['e1', 'e2'].map(async (value) => (await ingest.post('/api/children', { references: [reference(value)] })).body.child as string),
      )
      const [one, other] = ids as [string, string]
      const first = told()
      const entry = sent('chronology-entry-made', { children: [one, other], detail: 'About both' })
      await ingest.post(newCase(), [first, sent('wishes-recorded', { child: one, wishes: 'Of one' }), entry])
      // Replaced before the erasure: nobody has to redact it any more.
      const replaced = { ...sent('chronology-entry-made', entry.data), supersedes: entry.id, reason: 'Said better' }
      await ingest.post(path, replaced)

      expectProblem(await ingest.post(`/api/children/${one}/erasure`, {}), 422, 'invalid')
      expectProblem(await ingest.post(`/api/children/${randomUUID()}/erasure`, { reason: 'asked-for' }), 404, 'not-found')
      const erased = await ingest.post(`/api/children/${one}/erasure`, { reason: 'asked-for' })
      expect(erased.status, erased.text).toBe(200)
      expect(erased.body).toMatchObject({ child: one, reason: 'asked-for', erasedAt: '2026-03-20T12:00:00.000Z' })
      const toRedact = erased.body.toRedact as { eventId: string; field: string }[]
      expect(toRedact.filter((t) => t.eventId === entry.id)).toEqual([])
      expect(toRedact).toContainEqual({ stream: `case-${path.split('/')[3]!}`, eventId: replaced.id, field: 'data.detail' })

      const redacted = {
        ...sent('chronology-entry-made', { children: [other], detail: 'About the other' }),
        supersedes: replaced.id,
        reason: 'Redacted',
      }
      expect((await ingest.post(path, redacted)).status).toBe(201)
      const again = await ingest.post(`/api/children/${one}/erasure`, { reason: 'ordered' })
      expect(again.body).toMatchObject({ reason: 'asked-for', erasedAt: '2026-03-20T12:00:00.000Z' })
      expect((again.body.toRedact as { eventId: string }[]).filter((t) => t.eventId === replaced.id)).toEqual([])
      expectProblem(await ingest.post(path, sent('wishes-recorded', { child: one })), 422, 'unknown-reference')
    })
  })
})

describe('when something is out of order here', () => {
  it('answers 503 while the store cannot be written, 500 without a word of the cause for anything else', async () => {
    const history = await openHistory(() => new Date('2026-03-20T12:00:00.000Z'))
    const log: string[] = []
    const failures = [
      new UnavailableError('Not now.'),
      Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }),
      new Error('A secret of Child A'),
    ]
    const store = new Proxy(history.store, {
      get: (target, name) =>
        name === 'append' ? () => Promise.reject(failures[0]!) : (Reflect.get(target, name) as () => unknown).bind(target),
    })
    const recorder = new Recorder(store, history.vault, new RecordingClock(() => new Date('2026-03-20T12:00:00.000Z')))
    const app = await createIngestApp({ ...history, store, recorder, now: () => new Date(), accountOf: () => TESTER }, (message) =>
      log.push(message),
    )
    await app.listen(0, '127.0.0.1')
    const { port } = app.getHttpServer().address() as { port: number }
    try {
      const answers: [number, string][] = []
      for (; failures.length > 0; failures.shift()) {
        const response = await fetch(`http://127.0.0.1:${port}/api/schools/${randomUUID()}/events`, {
          method: 'POST',
          headers: JSON_TYPE,
          body: JSON.stringify(sent('school-registered')),
        })
        answers.push([response.status, await response.text()])
      }
      expect(answers.map(([status]) => status)).toEqual([503, 503, 500])
      expect(answers[2]![1] + log.join()).not.toContain('secret')
      expect(answers[2]![1]).toContain(/unexpected error (\S+) at/.exec(log[0]!)![1]!)
      expect(log).toHaveLength(1)
    } finally {
      await app.close()
      await history.close()
    }
  })
})

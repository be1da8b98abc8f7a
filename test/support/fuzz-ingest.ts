import { definitionsFor, type StreamKind } from '@circumspect/domain'
import fc from 'fast-check'
import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { arbitraryOf, pooled } from './arbitrary-facts'
import { sent, startIngest, type Answer, type Ingest } from './ingest'
import { SCHOOL } from './least-facts'
import { until } from './service'

/** Must come back in no answer and no line of the log. */
const MARK = 'Zq7-not-to-be-repeated'
const SEED = 20260320

interface Attempt {
  readonly path: string
  readonly type: string
  readonly body: Buffer
}

const mapping: unknown = JSON.parse(readFileSync('test/fixtures/made-up-mapping.json', 'utf8'))
const CSV =
  'case,school,day,time,place,what,child,role,sex\n1,A school,2026-01-12,10:10,Corridor,physical,a1,alleged-perpetrator,M\n1,A school,2026-01-12,10:10,Corridor,physical,b1,alleged-victim,F\n'

/** Values that programs stumble over. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    true,
    [],
    {},
    [[]],
    MARK,
    '\0',
    `${MARK}\0`,
    '\ud800',
    '\u202e',
    'x'.repeat(30_000),
    '2026-02-30',
    '2026-02-01T00:00:00Z',
    '24:00',
    '0000-00-00',
    '9999-12-31',
    '__proto__',
    'constructor',
    '../../etc',
    "'; DROP TABLE events; --",
    '{{7*7}}',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
)

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree }

/** Every place in a value, as a path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

/** A copy in which something stands elsewhere, is missing, or is there twice. */
function changed(value: unknown, which: number, how: string, by: unknown): unknown {
  const copy = structuredClone(value)
  const places = placesIn(copy)
  const path = places[which % places.length]!
  const last = path.at(-1)
  if (last === undefined) return by
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key] as Record<string, Tree>, copy as Record<string, Tree>)
  if (how === 'remove') delete parent[last]
  else if (how === 'add') Object.defineProperty(parent, '__proto__', { value: by, enumerable: true, configurable: true, writable: true })
  else if (how === 'more') parent[`${last}More`] = by as Tree
  else if (how === 'wrap') parent[last] = [parent[last]!]
  else parent[last] = by as Tree
  return copy
}

const mutated = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.array(fc.tuple(fc.nat({ max: 60 }), fc.constantFrom('replace', 'replace', 'remove', 'add', 'more', 'wrap'), odd), {
        maxLength: 3,
      }),
    )
    .map(([value, changes]) => changes.reduce((now, [which, how, by]) => changed(now, which, how, by), value))

const events = (kind: StreamKind): fc.Arbitrary<unknown> =>
  fc.oneof(
    ...definitionsFor(kind).map((d) =>
      fc.record({
        id: fc.oneof(
          fc.uuid(),
          fc.integer({ min: 1, max: 5 }).map((n) => pooled('event', n)),
        ),
        type: fc.constant(d.type),
        occurredAt: fc.record({
          date: fc.oneof(
            { weight: 8, arbitrary: fc.constant('2026-02-11') },
            { weight: 1, arbitrary: fc.constantFrom('2027-01-01', '1066-10-14') },
          ),
          precision: fc.constantFrom('day', 'month', 'unknown'),
        }),
        data: arbitraryOf(d.data),
      }),
    ),
  )

const json = (body: unknown): Buffer => Buffer.from(JSON.stringify(body) ?? '')
const STREAMS = [1, 2, 3, 4]
const KINDS = { cases: 'case', schools: 'school', children: 'child', reviews: 'review' } as const
const idPart = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...STREAMS).map((n) => pooled('stream', n)) },
  { weight: 1, arbitrary: fc.constantFrom('%ZZ', 'x', '%00', '..%2f..', MARK) },
)
const query = fc.oneof(
  { weight: 8, arbitrary: fc.constant(`?school=${SCHOOL}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      `?school=${MARK}`,
      '?school[]=1',
      '?school=1&school=2',
      '?__proto__=1',
      `?school=${SCHOOL}&expectedRevision=-1`,
      '?expectedRevision=1e9',
      '?%ZZ',
    ),
  },
)

const recording = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])).chain((path) =>
  fc
    .record({
      id: idPart,
      query,
      body: fc.oneof(
        events(KINDS[path]),
        mutated(events(KINDS[path])),
        mutated(fc.array(events(KINDS[path]), { minLength: 1, maxLength: 4 })),
      ),
    })
    .map(({ id, query, body }) => ({ path: `/api/${path}/${id}/events${query}`, type: 'application/json', body: json(body) })),
)

const children = mutated(
  fc.record(
    {
      references: fc.array(fc.record({ issuer: fc.string(), scheme: fc.string(), value: fc.string({ unit: 'binary' }) })),
      name: fc.string(),
      dateOfBirth: fc.constantFrom('2015-02-30', '2015-02-28', MARK),
    },
    { requiredKeys: [] },
  ),
).map((body) => ({ path: '/api/children', type: 'application/json', body: json(body) }))

const erasures = fc
  .tuple(idPart, mutated(fc.constant({ reason: 'asked-for' })))
  .map(([id, body]) => ({ path: `/api/children/${id}/erasure`, type: 'application/json', body: json(body) }))

const imports = fc
  .tuple(
    mutated(fc.constant(mapping)),
    fc.array(
      fc.tuple(
        fc.nat({ max: CSV.length }),
        fc.oneof(fc.constantFrom('"', ',', '\n', ',,', '\ufffd', MARK, '\r\n\r\n'), fc.string({ unit: 'binary', maxLength: 5 })),
      ),
      { maxLength: 3 },
    ),
    fc.constantFrom('preview', 'import'),
  )
  .map(([mapping, cuts, mode]) => ({
    mapping,
    mode,
    csv: cuts.reduce((csv, [at, piece]) => csv.slice(0, at) + piece + csv.slice(at), CSV),
  }))
  .map((body) => ({ path: '/api/imports', type: 'application/json', body: json(body) }))

const raw = fc.record({
  path: fc.constantFrom(
    '/api/children',
    `/api/cases/${pooled('stream', 1)}/events?school=${SCHOOL}`,
    '/api/imports',
    '/api/nothing',
    `/api/${MARK}`,
  ),
  type: fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'multipart/form-data', '', 'application/xml'),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .constantFrom('{"a":', '[', '{"a":1e999}', '{"a":1,"a":2}', '"\\ud800"', '\ufeff{}', `{"${MARK}":${MARK}}`, '{"__proto__":{"id":1}}')
      .map((text) => Buffer.from(text)),
    fc.integer({ min: 1, max: 100_000 }).map((deep) => Buffer.from('['.repeat(deep) + ']'.repeat(deep))),
    fc.integer({ min: 1, max: 20_000 }).map((deep) => Buffer.from('{"data":'.repeat(deep) + '1' + '}'.repeat(deep))),
  ),
})

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  { weight: 6, arbitrary: recording },
  { weight: 1, arbitrary: children },
  { weight: 1, arbitrary: erasures },
  { weight: 1, arbitrary: imports },
  { weight: 2, arbitrary: raw },
)

/** Ids that the bodies speak of, and those of children who are really there. */
type Known = ReadonlyMap<string, string>

async function prepare(ingest: Ingest): Promise<Known> {
  for (const school of [SCHOOL, pooled('school', 1)]) {
    const { status, text } = await ingest.post(`/api/schools/${school}/events`, sent('school-registered'))
    expect(status, text).toBe(201)
  }
  for (const n of STREAMS)
    for (const [path, first] of [
      ['cases', 'disclosure-made'],
      ['reviews', 'circumstances-reviewed'],
    ] as const)
      expect((await ingest.post(`/api/${path}/${pooled('stream', n)}/events?school=${SCHOOL}`, sent(first))).status).toBe(201)
  const children = [pooled('child', 1), pooled('child', 2), pooled('stream', 3)]
  return new Map(await Promise.all(children.map(async (id) => [id, await ingest.vault.childFor([])] as const)))
}

const reallyThere = (text: string, known: Known): string => [...known].reduce((now, [id, real]) => now.replaceAll(id, real), text)

/** How often each status was answered. */
export type Statuses = Record<number, number>

/**
 * Sends `runs` bodies that are wrong, half right or right, through real HTTP. Every answer is a success or a problem that says what to do,
 * repeats nothing and is nobody's fault but the sender's; afterwards ingest records as before, and its history is in order.
 */
export async function fuzzIngest(runs: number): Promise<Statuses> {
  const ingest = await startIngest()
  try {
    const known = await prepare(ingest)
    const statuses: Statuses = {}
    const begun: string[] = []
    const property = fc.asyncProperty(attempts, async (attempt) => {
      const answer = await tryOne(ingest, attempt, known)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (answer.status === 202) begun.push(String(answer.body.id))
      if (begun.length === 10) await finished(ingest, begun.splice(0))
    })
    await fc.assert(property, { numRuns: runs, seed: SEED })
    await finished(ingest, begun)
    expect(ingest.log).toEqual([])
    await stillWell(ingest)
    return statuses
  } finally {
    await ingest.stop()
  }
}

async function tryOne(ingest: Ingest, { path, type, body }: Attempt, known: Known): Promise<Answer> {
  const bytes = isUtf8(body) ? Buffer.from(reallyThere(body.toString(), known)) : body
  const answer = await ingest.send(reallyThere(path, known), {
    method: 'POST',
    headers: type === '' ? {} : { 'Content-Type': type },
    body: new Uint8Array(bytes),
  })
  const { status, text } = answer
  expect(status, text).toBeLessThan(500)
  expect(text).not.toContain(MARK)
  if (status < 400) {
    expect([200, 201, 202]).toContain(status)
    return answer
  }
  expect(answer.type).toMatch(/^application\/problem\+json/)
  expect(answer.body).toMatchObject({
    status,
    code: expect.stringMatching(/^[a-z-]+$/) as string,
    title: expect.stringMatching(/./) as string,
    detail: expect.stringMatching(/./) as string,
  })
  return answer
}

/** No import breaks off half way, whatever stands in its file. */
async function finished(ingest: Ingest, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    let answer = await ingest.get(`/api/imports/${id}`)
    await until('the import ends', async () => (answer = await ingest.get(`/api/imports/${id}`)).body.state !== 'running')
    expect(answer.body.state).toBe('done')
    expect(answer.text).not.toContain(MARK)
  }
}

async function stillWell(ingest: Ingest): Promise<void> {
  const answer = await ingest.post(`/api/cases/${randomUUID()}/events?school=${SCHOOL}`, sent('disclosure-made'))
  expect(answer.status, answer.text).toBe(201)
  const events = await ingest.store.readAll(0, 1_000_000)
  expect(events.map((e) => e.position)).toEqual(events.map((_, i) => i))
  expect(events.every((e, i) => i === 0 || e.recordedAt >= events[i - 1]!.recordedAt)).toBe(true)
  expect(Object.keys(Object.prototype)).toEqual([])
}

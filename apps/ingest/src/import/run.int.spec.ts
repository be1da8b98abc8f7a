import { streamId, type RecordedEvent } from '@circumspect/domain'
import { mappingSchema, Recorder } from '@circumspect/ingest'
import { parse } from 'csv-parse/sync'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bring, csvOf, edited, mappingFrom, without, type Table } from '../../../../test/support/import'
import { commandOf, sent } from '../../../../test/support/ingest'
import { openHistory, TESTER, type History } from '../../../../test/support/service'

const mapping = mappingFrom('mappings/example.json')
const [head, ...rows] = parse(readFileSync('mappings/example.csv')) as [string[], ...string[][]]
const example: Table = { head, rows }
const at = (column: string): number => head.indexOf(column)
/** Rows of the example, as a spreadsheet counts. */
const [INCIDENT, CAUSED, HARMED, WITNESS, REFERRAL] = [2, 3, 4, 5, 7]
const NOTHING_NEW = { cases: { new: 0, changed: 0, unchanged: 2, leftOut: 0 }, facts: { new: 0, changed: 0, unchanged: 13 }, problems: [] }

describe('importing a file', () => {
  let history: History
  beforeEach(async () => {
    history = await openHistory(() => new Date('2026-03-20T12:00:00.000Z'))
  })
  afterEach(() => history.close())

  const all = () => history.store.readAll(0, 1000)
  const added = async (from: number): Promise<RecordedEvent[]> => {
    const events = await history.store.readAll(from, 1000)
    return Promise.all(events.map((e) => history.vault.open(e.stream, e)))
  }
  const caseWith = async (facts: number): Promise<string> => {
    const events = (await all()).filter((e) => e.stream.startsWith('case-'))
    return events.find(({ stream }) => events.filter((e) => e.stream === stream).length === facts)!.stream
  }
  const record = (stream: string, type: Parameters<typeof sent>[0], data: object, rest: object = {}) =>
    history.recorder.record(stream as ReturnType<typeof streamId>, [commandOf('case', sent(type, data, rest))], { recordedBy: TESTER })
  const involved = async (role: string) =>
    (await added(0)).find((e) => e.type === 'child-involved' && e.data.role === role && e.data.yearGroup !== '9')!

  describe('the first time', () => {
    it('as a preview, says what it would do and does nothing', async () => {
      const result = await bring(history, mapping, example, 'preview')
      expect(result).toMatchObject({ mode: 'preview', rows: 9, cases: { new: 2 }, facts: { new: 13 }, problems: [] })
      expect(await history.store.head()).toBe(-1)
      expect(await history.vault.findChild({ issuer: 'dfe', scheme: 'upn', value: 'MADE-UP-A' })).toBeUndefined()
    })

    it('records every fact once, each saying where it comes from', async () => {
      const result = await bring(history, mapping, example)
      expect(result).toMatchObject({ cases: { new: 2 }, facts: { new: 13 }, problems: [] })
      const events = await added(0)
      expect(events.map((e) => e.type).sort()).toEqual([
        'act-recorded',
        'act-recorded',
        'child-involved',
        'child-involved',
        'child-involved',
        'child-involved',
        'child-involved',
        'concern-noticed',
        'concern-noticed',
        'family-told',
        'incident-recorded',
        'incident-recorded',
        'place-named',
        'place-named',
        'referral-made',
        'school-registered',
      ])
      expect(events.every((e) => e.source?.system === 'example-export' && e.recordedBy === TESTER)).toBe(true)
      expect(JSON.stringify(events)).not.toContain('MADE-UP')
      const child = (value: string) => history.vault.findChild({ issuer: 'dfe', scheme: 'upn', value })
      const referral = events.find((e) => e.type === 'referral-made')!
      expect(referral.data.children).toEqual([await child('MADE-UP-A'), await child('made-up-b')])
      expect(referral.occurredAt).toMatchObject({ date: '2026-01-13', time: '09:15', precision: 'minute', zone: 'Europe/London' })
      expect(events.find((e) => e.data.summary === 'What was seen,\nin two lines')).toBeDefined()
      expect(events.find((e) => e.type === 'incident-recorded' && e.data.behaviour === 'physical')!.data.furtherBehaviours).toEqual([
        'bullying',
      ])
    })

    it('makes no act of a child on itself, where a file has it in both roles', async () => {
      const both = mappingSchema.parse({
        ...mapping,
        facts: mapping.facts.map((f) => (f.type === 'child-involved' ? { ...f, each: ['Pupil', 'Role'] } : f)),
      })
      const caused = example.rows[HARMED - 2]!.with(at('Role'), 'Caused harm')
      expect(await bring(history, both, { head, rows: [...example.rows, caused] })).toMatchObject({ problems: [], cases: { new: 2 } })
      const acts = (await added(0)).filter((e) => e.type === 'act-recorded')
      expect(acts).toHaveLength(2)
      expect(acts.every((e) => e.data.by !== e.data.on)).toBe(true)
    })

    it('makes ids that nobody can find out by trying names: another vault, other ids', async () => {
      await bring(history, mapping, example)
      const ids = new Set((await all()).map((e) => e.id))
      const other = await openHistory(() => new Date('2026-03-20T12:00:00.000Z'))
      await bring(other, mapping, example)
      expect((await other.store.readAll(0, 100)).filter((e) => ids.has(e.id))).toEqual([])
      await other.close()
    })

    it('brings the cases of a known school and known places to these', async () => {
      const [school, place] = [randomUUID(), randomUUID()]
      const known = mappingSchema.parse({
        ...mapping,
        school: { id: school },
        places: { column: 'Place', known: { Bus: place, 'Corridor by the hall': place } },
      })
      const before = await bring(history, known, example)
      expect(before.cases).toMatchObject({ new: 0, leftOut: 2 })
      expect(before.problems.map((p) => [p.row, p.message])).toEqual([
        [2, 'No such school is known. Register the school first.'],
        [8, 'No such school is known. Register the school first.'],
      ])
      const said = (type: 'school-registered' | 'place-named', data: object = {}) =>
        history.recorder.record(streamId('school', school), [commandOf('school', sent(type, data))], { recordedBy: TESTER })
      await said('school-registered')
      expect((await bring(history, known, example, 'preview')).problems.map((p) => [p.row, p.column])).toEqual([
        [2, 'Place'],
        [8, 'Place'],
      ])
      await said('place-named', { place })
      expect(await bring(history, known, example)).toMatchObject({ cases: { new: 2 }, problems: [] })
    })
  })

  describe('again', () => {
    let head: number
    beforeEach(async () => {
      await bring(history, mapping, example)
      head = (await history.store.head()) + 1
    })

    it('changes nothing, in whatever order the rows are', async () => {
      expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
      expect(await bring(history, mapping, { ...example, rows: [...example.rows].reverse() })).toMatchObject(NOTHING_NEW)
      expect(await history.store.head()).toBe(head - 1)
    })

    it('supersedes exactly the fact of a row that changed, and again when it changes back', async () => {
      const changed = edited(example, HARMED, 'Age', '12')
      expect(await bring(history, mapping, changed, 'preview')).toMatchObject({
        cases: { changed: 1, unchanged: 1 },
        facts: { changed: 1, unchanged: 12 },
      })
      expect(await history.store.head()).toBe(head - 1)
      await bring(history, mapping, changed)
      const first = await involved('alleged-victim')
      expect(await added(head)).toMatchObject([
        { type: 'child-involved', supersedes: first.id, reason: 'Changed in the source', data: { age: 12 } },
      ])
      await bring(history, mapping, changed)
      await bring(history, mapping, example)
      const [then, back] = await added(head)
      expect(back).toMatchObject({ supersedes: then!.id, data: { age: 11 } })
      expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
    })

    it('adds what is new in a case', async () => {
      const more = { ...example, rows: [...example.rows, example.rows[HARMED - 2]!.with(at('Pupil'), 'MADE-UP-E')] }
      expect(await bring(history, mapping, more)).toMatchObject({ cases: { changed: 1, unchanged: 1 }, facts: { new: 2, unchanged: 13 } })
      expect((await added(head)).map((e) => e.type)).toEqual(['child-involved', 'act-recorded'])
    })

    it('moves two facts that lean on each other, whichever has to go first', async () => {
      for (const day of ['05/01/2026', '19/01/2026']) {
        const moved = [INCIDENT, CAUSED, HARMED, WITNESS].reduce((table, row) => edited(table, row, 'Date', day), example)
        expect(await bring(history, mapping, moved)).toMatchObject({ cases: { changed: 1 }, problems: [] })
      }
      expect((await added(head)).filter((e) => e.type === 'incident-recorded').map((e) => e.occurredAt.date)).toEqual([
        '2026-01-05',
        '2026-01-19',
      ])
    })

    it('reports a row and a case that have gone, and leaves them', async () => {
      const gone = await bring(history, mapping, without(example, WITNESS, 8, 9, 10))
      expect(gone).toMatchObject({ cases: { unchanged: 1 }, gone: { facts: 1, list: [{ type: 'child-involved' }] } })
      expect(gone.gone.cases.map((id) => `case-${id}`)).toEqual([await caseWith(5)])
      expect(await history.store.head()).toBe(head - 1)
    })

    it('takes back the acts of a child whose role is another now, and restores them with it, again and again', async () => {
      const acts = async () => (await bring(history, mapping, example, 'preview')).facts
      for (let turn = 0; turn < 2; turn++) {
        const from = (await history.store.head()) + 1
        expect(await bring(history, mapping, edited(example, CAUSED, 'Role', 'Saw it'))).toMatchObject({
          problems: [],
          facts: { changed: 2 },
        })
        expect((await added(from)).map((e) => [e.type, e.data.effect])).toEqual([
          ['fact-withdrawn', 'withdrawn'],
          ['child-involved', undefined],
        ])
        expect(await acts()).toMatchObject({ changed: 2 })
        expect(await bring(history, mapping, example)).toMatchObject({ problems: [], facts: { changed: 2 } })
        expect((await added(from)).map((e) => e.data.effect)).toEqual(['withdrawn', undefined, undefined, 'restored'])
        expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
      }
    })

    it('leaves alone what a person has corrected or taken back here, until the source says something else, and then too', async () => {
      const stream = await caseWith(8)
      const [one, other] = [await involved('alleged-victim'), await involved('witness')]
      await record(stream, 'child-involved', { ...one.data, age: 13 }, { supersedes: one.id, reason: 'The register says so' })
      await history.recorder.record(
        stream as ReturnType<typeof streamId>,
        [commandOf('case', { ...sent('concern-taken-up'), type: 'fact-withdrawn', reason: 'Was not there', data: { event: other.id } })],
        { recordedBy: TESTER },
      )
      head = (await history.store.head()) + 1
      expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
      const changed = edited(edited(example, HARMED, 'Age', '12'), WITNESS, 'Year', '8')
      expect(await bring(history, mapping, changed)).toMatchObject({ facts: { changed: 0, unchanged: 11 }, keptAsCorrectedHere: 2 })
      expect(await history.store.head()).toBe(head - 1)
    })

    it('leaves a closed case as it is, and says so', async () => {
      await record(await caseWith(8), 'case-closed', {})
      const more = {
        ...example,
        rows: [...example.rows, example.rows[0]!.with(at('Row'), 'referral').with(at('Agency'), 'Police').with(at('Pupil'), 'MADE-UP-A')],
      }
      expect(await bring(history, mapping, more)).toMatchObject({ problems: [], facts: { new: 1 } })
      const told = mappingSchema.parse({
        ...mapping,
        facts: [
          ...mapping.facts,
          { type: 'case-dealt-with', rows: { column: 'Row', is: ['referral'] }, each: ['Agency'], at: { date: 'Date' } },
        ],
      })
      const { problems, cases } = await bring(history, told, more)
      expect(problems).toEqual([{ row: REFERRAL, column: 'Agency', message: 'The case is closed. Open it again first, with the reason.' }])
      expect(cases).toMatchObject({ leftOut: 1 })
    })
  })

  describe('with a child who has been erased', () => {
    const erase = async (reference: string) => {
      const child = (await history.vault.findChild({ issuer: 'dfe', scheme: 'upn', value: reference }))!
      await history.vault.erase(child, '2026-03-20T12:00:00.000Z', 'asked-for')
      return child
    }

    it('changes nothing, and brings nobody back', async () => {
      await bring(history, mapping, example)
      const head = await history.store.head()
      for (const reference of ['MADE-UP-A', 'MADE-UP-D']) await erase(reference)
      expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
      expect(await history.store.head()).toBe(head)
      expect(await history.vault.findChild({ issuer: 'dfe', scheme: 'upn', value: 'MADE-UP-A' })).toBeUndefined()
    })

    it('takes nobody else for that child, where a row names another now', async () => {
      await bring(history, mapping, example)
      const erased = await erase('MADE-UP-D')
      const head = await history.store.head()
      expect(await bring(history, mapping, edited(example, 10, 'Pupil', 'MADE-UP-Z'))).toMatchObject({
        facts: { new: 2 },
        gone: { facts: 2 },
      })
      const another = await history.vault.findChild({ issuer: 'dfe', scheme: 'upn', value: 'MADE-UP-Z' })
      const events = await added(head + 1)
      expect(events.map((e) => [e.type, e.data.child ?? e.data.on])).toEqual([
        ['child-involved', another],
        ['act-recorded', another],
      ])
      expect(another).not.toBe(erased)
    })

    it('records no change of a fact that only mentions that child', async () => {
      const told = mappingSchema.parse({
        source: 'mentions',
        dateFormat: 'dd/mm/yyyy',
        case: ['Case'],
        school: mapping.school,
        children: mapping.children,
        facts: [
          {
            type: 'disclosure-made',
            at: { date: 'Date' },
            rows: { column: 'Row', is: ['pupil'] },
            each: ['Role'],
            data: {
              reportedBy: { value: 'child-harmed' },
              child: { column: 'Pupil', as: 'child' },
              summary: { value: 'Told' },
              verbatim: { value: false },
            },
          },
        ],
      })
      await bring(history, told, example)
      await erase('MADE-UP-D')
      const head = await history.store.head()
      expect(await bring(history, told, example)).toMatchObject({ facts: { new: 0, changed: 0 }, keptErased: 1 })
      expect(await history.store.head()).toBe(head)
    })

    it('records no change of a fact about that child, and no text again that was erased', async () => {
      await bring(history, mapping, example)
      const head = await history.store.head()
      for (const reference of ['MADE-UP-A', 'MADE-UP-D']) await erase(reference)
      const changed = [
        [CAUSED, 'Age', '13'],
        [8, 'Text', 'Something else'],
        [8, 'Date', '04/02/2026'],
      ].reduce((t, [row, column, text]) => edited(t, row as number, column as string, text as string), example)
      const result = await bring(history, mapping, edited(changed, 9, 'Date', '04/02/2026'))
      expect(result).toMatchObject({ problems: [], facts: { new: 0 } })
      expect(result.keptErased).toBeGreaterThan(1)
      const events = await added(head + 1)
      expect(JSON.stringify(events)).not.toContain('Something else')
      expect(events.every((e) => e.data.summary === undefined)).toBe(true)
    })
  })

  describe('with rows that are wrong', () => {
    const landed = async () => new Set((await all()).filter((e) => e.stream.startsWith('case-')).map((e) => e.stream)).size

    it.each<[string, number, string, string, RegExp]>([
      ['a code the mapping does not have', HARMED, 'Role', 'Somebody', /no code for what stands here/],
      ['a date that is none', REFERRAL, 'Date', '2026-01-13', /dd\/mm\/yyyy/],
      ['a time that is none', INCIDENT, 'Time', 'morning', /HH:MM/],
      ['a number that is none', CAUSED, 'Age', 'twelve', /whole number/],
      ['an age there is not', CAUSED, 'Age', '99', /at most 25/],
      ['a cell that must not be empty', HARMED, 'Pupil', '', /must not be empty/],
      ['a text that is missing', INCIDENT, 'Text', '', /summary/],
      ['another school than its case', HARMED, 'School', 'Another school', /must say the same/],
      ['no school', INCIDENT, 'School', '', /must say the same|must not be empty/],
      ['a day to come', REFERRAL, 'Date', '13/01/2031', /has not happened yet/],
      ['a day before its case', INCIDENT, 'Date', '13/01/1890', /1900/],
      ['characters that could not be read', CAUSED, 'Sex', '\ufffd', /could not be read/],
    ])('leaves out the case of %s, and takes the rest', async (_, row, column, text, message) => {
      const broken = edited(example, row, column, text)
      const preview = await bring(history, mapping, broken, 'preview')
      expect(preview.problems.find((p) => p.row === row && p.column === column)?.message).toMatch(message)
      expect(JSON.stringify(preview.problems)).not.toContain('MADE-UP')
      expect(await history.store.head()).toBe(-1)
      const result = await bring(history, mapping, broken)
      expect(result.problems).toEqual(preview.problems)
      expect(result.cases).toEqual({ new: 1, changed: 0, unchanged: 0, leftOut: 1 })
      expect(await landed()).toBe(1)
      expect((await bring(history, mapping, example)).cases).toMatchObject({ new: 1, unchanged: 1 })
    })

    it('says of each of several what is wrong with it', async () => {
      const broken = edited(edited(edited(example, CAUSED, 'Age', 'x'), CAUSED, 'Role', 'x'), 9, 'Sex', 'x')
      const { problems, cases } = await bring(history, mapping, broken)
      expect(problems.map((p) => [p.row, p.column])).toEqual([
        [CAUSED, 'Age'],
        [CAUSED, 'Role'],
        [9, 'Sex'],
      ])
      expect(cases.leftOut).toBe(2)
      expect(await history.store.head()).toBe(-1)
    })

    it('takes no case of which a row may be missing', async () => {
      const torn = csvOf(example).replace(
        'C-1,Example School (made up),pupil,12/01/2026,,,MADE-UP-B,',
        'C-1,Example School (made up),pupil,12/01/2026,,MADE-UP-B,',
      )
      const { problems, cases } = await bring(history, mapping, torn)
      expect(cases).toMatchObject({ new: 1, leftOut: 1 })
      expect(problems.map((p) => p.row)).toEqual([INCIDENT, HARMED])
    })

    it('takes no case with more facts than any has', async () => {
      const one = mappingSchema.parse({ ...mapping, case: ['School'] })
      const many = Array.from({ length: 1100 }, (_, n) => example.rows[HARMED - 2]!.with(at('Pupil'), `MADE-UP-${n}`))
      const { problems } = await bring(history, one, { ...example, rows: [...example.rows.slice(0, 1), ...many] })
      expect(problems.map((p) => p.message).join()).toContain('More than 1000 facts for one case')
    })
  })

  it('goes on where it broke off', async () => {
    let appends = 0
    const breaking = new Proxy(history.store, {
      get: (target, name) => {
        if (name === 'append' && ++appends > 3) return () => Promise.reject(new Error('The process ended here.'))
        return (Reflect.get(target, name) as () => unknown).bind(target)
      },
    })
    await expect(bring({ ...history, recorder: new Recorder(breaking, history.vault, history.clock) }, mapping, example)).rejects.toThrow(
      'ended here',
    )
    await bring(history, mapping, example)
    expect(await bring(history, mapping, example)).toMatchObject(NOTHING_NEW)
    expect(await all()).toHaveLength(16)
  })
})

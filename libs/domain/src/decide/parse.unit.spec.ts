import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fullSamples } from '../../../../test/support/full-data'
import { CHILD_A, idOf, MINIMAL } from '../../../../test/support/least-facts'
import { definitionOf, definitionsFor, WITHDRAWAL } from '../catalogue'
import { STREAM_KINDS } from '../envelope'
import { leavesOf } from '../leaves'
import { commandSchema, parseCommand } from './parse'

const SECRET = 'Xq7Zzyzx'
const at = { date: '2026-03-02', precision: 'day' }
const input = (type: string, data: unknown, rest: object = {}) => ({ id: idOf('fact'), type, occurredAt: at, data, ...rest })

const problems = (kind: Parameters<typeof parseCommand>[0], what: unknown) => {
  const parsed = parseCommand(kind, what)
  if ('command' in parsed) throw new Error('Nothing was wrong.')
  return parsed.problems
}
const fields = (what: unknown) => problems('case', what).map((p) => p.field)

describe('a fact that is as its schema wants it', () => {
  it.each(Object.entries(MINIMAL))('is a command: the least of %s', (type, data) => {
    const parsed = parseCommand(definitionOf(type)!.stream, input(type, data))
    expect(parsed).toMatchObject({ command: { id: idOf('fact'), type, occurredAt: { ...at, zone: 'Europe/London' }, data } })
  })

  it.each(fullSamples())('is a command: all of $type ($option)', ({ type, data }) => {
    const kind = type === WITHDRAWAL ? 'review' : definitionOf(type)!.stream
    const more = {
      supersedes: idOf('other'),
      reason: 'Why',
      source: { system: 'a-system', record: 'Key 1', recordedAt: '2026-03-02T10:45:00.000Z' },
    }
    expect(parseCommand(kind, input(type, data, more))).toEqual({
      command: { ...input(type, data, more), occurredAt: { ...at, zone: 'Europe/London' } },
    })
  })

  it('has its gaps filled in', () => {
    const parsed = parseCommand('school', input('policy-set', { from: '2025-09-01' }))
    expect(parsed).toMatchObject({ command: { data: { takenUp: 1, reviewOfCircumstances: 20, safetyPlanReview: 30 } } })
  })
})

describe('what is wrong', () => {
  it('is said of each field, in the head and in the data, at once', () => {
    const bad = {
      id: 'x',
      type: 'child-involved',
      occurredAt: { date: '2026-02-30', precision: 'hour' },
      reason: '',
      data: { incident: 'x', child: CHILD_A, role: 'x', onRoll: null, sex: 'F', age: -1 },
    }
    expect(fields(bad)).toEqual(['id', 'occurredAt.date', 'occurredAt.time', 'reason'])
    const { id: _id, occurredAt: _at, reason: _reason, ...rest } = bad
    expect(fields(input(rest.type, rest.data))).toEqual(['data.incident', 'data.role', 'data.age'])
  })

  it.each([
    [undefined, ['']],
    [null, ['']],
    ['text', ['']],
    [[], ['']],
    [{}, ['id', 'occurredAt', 'type', 'data']],
    [{ ...input('case-closed', {}), type: 7 }, ['type']],
    [input('case-closed', []), ['data']],
    [input('case-closed', null), ['data']],
    [input('case-closed', { note: 7 }), ['data.note']],
    [input('risk-assessed', { ...MINIMAL['risk-assessed'], rating: { scheme: 'other' } }), ['data.rating.scheme']],
    [input('risk-assessed', { ...MINIMAL['risk-assessed'], rating: 'high' }), ['data.rating']],
    [input('decision-recorded', { ...MINIMAL['decision-recorded'], routes: [] }), ['data.routes']],
    [input('decision-recorded', { ...MINIMAL['decision-recorded'], routes: ['police', 'police'] }), ['data.routes']],
    [
      input('support-planned', {
        ...MINIMAL['support-planned'],
        needs: [
          { area: 'emotional', action: 'x' },
          { area: 'x', action: '' },
        ],
      }),
      ['data.needs.1.area', 'data.needs.1.action'],
    ],
  ])('%j', (what, expected) => {
    expect(fields(what)).toEqual(expected)
  })

  it.each([
    [input('family-told', { child: CHILD_A }), 'data.manner', 'Expected one of: face-to-face, telephone, video, letter, other.'],
    [input('family-told', { manner: 'video' }), 'data.child', 'This is missing.'],
    [input('family-told', { child: 'Child A', manner: 'video' }), 'data.child', 'Expected: the id (UUID) of what is meant.'],
    [input('family-told', { child: 7, manner: 'video' }), 'data.child', 'Expected: string.'],
    [input('case-closed', { note: '  ' }), 'data.note', 'This must not be empty.'],
    [input('case-closed', { note: 'x'.repeat(4001) }), 'data.note', 'Expected: at most 4000 characters.'],
    [input('decision-recorded', { ...MINIMAL['decision-recorded'], tier: 5 }), 'data.tier', 'Expected: at most 4.'],
    [input('decision-recorded', { ...MINIMAL['decision-recorded'], tier: 1.5 }), 'data.tier', 'Expected: whole number.'],
    [input('decision-recorded', { ...MINIMAL['decision-recorded'], routes: [] }), 'data.routes', 'Expected: at least 1.'],
    [
      input('case-closed', {}, { occurredAt: { date: 'x', precision: 'day' } }),
      'occurredAt.date',
      'Give a date as YYYY-MM-DD, for example 2026-01-31.',
    ],
    [
      input('case-closed', {}, { occurredAt: { date: '1850-01-01', precision: 'day' } }),
      'occurredAt.date',
      'Give a date from 1900 to 2199.',
    ],
    [
      input('risk-assessed', { ...MINIMAL['risk-assessed'], rating: { scheme: 'x' } }),
      'data.rating.scheme',
      'Expected one of: severity-likelihood, hazard-likelihood.',
    ],
  ])('is said in plain words: %#', (what, field, message) => {
    expect(problems('case', what)).toEqual([{ field, message }])
  })

  it('is a field that is not known, in the head, in the data or inside it, and its name is not repeated', () => {
    for (const what of [
      input('case-closed', {}, { [SECRET]: 1 }),
      input('case-closed', { [SECRET]: 1 }),
      input('evidence-secured', { evidence: 'cctv', viewing: { by: 'A', why: 'B', with: 'C', [SECRET]: 1 } }),
    ]) {
      const [problem] = problems('case', what)
      expect(problem!.message).toBe('There are fields here that are not known.')
      expect(JSON.stringify(problem)).not.toContain(SECRET)
    }
  })

  it('is a type nobody knows, or one of another kind of stream, and the ones that would do are named', () => {
    for (const type of [SECRET, '__proto__', 'toString', 'school-registered']) {
      const [problem] = problems('case', input(type, {}))
      expect(problem!.field).toBe('type')
      expect(problem!.message).toContain('disclosure-made')
      expect(problem!.message).not.toContain('school-registered')
      expect(problem!.message).not.toContain(SECRET)
    }
  })

  it('is said of every leaf of every type, in words, without the value', () => {
    for (const { type, data } of fullSamples()) {
      const kind = type === WITHDRAWAL ? 'case' : definitionOf(type)!.stream
      for (const { path } of leavesOf(definitionOf(type)!.data)) {
        const spoilt = structuredClone(data)
        if (!spoil(spoilt, path.split('.'))) continue
        const found = problems(kind, input(type, spoilt))
        const here = found.find((p) => p.field.replaceAll(/\.\d+/g, '.*') === `data.${path}`)
        expect(here, `${type} ${path}: ${JSON.stringify(found)}`).toBeDefined()
        expect(here!.message).toMatch(/[a-z]/)
        expect(JSON.stringify(found)).not.toContain(SECRET)
      }
    }
  })
})

/** Puts something at a path that no field takes; false where the path is of another option of a union. */
function spoil(value: unknown, [key, ...rest]: readonly string[]): boolean {
  const here = value as Record<string, unknown>
  const at = key === '*' ? '0' : key!
  if (!(at in here)) return false
  if (rest.length > 0) return spoil(here[at], rest)
  here[at] = { [SECRET]: SECRET }
  return true
}

describe('anything at all', () => {
  it('is a command or named problems, and never throws', () => {
    const types = fc.constantFrom(...STREAM_KINDS.flatMap((kind) => definitionsFor(kind).map((d) => d.type)))
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), type: types, occurredAt: fc.anything(), data: fc.anything() }),
      fc.record({ type: types, data: fc.object() }).map(({ type, data }) => input(type, data)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...STREAM_KINDS), anything, (kind, what) => {
        const parsed = parseCommand(kind, what)
        if ('problems' in parsed) expect(parsed.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the description of what may be sent', () => {
  it.each(STREAM_KINDS)('to a %s is a JSON schema that names its types', (kind) => {
    const described = JSON.stringify(z.toJSONSchema(commandSchema(kind), { io: 'input' }))
    for (const { type, title } of definitionsFor(kind)) {
      expect(described).toContain(`"${type}"`)
      expect(described).toContain(JSON.stringify(title))
    }
  })
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fullSamples } from '../../../test/support/full-data'
import { definitionOf, eventTypes } from './catalogue'
import { envelopeSchema, factSchema } from './envelope'
import { code, date, flag, refers, text, whole } from './fields'
import { leavesOf, mapLeaves, UnclassedFieldError, visitLeaves, type Leaf } from './leaves'

const schema = z.strictObject({
  child: refers('child').nullable(),
  kind: code(['a', 'b']).default('a'),
  needs: z.array(z.strictObject({ action: text('child'), due: date().optional() })).default([]),
  rating: z.discriminatedUnion('scheme', [
    z.strictObject({ scheme: code(['one']), score: whole('of 5', 1, 5) }),
    z.strictObject({ scheme: code(['two']), level: code(['low', 'high']), note: text('case').optional() }),
  ]),
})
const value = {
  child: '00000000-0000-4000-8000-00000000aaaa',
  kind: 'b' as const,
  needs: [{ action: 'First' }, { action: 'Second', due: '2026-01-05' }],
  rating: { scheme: 'two' as const, level: 'low' as const, note: 'A note' },
}

const visited = (of: z.ZodType, what: unknown) => {
  const leaves: Leaf[] = []
  visitLeaves(of, what, (leaf) => leaves.push(leaf))
  return leaves
}
const paths = (leaves: readonly Leaf[]) => leaves.map((l) => l.path.join('.'))

describe('every schema', () => {
  it.each(eventTypes)('%s has a class for each of its leaves', (type) => {
    for (const leaf of leavesOf(definitionOf(type)!.data)) expect(['code', 'measure', 'id', 'text']).toContain(leaf.meta.field)
  })

  it('and so has the envelope', () => {
    expect(leavesOf(envelopeSchema).map((l) => `${l.path}: ${l.meta.field}`)).toEqual([
      'id: id',
      'occurredAt.date: measure',
      'occurredAt.time: measure',
      'occurredAt.zone: code',
      'occurredAt.precision: code',
      'supersedes: id',
      'reason: text',
      'source.system: code',
      'source.record: text',
      'source.recordedAt: measure',
      'recordedAt: measure',
      'recordedBy: id',
      'school: id',
      'original.id: id',
      'original.revision: measure',
    ])
    expect(leavesOf(factSchema).map((l) => l.path)).toEqual(
      leavesOf(envelopeSchema)
        .map((l) => l.path)
        .slice(0, 10),
    )
  })

  it('is walked the same by its values: a full value of each type shows all its leaves', () => {
    for (const type of eventTypes) {
      const seen = fullSamples()
        .filter((s) => s.type === type)
        .flatMap((s) => visited(definitionOf(type)!.data, s.data))
      const expected = leavesOf(definitionOf(type)!.data).map((l) => l.path)
      expect([...new Set(paths(seen).map((p) => p.replaceAll(/\.\d+/g, '.*')))].sort()).toEqual([...expected].sort())
    }
  })

  it('keeps no text in a place where a list would lose its order when it is left out', () => {
    for (const type of eventTypes)
      for (const { path, meta } of leavesOf(definitionOf(type)!.data))
        expect(meta.field === 'text' && path.endsWith('*'), `${type} ${path}`).toBe(false)
  })
})

describe('visiting', () => {
  it('sees each present leaf with its class and its value', () => {
    const leaves = visited(schema, value)
    expect(paths(leaves)).toEqual([
      'child',
      'kind',
      'needs.0.action',
      'needs.1.action',
      'needs.1.due',
      'rating.scheme',
      'rating.level',
      'rating.note',
    ])
    const second = leaves.find((l) => l.path.join('.') === 'needs.1.action')!
    expect(second).toMatchObject({ value: 'Second', meta: { field: 'text', about: 'child' } })
  })

  it('sees nothing where nothing is', () => {
    expect(paths(visited(schema, { child: null, rating: { scheme: 'one', score: 3 } }))).toEqual(['rating.scheme', 'rating.score'])
    expect(visited(schema, undefined)).toEqual([])
  })

  it('takes a sealed text for one leaf', () => {
    const sealed = { v: 1, keyId: 'k', nonce: 'n', ciphertext: 'c' }
    expect(visited(schema, { ...value, needs: [{ action: sealed }] }).find((l) => l.path[0] === 'needs')!.value).toBe(sealed)
  })
})

describe('mapping', () => {
  it('copies what the schema knows and nothing else', () => {
    const more = {
      ...value,
      name: 'Not known',
      needs: [{ action: 'First', name: 'Not known' }],
      rating: { scheme: 'one', score: 3, level: 'low' },
    }
    expect(mapLeaves(schema, more as unknown, (leaf) => leaf.value)).toEqual({
      child: value.child,
      kind: 'b',
      needs: [{ action: 'First' }],
      rating: { scheme: 'one', score: 3 },
    })
  })

  it('leaves out what is mapped to nothing, and leaves the original as it was', () => {
    const before = structuredClone(value)
    const without = mapLeaves(schema, value as unknown, (leaf) => (leaf.meta.field === 'text' ? undefined : leaf.value))
    expect(without).toEqual({ child: value.child, kind: 'b', needs: [{}, { due: '2026-01-05' }], rating: { scheme: 'two', level: 'low' } })
    expect(value).toEqual(before)
  })

  it('leaves an element of a list out whole', () => {
    expect(mapLeaves(z.array(code(['a', 'b'])), ['a', 'b'], (leaf) => (leaf.value === 'a' ? undefined : leaf.value))).toEqual(['b'])
  })
})

describe('a field without a class', () => {
  const unclassed = [
    z.strictObject({ name: z.string() }),
    z.strictObject({ list: z.array(z.number()) }),
    z.strictObject({ any: z.record(z.string(), flag()) }),
  ]

  it.each(unclassed)('is an error, said by its path and not its value', (of) => {
    const key = Object.keys(of.shape)[0]!
    expect(() => leavesOf(of)).toThrow(UnclassedFieldError)
    expect(() => leavesOf(of)).toThrow(key)
    const planted = { name: 'Xq7Zzyzx', list: ['Xq7Zzyzx'], any: { Xq7Zzyzx: true } }
    try {
      mapLeaves(of, planted as unknown, (leaf) => leaf.value)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(UnclassedFieldError)
      expect(String(error)).toContain(key)
      expect(String(error)).not.toContain('Xq7Zzyzx')
    }
  })

  it('and so is an option of a union that is not there', () => {
    const unknown = { ...value, rating: { scheme: 'Xq7Zzyzx' } }
    expect(() => visited(schema, unknown)).toThrow(UnclassedFieldError)
    expect(() => visited(schema, unknown)).not.toThrow(/Xq7Zzyzx/)
  })
})

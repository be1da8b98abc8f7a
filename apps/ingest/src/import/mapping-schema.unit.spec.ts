import { mappingSchema } from '@circumspect/ingest'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { columnsOf } from './mapping-schema'

interface Example {
  readonly facts: { readonly data: object }[]
}
const example = (): Example => JSON.parse(readFileSync('mappings/example.json', 'utf8')) as Example
const problemsOf = (change: (mapping: Example) => unknown): string[] => {
  const mapping = example()
  change(mapping)
  return mappingSchema.safeParse(mapping).error?.issues.map((i) => i.path.join('.')) ?? []
}

describe('a mapping', () => {
  it.each(readdirSync('mappings').filter((f) => f.endsWith('.json')))('in the project is as the schema wants it: %s', (file) => {
    expect(mappingSchema.safeParse(JSON.parse(readFileSync(`mappings/${file}`, 'utf8'))).error).toBeUndefined()
  })

  it('says the same when it is sent on in full', () => {
    const mapping = mappingSchema.parse(example())
    expect(mappingSchema.parse(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping)
  })

  it('is described in the guide, with every key of it', () => {
    const guide = readFileSync('docs/import.md', 'utf8')
    const keys = new Set<string>()
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      const { properties } = value as { properties?: Record<string, unknown> }
      for (const key of Object.keys(properties ?? {})) keys.add(key)
      Object.values(value).forEach(visit)
    }
    visit(z.toJSONSchema(mappingSchema, { io: 'input', unrepresentable: 'any' }))
    expect(keys.size).toBeGreaterThan(30)
    expect([...keys].filter((key) => !guide.includes('`' + key + '`') && !guide.includes(`"${key}"`))).toEqual([])
  })

  it('names its columns', () => {
    expect(columnsOf(mappingSchema.parse(example())).sort()).toEqual([
      'Age',
      'Agency',
      'Case',
      'Category',
      'Date',
      'How',
      'Place',
      'Pupil',
      'Role',
      'Row',
      'School',
      'Sex',
      'Text',
      'Time',
      'Told by',
      'Year',
    ])
  })

  it.each<[string, string[], (mapping: Example) => unknown]>([
    ['a key it does not know', [''], (m: object) => Object.assign(m, { colour: 'red' })],
    [
      'a field its type of fact does not have',
      ['facts.0.data.colour'],
      ({ facts }) => Object.assign(facts[0]!.data, { colour: { value: 'red' } }),
    ],
    [
      'a field that could be no field',
      ['facts.0.data.__proto__x'],
      ({ facts }) => Object.assign(facts[0]!.data, { __proto__x: { value: 'red' } }),
    ],
    ['a type of fact that is not of a case', ['facts.0.type'], ({ facts }) => Object.assign(facts[0]!, { type: 'school-registered' })],
    ['two facts of one name', ['facts.5.name'], ({ facts }) => facts.push(facts[0]!)],
    [
      'a way of reading that is not there',
      ['facts.1.data.behaviour'],
      ({ facts }) => Object.assign(facts[1]!.data, { behaviour: { use: 'nothing' } }),
    ],
    [
      'a child, but not how children are known',
      ['facts.2.data.child', 'facts.3.data.child', 'facts.4.data.children'],
      (m: object) => Reflect.deleteProperty(m, 'children'),
    ],
    ['a place, but not how places are known', ['facts.1.data.place'], (m: object) => Reflect.deleteProperty(m, 'places')],
    ['acts twice', ['acts'], ({ facts }) => facts.push({ type: 'act-recorded', at: { date: 'Date' }, data: {} } as Example['facts'][0])],
    ['an id that is no UUID', ['school.id'], (m: object) => Object.assign(m, { school: { id: '7' } })],
    ['no facts', ['facts'], (m: object) => Object.assign(m, { facts: [] })],
  ])('is refused with %s', (_, paths, change) => {
    expect(problemsOf(change)).toEqual(paths)
  })
})

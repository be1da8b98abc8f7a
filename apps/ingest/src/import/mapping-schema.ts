import { definitionOf, definitionsFor, PHASES, WITHDRAWAL, ZONES, type EventType } from '@circumspect/domain'
import { z } from 'zod'

const column = z.string().min(1).max(200)
const id = z.uuid('Expected: the id (UUID) of what is meant.').toLowerCase()
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens, at most 60.')
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type Plain = z.infer<typeof plain>

const constantSchema = z.strictObject({ value: plain })
const cellSchema = z.strictObject({
  column,
  as: z.enum(['text', 'number', 'date', 'child', 'place']).default('text'),
  split: z.string().min(1).max(5).optional(),
  map: z.record(z.string(), plain).optional(),
  otherwise: plain.optional(),
  prefer: z.array(plain).max(100).default([]),
  take: z.enum(['one', 'first', 'others', 'all']).default('one'),
})
export type CellSource = z.infer<typeof cellSchema>
/** What a row says of the place itself, where it has to be named. */
const placeValueSchema = z.union([constantSchema, cellSchema])
const ownIdSchema = z.strictObject({ id: slug, by: z.array(column).max(5).default([]) })
const schoolIdSchema = z.strictObject({ the: z.literal('school') })

const fieldSchema = z.union([constantSchema, cellSchema, ownIdSchema, schoolIdSchema], {
  error: 'Expected one of: {"value": …}, {"column": …}, {"id": …}, {"the": "school"}, each with no other keys than docs/import.md names.',
})
export type FieldSource = z.infer<typeof fieldSchema>

const whenSchema = z.strictObject({ date: column, time: column.optional(), hour: column.optional() })
export type WhenSource = z.infer<typeof whenSchema>

const rowsSchema = z.union([z.strictObject({ column, is: z.array(z.string()).min(1).max(100) }), z.strictObject({ column, filled: z.literal(true) })])
export type RowsSource = z.infer<typeof rowsSchema>

const types = definitionsFor('case').map((d) => d.type as EventType).filter((t) => t !== WITHDRAWAL)

const factSchema = z
  .strictObject({
    type: z.enum(types as [EventType, ...EventType[]]),
    name: slug.optional(),
    rows: rowsSchema.optional(),
    each: z.array(column).max(5).default([]),
    at: whenSchema,
    data: z.record(z.string().regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?$/), fieldSchema).default({}),
  })
  .transform((fact) => ({ ...fact, name: fact.name ?? fact.type }))
  .superRefine(({ type, data }, context) => {
    const { data: schema } = definitionOf(type)!
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    for (const field of Object.keys(data))
      if (!known.includes(field.split('.')[0]!)) context.addIssue({ code: 'custom', path: ['data', field], message: `${type} has no such field. It has: ${known.join(', ')}.` })
  })
export type FactSource = z.infer<typeof factSchema>

const schoolSchema = z.union(
  [
    z.strictObject({ id }),
    z.strictObject({
      column,
      known: z.record(z.string(), id).default({}),
      register: z.strictObject({ phase: z.enum(PHASES), from: z.iso.date() }).optional(),
    }),
  ],
  { error: 'Expected {"id": …}, or {"column": …} with known, register or both.' },
)

/** How the rows of a file become facts. Every key is described in docs/import.md. */
export const mappingSchema = z
  .strictObject({
    source: slug,
    zone: z.enum(ZONES).default('Europe/London'),
    dateFormat: z.enum(['yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd.mm.yyyy']).default('yyyy-mm-dd'),
    delimiter: z.enum([',', ';', '\t', '|']).default(','),
    case: z.array(column).min(1).max(5),
    recordedInSource: whenSchema.optional(),
    school: schoolSchema,
    places: z
      .strictObject({
        column,
        known: z.record(z.string(), id).default({}),
        register: z.strictObject({ setting: placeValueSchema, kind: placeValueSchema }).optional(),
      })
      .optional(),
    children: z.strictObject({ issuer: z.string().min(1).max(60).optional(), scheme: z.string().min(1).max(60) }).optional(),
    facts: z.array(factSchema).min(1).max(50),
    acts: z.enum(['every-pair', 'none']).default('none'),
  })
  .superRefine(({ facts, children, places }, context) => {
    for (const [index, { name, data }] of facts.entries()) {
      if (facts.findIndex((f) => f.name === name) !== index)
        context.addIssue({ code: 'custom', path: ['facts', index, 'name'], message: 'Two facts of one type need a name each, so that their ids differ.' })
      const sources = Object.entries(data)
      const without = (as: string, there: unknown) => (there === undefined ? sources.find(([, s]) => 'column' in s && s.as === as) : undefined)
      for (const [key, found] of [['children', without('child', children)], ['places', without('place', places)]] as const)
        if (found) context.addIssue({ code: 'custom', path: ['facts', index, 'data', found[0]], message: `Say under ${key} how they are known in the file.` })
    }
  })
export type Mapping = z.infer<typeof mappingSchema>

/** Every column a mapping names. */
export function columnsOf({ case: key, recordedInSource, school, places, facts }: Mapping): string[] {
  const found = new Set(key)
  const add = (...names: (string | undefined)[]) => names.forEach((name) => name !== undefined && found.add(name))
  const addOf = (source: FieldSource) => ('column' in source ? add(source.column) : 'by' in source ? add(...source.by) : undefined)
  const addWhen = (when: WhenSource | undefined) => when && add(when.date, when.time, when.hour)
  addWhen(recordedInSource)
  if ('column' in school) add(school.column)
  if (places) add(places.column)
  if (places?.register) [places.register.setting, places.register.kind].forEach(addOf)
  for (const { rows, each, at, data } of facts) {
    add(rows?.column, ...each)
    addWhen(at)
    Object.values(data).forEach(addOf)
  }
  return [...found]
}

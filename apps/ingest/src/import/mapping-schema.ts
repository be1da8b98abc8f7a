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
  as: z.enum(['text', 'number', 'date', 'child']).default('text'),
  split: z.string().min(1).max(5).optional(),
  map: z.record(z.string(), plain).optional(),
  otherwise: plain.optional(),
  prefer: z.array(plain).max(100).default([]),
  take: z.enum(['one', 'first', 'others', 'all']).default('one'),
})
export type CellSource = z.infer<typeof cellSchema>
const useSchema = z.strictObject({ use: slug, take: cellSchema.shape.take.optional() })
/** What a row says of the place itself, where it has to be named. */
const placeValueSchema = z.union([constantSchema, cellSchema, useSchema])
const ownIdSchema = z.strictObject({ id: slug, by: z.array(column).max(5).default([]) })
const theSchema = z.strictObject({ the: z.enum(['school', 'place']) })

const fieldSchema = z.union([constantSchema, cellSchema, ownIdSchema, theSchema, useSchema], {
  error:
    'Expected one of: {"value": …}, {"column": …}, {"use": …}, {"id": …}, {"the": …}, each with no other keys than docs/import.md names.',
})
type WrittenSource = z.infer<typeof fieldSchema>
/** Where the value of a field comes from. */
export type FieldSource = Exclude<WrittenSource, { use: string }>

const whenSchema = z.strictObject({ date: column, time: column.optional(), hour: column.optional() })
export type WhenSource = z.infer<typeof whenSchema>

const rowsSchema = z.union([
  z.strictObject({ column, is: z.array(z.string()).min(1).max(100) }),
  z.strictObject({ column, filled: z.literal(true) }),
])
export type RowsSource = z.infer<typeof rowsSchema>

const types = definitionsFor('case')
  .map((d) => d.type as EventType)
  .filter((t) => t !== WITHDRAWAL)

const factSchema = z
  .strictObject({
    type: z.enum(types as [EventType, ...EventType[]]),
    name: slug.optional(),
    rows: rowsSchema.optional(),
    each: z.array(column).max(5).default([]),
    at: whenSchema,
    data: z
      .record(
        z
          .string()
          .regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*){0,2}$/, 'Expected: the name of a field, one within another with a dot: rating.scheme.'),
        fieldSchema,
      )
      .default({}),
  })
  .transform((fact) => ({ ...fact, name: fact.name ?? fact.type }))
  .superRefine(({ type, data }, context) => {
    const { data: schema } = definitionOf(type)!
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    for (const field of Object.keys(data))
      if (!known.includes(field.split('.')[0]!))
        context.addIssue({ code: 'custom', path: ['data', field], message: `${type} has no such field. It has: ${known.join(', ')}.` })
  })
export type FactSource = Omit<z.infer<typeof factSchema>, 'data'> & { readonly data: Readonly<Record<string, FieldSource>> }

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

const writtenSchema = z
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
        register: z.strictObject({ from: z.iso.date(), setting: placeValueSchema, kind: placeValueSchema }).optional(),
      })
      .optional(),
    /** Ways of reading a column that several fields use. */
    values: z.record(slug, cellSchema).default({}),
    children: z.strictObject({ issuer: z.string().min(1).max(60).optional(), scheme: z.string().min(1).max(60) }).optional(),
    facts: z.array(factSchema).min(1).max(50),
    acts: z.enum(['every-pair', 'none']).default('none'),
  })
  .superRefine(({ facts, children, places, acts }, context) => {
    if (acts === 'every-pair' && facts.some((f) => f.type === 'act-recorded'))
      context.addIssue({
        code: 'custom',
        path: ['acts'],
        message: 'Either the rows say who acted on whom, or every pair did. Take out one.',
      })
    for (const [index, { name, data }] of facts.entries()) {
      if (facts.findIndex((f) => f.name === name) !== index)
        context.addIssue({
          code: 'custom',
          path: ['facts', index, 'name'],
          message: 'Two facts of one type need a name each, so that their ids differ.',
        })
      const without = (key: string, needs: (source: WrittenSource) => boolean) => {
        const field = Object.keys(data).find((f) => needs(data[f]!))
        if (field !== undefined)
          context.addIssue({
            code: 'custom',
            path: ['facts', index, 'data', field],
            message: `Say under ${key} how they are known in the file.`,
          })
      }
      if (!children) without('children', (source) => 'column' in source && source.as === 'child')
      if (!places) without('places', (source) => 'the' in source && source.the === 'place')
    }
  })
type Written = z.infer<typeof writtenSchema>

/** The mapping with each `use` replaced by what it stands for. */
function inFull({ values, facts, places, ...rest }: Written, problem: (path: (string | number)[], message: string) => void) {
  const meant = (source: WrittenSource, path: (string | number)[]): FieldSource => {
    if (!('use' in source)) return source
    if (Object.hasOwn(values, source.use)) return { ...values[source.use]!, ...(source.take && { take: source.take }) }
    problem(path, `There is no such name under values. There are: ${Object.keys(values).join(', ')}.`)
    return { value: null }
  }
  const factsInFull = facts.map((fact, i): FactSource => ({
    ...fact,
    data: Object.fromEntries(Object.entries(fact.data).map(([field, source]) => [field, meant(source, ['facts', i, 'data', field])])),
  }))
  const register = places?.register && {
    ...places.register,
    setting: meant(places.register.setting, ['places', 'register', 'setting']),
    kind: meant(places.register.kind, ['places', 'register', 'kind']),
  }
  return { ...rest, facts: factsInFull, places: places && { ...places, register } }
}

/** How the rows of a file become facts. Every key is described in docs/import.md. */
export const mappingSchema = writtenSchema.transform((mapping, context) =>
  inFull(mapping, (path, message) => context.addIssue({ code: 'custom', path, message })),
)
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

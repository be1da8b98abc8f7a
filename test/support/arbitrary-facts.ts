import { fieldMeta, type FieldMeta } from '@circumspect/domain'
import fc from 'fast-check'
import { z } from 'zod'
import { idOf } from './least-facts'

/** Ids come from small pools, so that what is named is also referred to. */
const POOL = 2
export const pooled = (of: string, n: number): string => idOf(`${of} ${n}`)

const days = fc.integer({ min: 1, max: 28 }).map((d) => `2026-02-${String(d).padStart(2, '0')}`)
const clocks = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)

function leaf(schema: z.core.$ZodType, meta: FieldMeta): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return fc.integer({ min: schema.minValue!, max: Math.min(schema.maxValue!, schema.minValue! + 20) })
  if (meta.field === 'id') return fc.integer({ min: 1, max: POOL }).map((n) => pooled(meta.of, n))
  if (meta.field === 'text') return fc.constantFrom('Some words', 'Other words')
  if (meta.field === 'code') return fc.constantFrom('one-system', 'another-system')
  switch ((meta as { unit: string }).unit) {
    case 'date':
      return days
    case 'local time':
      return clocks
    case 'instant':
      return fc.constant('2026-02-01T10:45:00.000Z')
    case 'school year':
      return fc.constantFrom('202425', '202526')
    case 'register number':
      return fc.constantFrom('100000', '200000')
    default:
      throw new Error(`No values are made for ${JSON.stringify(meta)}.`)
  }
}

/** Any value that a schema of `fields` accepts. */
export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const meta = fieldMeta(schema)
  if (meta) return leaf(schema, meta)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return fc.option(arbitraryOf(schema.unwrap() as z.core.$ZodType), { nil: undefined })
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(schema.unwrap() as z.core.$ZodType), { nil: null })
  if (schema instanceof z.ZodArray)
    return fc.uniqueArray(arbitraryOf(schema.element), { minLength: minOf(schema), maxLength: 3, comparator: 'IsStrictlyEqual' })
  if (schema instanceof z.ZodDiscriminatedUnion) return fc.oneof(...schema.options.map((option) => arbitraryOf(option)))
  if (!(schema instanceof z.ZodObject)) throw new Error('No values are made for this kind of schema.')
  const fields = Object.entries(schema.shape).map(([key, field]) => [key, arbitraryOf(field as z.core.$ZodType)] as const)
  return fc.record(Object.fromEntries(fields)).filter((value) => schema.safeParse(value).success)
}

/** The fewest elements an array may have: 0 or 1 in every schema of ours. */
const minOf = (schema: z.ZodArray): number => (schema.safeParse([]).success ? 0 : 1)

import { definitionOf, eventTypes, fieldMeta, type EventType, type FieldMeta, type JsonObject } from '@circumspect/domain'
import { z } from 'zod'
import { idOf } from './least-facts'

const last = (path: string) => path.split('.').at(-1)

function usual(schema: z.core.$ZodType, meta: FieldMeta, path: string): unknown {
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodBoolean) return true
  if (schema instanceof z.ZodNumber) return Math.max(schema.minValue!, 1)
  if (meta.field === 'id') return idOf(path)
  if (meta.field === 'text') return `Words of ${path}`
  if (meta.field === 'code') return 'some-system'
  const byUnit: Record<string, string> = {
    date: last(path) === 'to' ? '2026-03-27' : '2026-01-05',
    'local time': last(path) === 'to' ? '11:00' : '10:40',
    instant: '2026-01-31T10:45:00.000Z',
    'school year': '202526',
    'register number': '100000',
  }
  const value = byUnit[(meta as { unit: string }).unit]
  if (value === undefined) throw new Error(`No value is made for ${path}.`)
  return value
}

/** What stands at a leaf: `usual` is a value that the schema accepts. */
export type LeafValue = (path: string, meta: FieldMeta, usual: unknown) => unknown

/** A value with every field a schema knows: each list with one element, of each union the option of this number. */
export function fullData(schema: z.core.$ZodType, option = 0, value: LeafValue = (_, __, usual) => usual, path = ''): unknown {
  const meta = fieldMeta(schema)
  if (meta) return value(path, meta, usual(schema, meta, path))
  const below = (inner: z.core.$ZodType, key?: string | number) =>
    fullData(inner, option, value, key === undefined ? path : path === '' ? String(key) : `${path}.${key}`)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return below(schema.unwrap() as z.core.$ZodType)
  if (schema instanceof z.ZodArray) return [below(schema.element, 0)]
  if (schema instanceof z.ZodDiscriminatedUnion) return below(schema.options[option]!)
  if (!(schema instanceof z.ZodObject)) throw new Error(`No value is made for ${path}.`)
  return Object.fromEntries(Object.entries(schema.shape).map(([key, field]) => [key, below(field as z.core.$ZodType, key)]))
}

/** How many options the unions of a schema have; 1 where there is none. */
export function optionsOf(schema: z.core.$ZodType): number {
  if (fieldMeta(schema)) return 1
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return optionsOf(schema.unwrap() as z.core.$ZodType)
  if (schema instanceof z.ZodArray) return optionsOf(schema.element)
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.length
  if (schema instanceof z.ZodObject) return Math.max(1, ...Object.values(schema.shape).map((field) => optionsOf(field as z.core.$ZodType)))
  return 1
}

export interface FullSample {
  readonly type: EventType
  /** Which option of its unions. */
  readonly option: number
  readonly data: JsonObject
}

/** Data with every field, for every type of event; one for each option of a union. */
export const fullSamples = (value?: LeafValue): FullSample[] =>
  eventTypes.flatMap((type) => {
    const schema = definitionOf(type)!.data
    return Array.from({ length: optionsOf(schema) }, (_, option) => ({ type, option, data: fullData(schema, option, value) as JsonObject }))
  })

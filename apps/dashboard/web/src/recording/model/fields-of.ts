import { definitionOf, fieldMeta, type FieldMeta } from '@circumspect/domain'
import { z } from 'zod'
import { schoolYears } from '../../shared/school-years'
import type { Asked, Field, UnionOption } from './field'
import { codeLabel, helpFor, labelFor } from './words'

/** A schema brings something that no form can show. */
export class UnshownFieldError extends Error {}

const unshown = (path: string) => new UnshownFieldError(`No form can ask for ${path}: add it to fields-of.ts.`)

/** Digits of the longest number in a public register, and characters of the longest code that somebody makes up. */
const LONGEST_NUMBER = 7
const LONGEST_CODE = 60

const TIERS = ['1', '2', '3', '4']

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, i) => ({ value: String(i + 1), label }))

/** The next school year and those before it, as six digits: 202526. */
function schoolYearOptions() {
  const next = new Date()
  next.setFullYear(next.getFullYear() + 1)
  return schoolYears(next).map(({ name }) => ({ value: name.replace('/', ''), label: name }))
}

interface Unwrapped {
  readonly schema: z.core.$ZodType
  readonly optional: boolean
  readonly nullable: boolean
  readonly fallback?: unknown
}

function unwrap(schema: z.core.$ZodType): Unwrapped {
  if (schema instanceof z.ZodOptional) return { ...unwrap(schema.unwrap()), optional: true }
  if (schema instanceof z.ZodNullable) return { ...unwrap(schema.unwrap()), nullable: true }
  if (schema instanceof z.ZodDefault) return { ...unwrap(schema.unwrap()), optional: true, fallback: schema.def.defaultValue }
  return { schema, optional: false, nullable: false }
}

/**
 * What a form asks for one type of event, in the order of its schema.
 * @throws UnshownFieldError
 */
export function fieldsOf(type: string): readonly Field[] {
  const definition = definitionOf(type)
  if (!definition) throw unshown(type)
  return shapeOf(definition.data, type)
}

/** What a form asks for the fields of one schema. */
export function shapeOf(schema: z.core.$ZodType, path: string): Field[] {
  if (!(schema instanceof z.ZodObject)) throw unshown(path)
  return Object.entries(schema.shape).map(([key, inner]) => fieldOf(inner as z.core.$ZodType, key, `${path}.${key}`))
}

function fieldOf(given: z.core.$ZodType, key: string, path: string): Field {
  const { schema, optional, nullable, fallback } = unwrap(given)
  const said = { key, label: labelFor(path), help: helpFor(path), optional, ...(fallback !== undefined && { fallback }) }
  return { ...said, ...asked(schema, path, nullable) }
}

function asked(schema: z.core.$ZodType, path: string, nullable: boolean): Asked {
  const meta = fieldMeta(schema)
  if (meta) return leaf(schema, meta, path, nullable)
  if (schema instanceof z.ZodObject) return { kind: 'group', fields: shapeOf(schema, path) }
  if (schema instanceof z.ZodArray) return listOf(schema, path)
  if (schema instanceof z.ZodDiscriminatedUnion) return unionOf(schema, path)
  throw unshown(path)
}

function leaf(schema: z.core.$ZodType, meta: FieldMeta, path: string, nullable: boolean): Asked {
  if (meta.field === 'id') return meta.use === 'names' ? { kind: 'made', of: meta.of } : { kind: 'thing', of: meta.of, noneOf: nullable }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: optionsOf(schema, path) }
  if (schema instanceof z.ZodBoolean) return { kind: 'flag' }
  if (meta.field === 'measure' && meta.unit === 'tier') return { kind: 'choice', options: TIERS.map((tier) => ({ value: tier, label: codeLabel(path, tier) })), numbers: true }
  if (schema instanceof z.ZodNumber && meta.field === 'measure')
    return { kind: 'number', unit: meta.unit, min: schema.minValue!, max: schema.maxValue! }
  if (meta.field === 'measure') {
    if (meta.unit === 'date') return { kind: 'date' }
    if (meta.unit === 'local time') return { kind: 'time' }
    if (meta.unit === 'register number') return { kind: 'text', max: LONGEST_NUMBER }
    if (meta.unit === 'school year') return { kind: 'choice', options: schoolYearOptions() }
  }
  if (meta.field === 'code' && schema instanceof z.ZodString) return { kind: 'text', max: LONGEST_CODE }
  if (meta.field === 'text' && schema instanceof z.ZodString) return { kind: 'text', max: schema.maxLength! }
  throw unshown(path)
}

function listOf(schema: z.ZodArray, path: string): Asked {
  const checks = schema.def.checks?.map((check) => check._zod.def) as { check: string; minimum?: number; maximum?: number }[] | undefined
  const least = checks?.find((c) => c.check === 'min_length')?.minimum ?? 0
  const max = checks?.find((c) => c.check === 'max_length')?.maximum
  const { element } = schema
  const meta = fieldMeta(element)
  if (max === undefined) throw unshown(path)
  if (element instanceof z.ZodEnum) return { kind: 'choices', options: optionsOf(element, path), least }
  if (meta?.field === 'id' && meta.use === 'refers') return { kind: 'things', of: meta.of, max }
  if (meta?.field === 'measure' && meta.unit === 'ISO weekday') return { kind: 'choices', options: WEEKDAYS, least, numbers: true }
  if (meta?.field === 'measure' && meta.unit === 'date') return { kind: 'dates', max }
  if (element instanceof z.ZodObject) return { kind: 'list', item: shapeOf(element, path), least, max }
  throw unshown(path)
}

function unionOf(schema: z.ZodDiscriminatedUnion, path: string): Asked {
  const by = schema.def.discriminator
  const options = schema.options.map((option): UnionOption => {
    const tag = option instanceof z.ZodObject ? (option.shape[by] as unknown) : undefined
    if (!(tag instanceof z.ZodEnum) || tag.options.length !== 1) throw unshown(path)
    const value = String(tag.options[0])
    return { value, label: codeLabel(path, value), fields: shapeOf(option, path).filter((field) => field.key !== by) }
  })
  return { kind: 'union', by, options }
}

const optionsOf = (schema: z.ZodEnum, path: string) => schema.options.map((o) => ({ value: String(o), label: codeLabel(path, String(o)) }))

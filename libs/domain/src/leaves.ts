import { z } from 'zod'
import { fieldMeta, type FieldMeta } from './fields'

/** A path from the root of a value: keys and array indices. */
export type Path = readonly (string | number)[]

export interface Leaf {
  readonly path: Path
  readonly meta: FieldMeta
  readonly value: unknown
}

/** A schema has a leaf that no function of `fields` made. */
export class UnclassedFieldError extends Error {}

const unwrap = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (fieldMeta(schema)) return schema
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return unwrap(schema.unwrap())
  return schema
}

/** Visits every present leaf of `value` with the class its schema gives it. Throws on a leaf without a class. */
export function visitLeaves(schema: z.core.$ZodType, value: unknown, visit: (leaf: Leaf) => void): void {
  mapLeaves(schema, value, (leaf) => {
    visit(leaf)
    return leaf.value
  })
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.core.$ZodType {
  const key = union.def.discriminator
  const wanted = (value as Record<string, unknown>)[key]
  const option = union.options.find((o) => o instanceof z.ZodObject && (o.shape[key] as z.ZodEnum).options.includes(wanted as string))
  if (!option) throw new UnclassedFieldError(`No option of the union has this ${key}.`)
  return option
}

/**
 * A copy of `value`, made of the fields its schema knows and no others, with each leaf replaced by what `map` makes of it;
 * `undefined` leaves the field out.
 */
export function mapLeaves<T>(schema: z.core.$ZodType, value: T, map: (leaf: Leaf) => unknown): T {
  return copyLeaves(schema, value, map, []) as T
}

function copyLeaves(schema: z.core.$ZodType, value: unknown, map: (leaf: Leaf) => unknown, path: Path): unknown {
  if (value === undefined || value === null) return value
  const inner = unwrap(schema)
  const meta = fieldMeta(inner)
  if (meta) return map({ path, meta, value })
  if (inner instanceof z.ZodObject) {
    const object = value as Record<string, unknown>
    const copy: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(inner.shape)) {
      const mapped = copyLeaves(field as z.core.$ZodType, object[key], map, [...path, key])
      if (mapped !== undefined) copy[key] = mapped
    }
    return copy
  }
  if (inner instanceof z.ZodArray)
    return (value as unknown[])
      .map((item, index) => copyLeaves(inner.element, item, map, [...path, index]))
      .filter((item) => item !== undefined)
  if (inner instanceof z.ZodDiscriminatedUnion) return copyLeaves(optionFor(inner, value), value, map, path)
  throw unclassed(path)
}

const unclassed = (path: Path) =>
  new UnclassedFieldError(`The field ${path.join('.') || '(root)'} has no class: make it with a function of fields.ts.`)

/** A leaf of a schema, whatever the value: `needs.0.area` is written `needs.*.area`. */
export interface SchemaLeaf {
  readonly path: string
  readonly meta: FieldMeta
  readonly schema: z.core.$ZodType
}

/** Every leaf of a schema, in its order; of a union, those of all options, each path once. Throws on a leaf without a class. */
export function leavesOf(schema: z.core.$ZodType, path: readonly string[] = []): SchemaLeaf[] {
  const inner = unwrap(schema)
  const meta = fieldMeta(inner)
  if (meta) return [{ path: path.join('.'), meta, schema: inner }]
  if (inner instanceof z.ZodObject)
    return Object.entries(inner.shape).flatMap(([key, field]) => leavesOf(field as z.core.$ZodType, [...path, key]))
  if (inner instanceof z.ZodArray) return leavesOf(inner.element, [...path, '*'])
  if (inner instanceof z.ZodDiscriminatedUnion)
    return [...new Map(inner.options.flatMap((option) => leavesOf(option, path)).map((leaf) => [leaf.path, leaf])).values()]
  throw unclassed(path)
}

import type { Field } from './field'

/** What has been filled in, as it will be sent: a field left empty is not there. */
export type Values = { readonly [key: string]: unknown }

/** A form as it opens: new things have their ids, fields with a fallback have it. */
export const opening = (fields: readonly Field[], newId: () => string): Values =>
  Object.fromEntries(fields.flatMap((field) => entryOf(field, newId)))

function entryOf(field: Field, newId: () => string): [string, unknown][] {
  if (field.kind === 'made') return [[field.key, newId()]]
  if (field.fallback !== undefined) return [[field.key, field.fallback]]
  if (field.optional) return []
  if (field.kind === 'group') return [[field.key, opening(field.fields, newId)]]
  if (field.kind === 'list') return [[field.key, Array.from({ length: field.least }, () => opening(field.item, newId))]]
  return []
}

/** The value at a path of keys, `rating.before.severity`. */
export const valueAt = (values: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values)

/** A copy with another value at a path; `undefined` takes the field away. */
export function withValue<T>(values: T, path: string, value: unknown): T {
  const [key, ...rest] = path.split('.') as [string, ...string[]]
  const next = rest.length === 0 ? value : withValue((values as Record<string, unknown> | undefined)?.[key] ?? {}, rest.join('.'), value)
  if (Array.isArray(values)) return values.map((item: unknown, i) => (i === Number(key) ? next : item)) as T
  const { [key]: _, ...others } = values as Record<string, unknown>
  return (next === undefined ? others : { ...(values as object), [key]: next }) as T
}

/** What was filled in, in the order and with the fields its type knows now: what stands on record can have been made before. */
export const known = (fields: readonly Field[], values: Values): Values =>
  Object.fromEntries(fields.filter(({ key }) => values[key] !== undefined).map(({ key }) => [key, values[key]]))

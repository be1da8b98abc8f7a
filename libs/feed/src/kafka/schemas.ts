import { definitionOf, envelopeSchema, eventTypes } from '@circumspect/domain'
import { z } from 'zod'
import { schemaName } from './message'

interface JsonSchema {
  [key: string]: unknown
  field?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

/** The envelope without what stands in the CloudEvent's own attributes. */
const envelope = envelopeSchema.omit({ id: true, recordedAt: true })

/**
 * The JSON Schema (2020-12) of the data of every type of event as the feed carries it, by the name that messages give as `dataschema`.
 * Made from the schemas that events are recorded by, without the fields classed as text: those do not travel.
 */
export function feedSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map(
    eventTypes.map((type) => {
      const { version, data, title } = definitionOf(type)!
      const recorded = envelope.extend({ revision: z.int().min(0), data })
      const $id = schemaName(type, version)
      return [$id, { $id, title, ...withoutTexts(z.toJSONSchema(recorded, { io: 'input' }) as JsonSchema) }]
    }),
  )
}

const isText = (schema: JsonSchema): boolean => schema.field === 'text'

function withoutTexts<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => withoutTexts(each)) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutTexts<unknown>(value)])) as JsonSchema
  for (const [name, field] of Object.entries(copy.properties ?? {})) {
    if (!isText(field)) continue
    delete copy.properties![name]
    copy.required = copy.required?.filter((each) => each !== name) ?? []
  }
  // A list of texts travels as an empty list.
  if (copy.items && isText(copy.items)) return { type: 'array', maxItems: 0 } as T
  return copy as T
}

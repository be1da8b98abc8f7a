import { commandSchema } from '@circumspect/domain'
import { z } from 'zod'
import { mappingSchema } from '../import/mapping-schema'
import { childSchema, erasureSchema } from './children.controller'
import { draftSchema } from './drafts.controller'

export type Json = Record<string, unknown>

/** A zod schema as JSON Schema of what a caller sends. */
export function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Json
  return rest
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const uuid = { type: 'string', format: 'uuid' }
const at = { type: 'string', format: 'date-time' }
const whole = { type: 'integer', minimum: 0 }
const object = (properties: Json, optional: readonly string[] = []): Json => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
})
const list = (items: Json): Json => ({ type: 'array', items })
const counts = (...names: string[]): Json => object(Object.fromEntries(names.map((name) => [name, whole])))

/** Which kind of stream is recorded to under which part of the address. */
export const KINDS = { cases: 'case', schools: 'school', children: 'child', reviews: 'review' } as const

export const SCHEMAS: Json = {
  ...Object.fromEntries(Object.values(KINDS).map((kind) => [`${kind}-event`, jsonSchema(commandSchema(kind))])),
  Recorded: object({
    stream: { type: 'string' },
    events: list(object({ id: uuid, revision: whole, recordedAt: { type: 'string', format: 'date-time' } })),
  }),
  ChildToRegister: jsonSchema(childSchema),
  DraftToKeep: jsonSchema(draftSchema),
  Draft: object({ id: uuid, case: uuid, savedAt: at, until: at, content: { type: 'object' } }),
  ErasureAsked: jsonSchema(erasureSchema),
  Erasure: object({
    child: uuid,
    erasedAt: { type: 'string', format: 'date-time' },
    reason: { type: 'string' },
    keysDestroyed: { ...whole, description: 'Texts about this child alone, which nobody can read any more.' },
    toRedact: {
      ...list(object({ stream: { type: 'string' }, eventId: uuid, field: { type: 'string' } })),
      description:
        'Texts about this child and others. Record each again without what is about this child, as a correction: then the old one goes.',
    },
  }),
  Mapping: jsonSchema(mappingSchema),
  Import: object({ csv: { type: 'string', minLength: 1 }, mapping: ref('Mapping'), mode: { enum: ['preview', 'import'] } }),
  ImportProgress: {
    oneOf: [
      object({ state: { const: 'running' }, done: whole, total: { ...whole, description: 'Cases. 0 while the file is read.' } }),
      object({ state: { const: 'done' }, result: ref('ImportResult') }),
      object({ state: { const: 'failed' }, detail: { type: 'string' } }),
    ],
  },
  ImportResult: object({
    mode: { enum: ['preview', 'import'] },
    rows: whole,
    cases: counts('new', 'changed', 'unchanged', 'leftOut'),
    facts: counts('new', 'changed', 'unchanged'),
    gone: object({ cases: list(uuid), facts: whole, list: list(object({ case: uuid, event: uuid, type: { type: 'string' } })) }),
    keptAsCorrectedHere: whole,
    keptErased: whole,
    problems: list(
      object({
        row: { ...whole, description: 'As a spreadsheet counts; 0: the file as a whole.' },
        column: { type: 'string' },
        message: { type: 'string' },
      }),
    ),
  }),
  Problem: object(
    {
      type: { type: 'string', format: 'uri' },
      status: { type: 'integer' },
      code: { type: 'string', description: 'Stable, for programs.' },
      title: { type: 'string' },
      detail: { type: 'string', description: 'What to do.' },
      index: { ...whole, description: 'Which of several events, counted from 0.' },
      actualRevision: { type: 'integer', description: 'Of a conflict: the revision the record is at.' },
      errors: list(object({ field: { type: 'string' }, message: { type: 'string' } })),
    },
    ['index', 'actualRevision', 'errors'],
  ),
}

import { commandSchema, type StreamKind } from '@circumspect/domain'
import { z } from 'zod'
import { childSchema } from './children.controller'

type Json = Record<string, unknown>

const jsonSchema = (schema: z.ZodType): Json => {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Json
  return rest
}

const content = (schema: Json) => ({ 'application/json': { schema } })
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } })

const PROBLEMS = {
  400: problem('The request cannot be read.'),
  401: problem('Not signed in.'),
  409: problem('It conflicts with what is recorded: a taken id, an old revision, a fact others rest on.'),
  413: problem('Too large.'),
  415: problem('Not JSON.'),
  422: problem('Fields are not as expected, or the facts may not be recorded as they stand.'),
  503: problem('Not now; try again.'),
}

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

function recordOperation(kind: StreamKind): Json {
  const event = ref(`${kind}-event`)
  return {
    post: {
      operationId: `record-${kind}-events`,
      summary: `Record facts of a ${kind}: one event or an array, all or none. Repeating a request changes nothing.`,
      parameters: [
        idParameter,
        { name: 'school', in: 'query', schema: { type: 'string', format: 'uuid' }, description: 'Whose it is; needed with the first facts, except of a school.' },
        { name: 'expectedRevision', in: 'query', schema: { type: 'integer', minimum: -1 }, description: 'Record only if the stream is at this revision.' },
      ],
      requestBody: { required: true, content: content({ oneOf: [event, { type: 'array', items: event, minItems: 1, maxItems: 500 }] }) },
      responses: { 201: { description: 'Recorded, or recorded already.', content: content(ref('Recorded')) }, ...PROBLEMS },
    },
  }
}

/** The description of the interface (OpenAPI 3.1), out of the same schemas that check what comes in. */
export function openApiDocument(): Json {
  const kinds = { cases: 'case', schools: 'school', children: 'child', reviews: 'review' } as const
  return {
    openapi: '3.1.0',
    info: { title: 'Circumspect: recording', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ session: [] }, { tool: [] }],
    paths: {
      ...Object.fromEntries(Object.entries(kinds).map(([path, kind]) => [`/api/${path}/{id}/events`, recordOperation(kind)])),
      '/api/children': {
        post: {
          operationId: 'register-child',
          summary: 'The id of a child, by references; made if none is known.',
          requestBody: { required: true, content: content(jsonSchema(childSchema)) },
          responses: { 201: { description: 'The id.', content: content({ type: 'object', required: ['child'], properties: { child: { type: 'string', format: 'uuid' } } }) }, ...PROBLEMS },
        },
      },
      '/api/children/{id}/erasure': {
        post: {
          operationId: 'erase-child',
          summary: 'Forget who a child is and destroy the keys of the texts about this child alone; lists the texts still to be redacted.',
          parameters: [idParameter],
          responses: { 200: { description: 'Erased.', content: content({ type: 'object' }) }, 404: problem('No such child.'), ...PROBLEMS },
        },
      },
      '/api/imports': {
        post: {
          operationId: 'import',
          summary: 'Check or import a CSV file with a mapping. Answers at once with the id under which progress and result are found.',
          requestBody: { required: true, content: content(ref('Import')) },
          responses: { 202: { description: 'Begun.', content: content({ type: 'object', required: ['id'], properties: { id: { type: 'string' } } }) }, ...PROBLEMS },
        },
      },
      '/api/imports/{id}': {
        get: {
          operationId: 'import-progress',
          summary: 'How far an import is, and its result.',
          parameters: [idParameter],
          responses: { 200: { description: 'Progress, and the result once it is done.', content: content({ type: 'object' }) }, 404: problem('No such import.'), 401: PROBLEMS[401] },
        },
      },
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'circumspect-session' }, tool: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...Object.fromEntries(Object.values(kinds).map((kind) => [`${kind}-event`, jsonSchema(commandSchema(kind))])),
        Recorded: {
          type: 'object',
          required: ['stream', 'events'],
          properties: {
            stream: { type: 'string' },
            events: {
              type: 'array',
              items: {
                type: 'object',
                required: ['id', 'revision', 'recordedAt'],
                properties: { id: { type: 'string', format: 'uuid' }, revision: { type: 'integer' }, recordedAt: { type: 'string', format: 'date-time' } },
              },
            },
          },
        },
        Import: {
          type: 'object',
          required: ['csv', 'mapping', 'mode'],
          properties: { csv: { type: 'string' }, mapping: { type: 'object' }, mode: { enum: ['preview', 'import'] } },
        },
        Problem: {
          type: 'object',
          required: ['type', 'status', 'code', 'title', 'detail'],
          properties: {
            type: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, title: { type: 'string' }, detail: { type: 'string' },
            index: { type: 'integer', description: 'Which of several events, counted from 0.' },
            errors: {
              type: 'array',
              items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, message: { type: 'string' } } },
            },
          },
        },
      },
    },
  }
}

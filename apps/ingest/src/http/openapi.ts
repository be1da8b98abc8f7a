import type { StreamKind } from '@circumspect/domain'
import { DRAFT_DAYS } from './drafts.controller'
import { BATCH } from './events.controller'
import { KINDS, ref, SCHEMAS, type Json } from './openapi-schemas'

const content = (schema: Json) => ({ 'application/json': { schema } })
const body = (schema: Json) => ({ requestBody: { required: true, content: content(schema) } })
const answer = (description: string, schema: Json) => ({ description, content: content(schema) })
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } })
const uuid = { type: 'string', format: 'uuid' }
const instant = { type: 'string', format: 'date-time' }

const ASKING = { 401: problem('Not signed in.'), 404: problem('There is no such thing.'), 503: problem('Not now; try again.') }
const SENDING = {
  ...ASKING,
  400: problem('The request cannot be read.'),
  409: problem('It conflicts with what is recorded: a taken id, an old revision, a fact others rest on.'),
  413: problem('Too large.'),
  415: problem('Not JSON.'),
  422: problem('Fields are not as expected, or the facts may not be recorded as they stand.'),
}

const idParameter = { name: 'id', in: 'path', required: true, schema: uuid }

function recording(kind: StreamKind): Json {
  const event = ref(`${kind}-event`)
  const school = { name: 'school', in: 'query', schema: uuid, description: 'Whose it is; needed with the first facts, except of a school.' }
  const revision = {
    name: 'expectedRevision',
    in: 'query',
    schema: { type: 'integer', minimum: -1 },
    description: 'Record only if the stream is at this revision; -1: if it is new.',
  }
  return {
    post: {
      operationId: `record-${kind}-events`,
      summary: `Record facts of a ${kind}: one event or an array, all or none. Repeating a request changes nothing.`,
      parameters: [idParameter, school, revision],
      ...body({ oneOf: [event, { type: 'array', items: event, minItems: 1, maxItems: BATCH }] }),
      responses: { 201: answer('Recorded, or recorded already.', ref('Recorded')), ...SENDING },
    },
  }
}

const PATHS: Json = {
  ...Object.fromEntries(Object.entries(KINDS).map(([path, kind]) => [`/api/${path}/{id}/events`, recording(kind)])),
  '/api/children': {
    post: {
      operationId: 'register-child',
      summary: 'The id of a child, by references; made if none is known.',
      ...body(ref('ChildToRegister')),
      responses: { 201: answer('The id.', { type: 'object', required: ['child'], properties: { child: uuid } }), ...SENDING },
    },
  },
  '/api/children/{id}/erasure': {
    post: {
      operationId: 'erase-child',
      summary: 'Forget who a child is and destroy the keys of the texts about this child alone; lists the texts still to be redacted.',
      parameters: [idParameter],
      ...body(ref('ErasureAsked')),
      responses: { 200: answer('Erased.', ref('Erasure')), ...SENDING },
    },
  },
  '/api/drafts': {
    get: {
      operationId: 'list-drafts',
      summary: 'What this account has begun to write and not yet recorded, the last saved first.',
      responses: { 200: answer('The drafts.', { type: 'object', required: ['drafts'], properties: { drafts: { type: 'array', items: ref('Draft') } } }), ...ASKING },
    },
  },
  '/api/drafts/{id}': {
    get: {
      operationId: 'read-draft',
      summary: 'One draft of this account.',
      parameters: [idParameter],
      responses: { 200: answer('The draft.', ref('Draft')), ...ASKING },
    },
    put: {
      operationId: 'keep-draft',
      summary: `Keep a draft, encrypted, in the place of what it had before. It is deleted after ${DRAFT_DAYS} days.`,
      parameters: [idParameter],
      ...body(ref('DraftToKeep')),
      responses: { 200: answer('Kept.', { type: 'object', required: ['savedAt', 'until'], properties: { savedAt: instant, until: instant } }), ...SENDING },
    },
    delete: {
      operationId: 'drop-draft',
      summary: 'Delete a draft of this account; there may be none.',
      parameters: [idParameter],
      responses: { 204: { description: 'There is no such draft any more.' }, ...ASKING },
    },
  },
  '/api/imports': {
    post: {
      operationId: 'import',
      summary: 'Check or import a CSV file with a mapping. Answers at once with the id under which progress and result are found.',
      ...body(ref('Import')),
      responses: { 202: answer('Begun.', { type: 'object', required: ['id'], properties: { id: uuid } }), ...SENDING },
    },
  },
  '/api/imports/{id}': {
    get: {
      operationId: 'import-progress',
      summary: 'How far an import is, and its result.',
      parameters: [idParameter],
      responses: { 200: answer('Progress, and the result once it is done.', ref('ImportProgress')), ...ASKING },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'description',
      summary: 'This description.',
      responses: { 200: answer('OpenAPI 3.1.', { type: 'object' }), ...ASKING },
    },
  },
}

/** The description of the interface (OpenAPI 3.1), out of the same schemas that check what comes in. */
export const openApiDocument = (): Json => ({
  openapi: '3.1.0',
  info: { title: 'Circumspect: recording', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  security: [{ session: [] }, { tool: [] }],
  paths: PATHS,
  components: {
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'circumspect-7400', description: 'The name ends with the port of the service.' },
      tool: { type: 'http', scheme: 'bearer' },
    },
    schemas: SCHEMAS,
  },
})

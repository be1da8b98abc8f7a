import { definitionsFor } from '@circumspect/domain'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIngest, type Ingest } from '../../../../test/support/ingest'

interface Operation {
  readonly operationId: string
  readonly responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, { anyOf?: { properties: { type: { const: string } } }[] }> }
}

describe('the description of the interface', () => {
  let ingest: Ingest
  let document: Document
  beforeAll(async () => {
    ingest = await startIngest()
    document = (await ingest.get('/api/openapi.json')).body as unknown as Document
  })
  afterAll(() => ingest.stop())

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(document as never)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('resolves every reference', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1]!)
    expect(refs.length).toBeGreaterThan(20)
    const inside = (at: string) =>
      at
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
    for (const at of new Set(refs)) expect(inside(at), at).toBeDefined()
  })

  it('has every route there is, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect(ingest.routes.length).toBe(13)
    expect(described.sort()).toEqual([...ingest.routes].sort())
  })

  it('names every type of event, on its own stream', () => {
    for (const kind of ['case', 'school', 'child', 'review'] as const) {
      const types = document.components.schemas[`${kind}-event`]!.anyOf!.map((s) => s.properties.type.const)
      expect(types).toEqual(definitionsFor(kind).map((d) => d.type))
    }
  })

  it('says of every operation which problems it answers', () => {
    for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
      const problems = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400)
      expect(problems.length, operation.operationId).toBeGreaterThan(0)
      for (const [, { content }] of problems)
        expect(content?.['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem')
    }
  })
})

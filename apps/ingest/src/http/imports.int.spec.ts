import type { ImportResult } from '@circumspect/ingest'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startIngest, type Ingest } from '../../../../test/support/ingest'
import { until } from '../../../../test/support/service'

const csv = readFileSync('mappings/example.csv', 'utf8')
const mapping = JSON.parse(readFileSync('mappings/example.json', 'utf8')) as Record<string, unknown>

describe('importing over HTTP', () => {
  let ingest: Ingest
  beforeEach(async () => {
    ingest = await startIngest()
  })
  afterEach(() => ingest.stop())

  const begin = async (body: object) => {
    const answer = await ingest.post('/api/imports', body)
    expect(answer.status, answer.text).toBe(202)
    return answer.body.id as string
  }
  const ended = async (id: string): Promise<ImportResult> => {
    let body: Record<string, unknown> = {}
    await until('the import ends', async () => (body = (await ingest.get(`/api/imports/${id}`)).body).state !== 'running')
    expect(body.state).toBe('done')
    return body.result as ImportResult
  }

  it('answers at once, and gives progress and the result under the id', async () => {
    const preview = await ended(await begin({ csv, mapping, mode: 'preview' }))
    expect(preview).toMatchObject({ mode: 'preview', rows: 9, cases: { new: 2 } })
    expect(await ingest.store.head()).toBe(-1)
    expect(await ended(await begin({ csv, mapping, mode: 'import' }))).toMatchObject({ cases: { new: 2 }, problems: [] })
    expect(await ingest.store.head()).toBe(15)
  })

  it('takes files of one source one after the other', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => begin({ csv, mapping, mode: 'import' })))
    const results = await Promise.all(ids.map(ended))
    expect(results.map((r) => r.cases.new).sort()).toEqual([0, 0, 2])
    expect(results.flatMap((r) => r.problems)).toEqual([])
    expect(await ingest.store.head()).toBe(15)
  })

  it('says of a mapping where it is not as expected', async () => {
    const { status, body } = await ingest.post('/api/imports', { csv, mapping: { ...mapping, case: 'Case', facts: [] }, mode: 'import' })
    expect(status).toBe(422)
    expect((body.errors as { field: string }[]).map((e) => e.field)).toEqual(['mapping.case', 'mapping.facts'])
  })

  it('takes more than other requests may send, up to 64 mebibytes', async () => {
    const padding = 'x'.repeat(1024)
    const long = { ...mapping, source: 'long' }
    const filler = `${csv}${`C-3,,,,,,,,,,,,,,,${padding}\n`.repeat(2000)}`
    expect(await ended(await begin({ csv: filler, mapping: long, mode: 'preview' }))).toMatchObject({ cases: { new: 2, leftOut: 1 } })
    const large = await ingest.post('/api/imports', { csv: padding.repeat(65 * 1024), mapping, mode: 'preview' })
    expect([large.status, large.body.code]).toEqual([413, 'too-large'])
  })

  it('knows no import that was not begun here', async () => {
    expect((await ingest.get(`/api/imports/${randomUUID()}`)).status).toBe(404)
  })

  it('says that an import has stopped when the records cannot be written, and what to do', async () => {
    await ingest.vault.close()
    const id = await begin({ csv, mapping, mode: 'import' })
    let body: Record<string, unknown> = {}
    await until('the import ends', async () => (body = (await ingest.get(`/api/imports/${id}`)).body).state !== 'running')
    expect(body).toEqual({ state: 'failed', detail: expect.stringContaining('import the file again') as string })
  })
})

import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startIngest, type Answer, type Ingest } from '../../../../test/support/ingest'

const NOON = '2026-03-20T12:00:00.000Z'
const DAY = 24 * 3600_000

describe('drafts over HTTP', () => {
  let ingest: Ingest
  let now: number
  beforeEach(async () => {
    now = Date.parse(NOON)
    ingest = await startIngest(() => new Date(now))
  })
  afterEach(() => ingest.stop())

  const put = (id: string, body: unknown): Promise<Answer> =>
    ingest.send(`/api/drafts/${id}`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  const list = async () => (await ingest.get('/api/drafts')).body.drafts

  it('are kept, read, and deleted', async () => {
    const [id, on] = [randomUUID(), randomUUID()]
    const content = { type: 'disclosure-made', data: { summary: 'Half a sen' } }
    const saved = { savedAt: NOON, until: '2026-03-27T12:00:00.000Z' }
    expect((await put(id, { case: on, content })).body).toEqual(saved)
    expect((await ingest.get(`/api/drafts/${id}`)).body).toEqual({ id, case: on, content, ...saved })
    expect(await list()).toEqual([{ id, case: on, content, ...saved }])
    expect((await ingest.send(`/api/drafts/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ingest.get(`/api/drafts/${id}`)).status).toBe(404)
    expect(await list()).toEqual([])
  })

  it('come to their end after a week without a word more', async () => {
    const id = randomUUID()
    await put(id, { case: randomUUID(), content: {} })
    now += 6 * DAY
    expect(await list()).toHaveLength(1)
    await put(id, { case: randomUUID(), content: {} })
    now += 6 * DAY
    expect(await list()).toHaveLength(1)
    now += DAY
    expect(await list()).toEqual([])
  })

  it('lie on the disk encrypted', async () => {
    const words = 'Words that nobody may find on the disk'
    await put(randomUUID(), { case: randomUUID(), content: { words } })
    const files = readdirSync(ingest.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name)).includes(words), file.name).toBe(false)
  })

  it('are refused with what was expected', async () => {
    const { status, body } = await put(randomUUID(), { case: 'a case', content: 7 })
    expect([status, body.code]).toEqual([422, 'invalid'])
    expect((body.errors as { field: string }[]).map((e) => e.field)).toEqual(['case', 'content'])
    expect((await put('mine', { case: randomUUID(), content: {} })).status).toBe(400)
    expect((await put(randomUUID(), { case: randomUUID(), content: { words: 'x'.repeat(200_001) } })).status).toBe(422)
  })
})

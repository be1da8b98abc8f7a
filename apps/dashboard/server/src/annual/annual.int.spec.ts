import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOT_YET } from '../leaving'
import { openReader, usual, type Reader } from '../reader-for-tests'

describe('the reader makes the annual report', () => {
  let reader: Reader
  beforeAll(async () => {
    reader = await openReader()
  })
  beforeEach(() => void Object.assign(reader.around, usual()))
  afterAll(() => reader.close())

  const bytesOf = async (path: string) => Buffer.from(await (await reader.get(path)).arrayBuffer())

  it.each([
    ['pdf', 'application/pdf', '%PDF-1.7'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ])('as a file, the same each time, and writes down that it left: %s', async (ending, type, start) => {
    const answer = await reader.get(`/api/annual.${ending}?year=2025`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="circumspect-annual-report-example-primary-made-up-2025-26-as-of-[0-9-]{10}-position-7\\.${ending}"$`),
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, start.length).toString()).toBe(start)
    expect((await reader.audit.entries()).at(-1)).toEqual({ at: '2026-03-20T12:00:00.000Z', account: 'account-1', action: 'export-report', subject: 'annual', position: 7 })
    expect((await bytesOf(`/api/annual.${ending}?year=2025`)).equals(bytes)).toBe(true)
  })

  it('as a page, which is no file', async () => {
    expect(await reader.json('/api/annual?year=2025')).toMatchObject({ whose: 'Example Primary (made up)', schoolYear: '2025/26', position: 7 })
    expect((await reader.audit.entries()).at(-1)).toMatchObject({ action: 'read-report', subject: 'annual' })
  })

  it('in no form while small numbers cannot be withheld, and says why', async () => {
    reader.around.leaving = NOT_YET
    const before = (await reader.audit.entries()).length
    for (const form of ['', '.pdf', '.xlsx']) {
      const refused = await reader.get(`/api/annual${form}?year=2025`)
      expect(refused.status, form).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'files-switched-off', detail: NOT_YET.allowed ? '' : NOT_YET.why })
    }
    expect((await reader.audit.entries()).length).toBe(before)
  })

  it('of no year that is none, nor as of a time to come', async () => {
    for (const query of ['year=25', 'year=2025&asOf=2126-01-01T00:00:00Z', 'year=2025&title=x']) expect((await reader.get(`/api/annual.pdf?${query}`)).status, query).toBe(400)
  })
})

import { streamId } from '@circumspect/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fact, SCHOOL } from '../../../../../test/support/least-facts'
import { TESTER } from '../../../../../test/support/service'
import { LEAD, openReader, type Reader } from '../reader-for-tests'

describe('the reader finds', () => {
  let reader: Reader

  beforeAll(async () => {
    reader = await openReader(({ recorder }) => recorder.record(streamId('school', SCHOOL), [fact('school-registered')], { recordedBy: TESTER }))
  })
  afterAll(() => reader.close())

  const find = (body: unknown) => reader.post('/api/find', body)

  it('cases by the name of a child, who is looked up in the vault, and says nowhere whose', async () => {
    await reader.history.vault.childFor([{ issuer: 'dfe', scheme: 'upn', value: 'A123456789012' }], { name: 'Child Élodie Two-Names' })
    for (const body of [{ name: 'elod' }, { upn: 'a123 456789012' }, { name: 'names', upn: 'A123456789012' }, {}])
      expect(await (await find(body)).json(), JSON.stringify(body)).toMatchObject({ total: 1, cases: [{ state: 'open' }], tooMany: false })
    for (const body of [{ name: 'nobody' }, { upn: 'B1' }, { name: 'elod', upn: 'B1' }])
      expect(await (await find(body)).json(), JSON.stringify(body)).toMatchObject({ total: 0, cases: [] })
    expect((await reader.audit.entries()).at(-1)).toMatchObject({ account: 'account-1', subject: 'find' })
    expect(JSON.stringify(await reader.audit.entries()).toLowerCase()).not.toContain('elod')
  })

  it('nothing for what it cannot look for, saying which field, and nothing at a school of others', async () => {
    const wrong = await find({ behaviour: 'rudeness', offset: -1, colour: 'red' })
    expect(wrong.status).toBe(422)
    expect(((await wrong.json()) as { errors: { field: string }[] }).errors.map((e) => e.field)).toEqual(
      expect.arrayContaining(['behaviour', 'offset']),
    )
    reader.around.account = { ...LEAD, schools: [] }
    expect((await find({ school: SCHOOL })).status).toBe(403)
    expect((await reader.get('/api/children/nobody')).status).toBe(400)
  })
})

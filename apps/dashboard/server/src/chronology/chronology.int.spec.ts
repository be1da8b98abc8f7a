import { streamId } from '@circumspect/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fact, idOf, SCHOOL } from '../../../../../test/support/least-facts'
import { TESTER } from '../../../../../test/support/service'
import { NOT_YET } from '../leaving'
import { LEAD, openReader, usual, type Reader } from '../reader-for-tests'
import type { CaseWaiting } from './chronology.controller'
import type { PrintedChronology } from './for-child'

const CASE = idOf('a case of three')
const [OWN, OTHER, AGAIN] = ['Tellina Yorrick', 'Zorvé Quilmark', 'Zorve Q'] as const

describe('the chronology of a case, to be printed', () => {
  let reader: Reader
  let own: string
  let other: string

  beforeAll(async () => {
    reader = await openReader(async ({ recorder, vault }) => {
      const by = { recordedBy: TESTER, school: SCHOOL }
      await recorder.record(streamId('school', SCHOOL), [fact('school-registered', { name: 'Example Primary (made up)' })], by)
      const child = (value: string, name: string) => vault.childFor([{ issuer: 'made-up', scheme: 'number', value }], { name })
      const again = await child('3', AGAIN)
      ;[own, other] = [await child('1', OWN), await child('2', OTHER)]
      await recorder.record(streamId('child', other), [fact('child-linked', { sameAs: again })], by)
      await recorder.record(
        streamId('case', CASE),
        [
          fact('disclosure-made', { child: own, summary: 'ZORVE QUILMARK, or Quilmark’s brother, pushed Tellina.' }),
          fact('incident-recorded'),
          fact('child-involved', { child: own, role: 'alleged-victim', sex: 'F' }),
          fact('child-involved', { child: other }),
          fact('school-finding-recorded', { child: other, reasons: 'Because of what was seen.' }),
          fact('family-told', { child: again }),
          fact('family-told', { child: own }),
        ],
        by,
      )
      await vault.keepAccount({ id: TESTER, role: 'designated-safeguarding-lead', schools: 'all', name: 'Staff X' })
    })
  })
  beforeEach(() => {
    // Files of figures are switched off: a case is not one.
    Object.assign(reader.around, usual(), { leaving: NOT_YET })
  })
  afterAll(() => reader.close())
  const get = (query = '', id = CASE) => reader.get(`/api/cases/${id}/chronology${query}`)

  it('for a child tells nobody who the others are: not their names, not their ids, not what is theirs alone', async () => {
    const answer = await get(`?for=${own}`)
    expect(answer.status).toBe(200)
    const sent = await answer.text()
    expect(sent).not.toMatch(/zorv|quilmark/i)
    expect(sent).not.toContain(other)
    const printed = JSON.parse(sent) as PrintedChronology
    expect(printed.names[own]).toBe(OWN)
    expect(printed.names[printed.entries[0]!.recordedBy]).toBe('Staff X')
    // Two records found to be of one child are one other child.
    expect(printed).toMatchObject({ masked: 1, leftOut: 2, for: own, at: '2026-03-20T12:00:00.000Z' })
    expect(printed.entries.map((e) => e.type)).toEqual(['disclosure-made', 'incident-recorded', 'child-involved', 'child-involved', 'family-told'])
    expect(printed.entries[0]!.fields.find((f) => f.path === 'summary')!.value).toBe('Another child A, or Another child A’s brother, pushed Tellina.')
  })

  it('whole names everybody', async () => {
    const printed = (await (await get()).json()) as PrintedChronology
    expect(printed.entries).toHaveLength(7)
    expect(Object.values(printed.names)).toEqual(expect.arrayContaining([OWN, OTHER]))
  })

  it('is written down before it is given, with the child it was for', async () => {
    await get(`?for=${own}`)
    expect((await reader.audit.entries()).at(-1)).toEqual({ at: '2026-03-20T12:00:00.000Z', account: 'account-1', action: 'print-case', subject: `${CASE} for ${own}` })
    await get()
    expect((await reader.audit.entries()).at(-1)).toMatchObject({ action: 'print-case', subject: CASE })
  })

  it('is refused to whoever may not read the case, and where there is no such child or case', async () => {
    const before = (await reader.audit.entries()).length
    expect((await get(`?for=${idOf('a child of another case')}`)).status).toBe(404)
    expect((await get('?for=somebody')).status).toBe(400)
    expect((await get('?to=somebody')).status).toBe(400)
    expect((await get('', idOf('no case'))).status).toBe(404)
    expect((await get('', 'x')).status).toBe(400)
    reader.around.account = { ...LEAD, schools: [] }
    expect((await get(`?for=${own}`)).status).toBe(403)
    reader.around.account = { ...LEAD, role: 'governor' }
    expect((await get()).status).toBe(403)
    expect((await reader.get(`/api/cases/${CASE}/waiting`)).status).toBe(403)
    expect(await reader.audit.entries()).toHaveLength(before)
  })

  it('stands beside what waits in the case, by the rules of what waits today', async () => {
    const waiting = (await (await reader.get(`/api/cases/${CASE}/waiting`)).json()) as CaseWaiting
    expect(waiting).toMatchObject({ position: 7, day: '2026-03-20', upToDate: false, groups: [{ what: 'action', total: 1 }] })
    expect((await reader.audit.entries()).at(-1)).toMatchObject({ action: 'read-case', subject: CASE, position: 7 })
  })
})

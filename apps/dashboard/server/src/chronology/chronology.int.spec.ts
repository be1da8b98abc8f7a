import { Gate, SqliteAuditLog, type Account } from '@circumspect/access'
import { streamId } from '@circumspect/domain'
import { ProblemFilter } from '@circumspect/http'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { join } from 'node:path'
import 'reflect-metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fact, idOf, SCHOOL } from '../../../../../test/support/least-facts'
import { openHistory, TESTER, type History } from '../../../../../test/support/service'
import { DASHBOARD_STATUSES, DashboardModule } from '../dashboard.module'
import { NOT_YET } from '../leaving'
import { reports } from '../reports-for-tests'
import type { CaseWaiting } from './chronology.controller'
import type { PrintedChronology } from './for-child'

const CASE = idOf('a case of three')
const LEAD: Account = { id: 'account-1', role: 'designated-safeguarding-lead', schools: 'all' }
const [OWN, OTHER, AGAIN] = ['Tellina Yorrick', 'Zorvé Quilmark', 'Zorve Q'] as const

describe('the chronology of a case, to be printed', () => {
  let history: History
  let audit: SqliteAuditLog
  let app: NestExpressApplication
  let url: string
  let own: string
  let other: string
  let account = LEAD

  beforeAll(async () => {
    history = await openHistory()
    audit = new SqliteAuditLog(join(history.directory, 'audit.db'))
    const by = { recordedBy: TESTER, school: SCHOOL }
    await history.recorder.record(streamId('school', SCHOOL), [fact('school-registered', { name: 'Example Primary (made up)' })], by)
    const child = (value: string, name: string) => history.vault.childFor([{ issuer: 'made-up', scheme: 'number', value }], { name })
    const again = await child('3', AGAIN)
    ;[own, other] = [await child('1', OWN), await child('2', OTHER)]
    await history.recorder.record(streamId('child', other), [fact('child-linked', { sameAs: again })], by)
    await history.recorder.record(
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
    await history.vault.keepAccount({ id: TESTER, role: 'designated-safeguarding-lead', schools: 'all', name: 'Staff X' })
    const ports = {
      reports,
      store: history.store,
      vault: history.vault,
      gate: new Gate(),
      audit,
      // Files of figures are switched off: a case is not one.
      leaving: NOT_YET,
      now: () => new Date('2026-03-20T12:00:00Z'),
      accountOf: () => account,
      parts: () => ({}),
    }
    app = await NestFactory.create<NestExpressApplication>(DashboardModule.register(ports), { bodyParser: false, logger: false })
    app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, () => undefined))
    await app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`
  })
  beforeEach(() => {
    account = LEAD
  })
  afterAll(async () => {
    await app.close()
    await audit.close()
    await history.close()
  })
  const get = (query = '', id = CASE) => fetch(`${url}/api/cases/${id}/chronology${query}`)

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
    expect((await audit.entries()).at(-1)).toEqual({ at: '2026-03-20T12:00:00.000Z', account: 'account-1', action: 'print-case', subject: `${CASE} for ${own}` })
    await get()
    expect((await audit.entries()).at(-1)).toMatchObject({ action: 'print-case', subject: CASE })
  })

  it('is refused to whoever may not read the case, and where there is no such child or case', async () => {
    const before = (await audit.entries()).length
    expect((await get(`?for=${idOf('a child of another case')}`)).status).toBe(404)
    expect((await get('?for=somebody')).status).toBe(400)
    expect((await get('?to=somebody')).status).toBe(400)
    expect((await get('', idOf('no case'))).status).toBe(404)
    expect((await get('', 'x')).status).toBe(400)
    account = { ...LEAD, schools: [] }
    expect((await get(`?for=${own}`)).status).toBe(403)
    account = { ...LEAD, role: 'governor' }
    expect((await get()).status).toBe(403)
    expect((await fetch(`${url}/api/cases/${CASE}/waiting`)).status).toBe(403)
    expect(await audit.entries()).toHaveLength(before)
  })

  it('stands beside what waits in the case, by the rules of what waits today', async () => {
    const waiting = (await (await fetch(`${url}/api/cases/${CASE}/waiting`)).json()) as CaseWaiting
    expect(waiting).toMatchObject({ position: 7, day: '2026-03-20', upToDate: false, groups: [{ what: 'action', total: 1 }] })
    expect((await audit.entries()).at(-1)).toMatchObject({ action: 'read-case', subject: CASE, position: 7 })
  })
})

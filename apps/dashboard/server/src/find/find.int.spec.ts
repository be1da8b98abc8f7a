import { Gate, SqliteAuditLog, type Account } from '@circumspect/access'
import { streamId } from '@circumspect/domain'
import { jsonBody, ProblemFilter } from '@circumspect/http'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { join } from 'node:path'
import 'reflect-metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fact, SCHOOL } from '../../../../../test/support/least-facts'
import { openHistory, TESTER, type History } from '../../../../../test/support/service'
import { DASHBOARD_STATUSES, DashboardModule } from '../dashboard.module'
import { MADE_UP } from '../leaving'
import { reports } from '../reports-for-tests'

const LEAD: Account = { id: 'account-1', role: 'designated-safeguarding-lead', schools: 'all' }

describe('the reader finds', () => {
  let history: History
  let audit: SqliteAuditLog
  let app: NestExpressApplication
  let url: string
  let account = LEAD

  beforeAll(async () => {
    history = await openHistory()
    audit = new SqliteAuditLog(join(history.directory, 'audit.db'))
    await history.recorder.record(streamId('school', SCHOOL), [fact('school-registered')], { recordedBy: TESTER })
    const ports = {
      reports,
      store: history.store,
      vault: history.vault,
      gate: new Gate(),
      audit,
      leaving: MADE_UP,
      now: () => new Date(),
      accountOf: () => account,
      parts: () => ({}),
    }
    app = await NestFactory.create<NestExpressApplication>(DashboardModule.register(ports), { bodyParser: false, logger: false })
    app.use(jsonBody({ '/api/': 1_000_000 }))
    app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, () => undefined))
    await app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`
  })
  afterAll(async () => {
    await app.close()
    await audit.close()
    await history.close()
  })

  const find = (body: unknown) =>
    fetch(`${url}/api/find`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

  it('cases by the name of a child, who is looked up in the vault, and says nowhere whose', async () => {
    await history.vault.childFor([{ issuer: 'dfe', scheme: 'upn', value: 'A123456789012' }], { name: 'Child Élodie Two-Names' })
    for (const body of [{ name: 'elod' }, { upn: 'a123 456789012' }, { name: 'names', upn: 'A123456789012' }, {}])
      expect(await (await find(body)).json(), JSON.stringify(body)).toMatchObject({ total: 1, cases: [{ state: 'open' }], tooMany: false })
    for (const body of [{ name: 'nobody' }, { upn: 'B1' }, { name: 'elod', upn: 'B1' }])
      expect(await (await find(body)).json(), JSON.stringify(body)).toMatchObject({ total: 0, cases: [] })
    expect((await audit.entries()).at(-1)).toMatchObject({ account: 'account-1', subject: 'find' })
    expect(JSON.stringify(await audit.entries()).toLowerCase()).not.toContain('elod')
  })

  it('nothing for what it cannot look for, saying which field, and nothing at a school of others', async () => {
    const wrong = await find({ behaviour: 'rudeness', offset: -1, colour: 'red' })
    expect(wrong.status).toBe(422)
    expect(((await wrong.json()) as { errors: { field: string }[] }).errors.map((e) => e.field)).toEqual(
      expect.arrayContaining(['behaviour', 'offset']),
    )
    account = { ...LEAD, schools: [] }
    expect((await find({ school: SCHOOL })).status).toBe(403)
    expect((await fetch(`${url}/api/children/nobody`)).status).toBe(400)
  })
})

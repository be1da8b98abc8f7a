import { Gate, SqliteAuditLog, type Account } from '@circumspect/access'
import { streamId } from '@circumspect/domain'
import { ProblemFilter } from '@circumspect/http'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { join } from 'node:path'
import 'reflect-metadata'
import { fact, idOf, PLACE, SCHOOL } from '../../../../test/support/least-facts'
import { openHistory, TESTER, type History } from '../../../../test/support/service'
import { DASHBOARD_STATUSES, DashboardModule } from './dashboard.module'
import { MADE_UP, type Leaving } from './leaving'
import { REVIEW_ID, reports } from './reports-for-tests'

export const CASE = idOf('a case')
export const LEAD: Account = { id: 'account-1', role: 'designated-safeguarding-lead', schools: 'all' }

/** What a test may change, and `usual` sets back. */
interface Circumstances {
  account: Account
  engine: string
  leaving: Leaving
}
const usual = (): Circumstances => ({ account: LEAD, engine: 'up', leaving: MADE_UP })

export interface TestReader extends Circumstances {
  readonly history: History
  readonly audit: SqliteAuditLog
  readonly url: string
  usual(): void
  close(): Promise<void>
}

/** The dashboard's server over a history with one school, one case and one review, and reports that are made up. */
export async function openReader(): Promise<TestReader> {
  const reader = usual()
  const history = await openHistory()
  const audit = new SqliteAuditLog(join(history.directory, 'audit.db'))
  const by = { recordedBy: TESTER }
  await history.recorder.record(
    streamId('school', SCHOOL),
    [fact('school-registered', { name: 'Example Primary (made up)' }), fact('place-named', { place: PLACE, name: '=The long corridor' })],
    by,
  )
  const told = fact('disclosure-made', { summary: 'As it was heard first.' })
  const taken = fact('concern-taken-up')
  await history.recorder.record(streamId('case', CASE), [told, taken], {
    ...by,
    school: SCHOOL,
  })
  const better = fact('disclosure-made', { summary: 'As it was meant.' }, { supersedes: told.id, reason: 'Misheard.' })
  const back = fact('fact-withdrawn', { event: taken.id }, { reason: 'In the wrong case.' })
  await history.recorder.record(streamId('case', CASE), [better, back], by)
  const agreed = fact('action-agreed', {
    what: 'A member of staff at the corner',
  })
  await history.recorder.record(streamId('review', REVIEW_ID), [fact('circumstances-reviewed'), agreed], { ...by, school: SCHOOL })
  const ports = {
    reports,
    store: history.store,
    vault: history.vault,
    gate: new Gate(),
    audit,
    now: () => new Date('2026-03-20T12:00:00Z'),
    accountOf: () => reader.account,
    parts: () => ({ engine: reader.engine }),
    get leaving() {
      return reader.leaving
    },
  }
  const app = await NestFactory.create<NestExpressApplication>(DashboardModule.register(ports), { bodyParser: false, logger: false })
  app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, () => undefined))
  await app.listen(0, '127.0.0.1')
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`
  const close = async () => {
    await app.close()
    await audit.close()
    await history.close()
  }
  return Object.assign(reader, { history, audit, url, usual: () => void Object.assign(reader, usual()), close })
}

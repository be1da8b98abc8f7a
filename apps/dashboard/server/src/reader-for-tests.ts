import { Gate, SqliteAuditLog, type Account } from '@circumspect/access'
import { streamId } from '@circumspect/domain'
import { jsonBody, ProblemFilter } from '@circumspect/http'
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

/** Who asks, how the engine is, and whether files may leave: as the reader finds it when it is asked. */
export interface Around {
  account: Account
  engine: string
  leaving: Leaving
}

/** A reader over a small history of its own, listening: of one case, or as it is filled. Its reports are answered as `reports-for-tests` says. */
export async function openReader(filled: (history: History) => Promise<unknown> = oneCase) {
  const history = await openHistory()
  const audit = new SqliteAuditLog(join(history.directory, 'audit.db'))
  await filled(history)
  const around: Around = usual()
  const ports = {
    reports,
    store: history.store,
    vault: history.vault,
    gate: new Gate(),
    audit,
    now: () => new Date('2026-03-20T12:00:00Z'),
    accountOf: () => around.account,
    parts: () => ({ engine: around.engine }),
    get leaving() {
      return around.leaving
    },
  }
  const app = await NestFactory.create<NestExpressApplication>(DashboardModule.register(ports), { bodyParser: false, logger: false })
  app.use(jsonBody({ '/api/': 1_000_000 }))
  app.useGlobalFilters(new ProblemFilter(DASHBOARD_STATUSES, () => undefined))
  await app.listen(0, '127.0.0.1')
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`
  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers })
  const post = (path: string, body: unknown) =>
    fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  return {
    history, audit, around, get, post,
    json: async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T,
    close: async () => {
      await app.close()
      await audit.close()
      await history.close()
    },
  }
}
export type Reader = Awaited<ReturnType<typeof openReader>>

export const usual = (): Around => ({ account: LEAD, engine: 'up', leaving: MADE_UP })

async function oneCase(history: History): Promise<void> {
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
}

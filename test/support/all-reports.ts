import { importFile, mappingSchema } from '@circumspect/ingest'
import type { EventStore } from '@circumspect/event-store'
import type { Feed } from '@circumspect/feed'
import { Projector, type Sharing } from '@circumspect/projector'
import { ClickHouseReports, REPORT_NAMES, type Databases, type ReportRequest } from '@circumspect/views'
import { existsSync, readFileSync } from 'node:fs'
import { expect, type TestContext } from 'vitest'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import type { TestClickHouse } from './clickhouse'
import { TESTER, until, type History } from './service'

const NOW = new Date('2026-11-20T18:00:00Z')
const file = process.env.CIRCUMSPECT_NIBRS_CSV ?? '../shared/data/nibrs-mn-2018-under-18.csv'

/** Fills a history with the made-up trust, at a small share of its cases. */
export const fillWithSmallDemo = (history: History) => fillWithDemo(history, { today: '2026-11-20', share: 0.12 })

/** Fills a history with the real file. */
export async function fillWithRealFile(history: History): Promise<void> {
  const mapping = mappingSchema.parse(JSON.parse(readFileSync('mappings/nibrs-mn-2018.json', 'utf8')))
  expect((await importFile(history, readFileSync(file, 'utf8'), mapping, 'import', TESTER)).problems).toEqual([])
}

/** Skips where the real file is not there, and says so loudly; fails in CI. */
export function realFileThere(skip: TestContext['skip']): void {
  if (existsSync(file)) return
  process.stderr.write(`\nSKIPPED, LOUDLY: the real file is not at ${file}; set CIRCUMSPECT_NIBRS_CSV to it.\n\n`)
  if (process.env.CI) expect.fail('the real file must be there in CI')
  skip('no real file')
}

/** Takes what a feed carries into views of their own. */
export async function following(clickhouse: TestClickHouse, databases: Databases, feed: Feed, sharing?: Sharing): Promise<Projector> {
  const projector = new Projector({ feed, clickhouse: clickhouse.projector(), databases, now: () => NOW, log: () => undefined, ...(sharing && { sharing }) })
  await projector.start()
  return projector
}

/** What is asked: of all schools; of the first; of a school year; and what was known half way. */
export async function questionsOf({ store }: { readonly store: EventStore }): Promise<ReportRequest[]> {
  const events = await store.readAll(0, 100_000)
  const schools = events.filter((e) => e.type === 'school-registered').map((e) => e.school)
  const half = events[Math.floor(events.length / 2)]!.recordedAt
  return [{ schools }, { schools: schools.slice(0, 1) }, { schools, from: '2025-09-01', to: '2026-08-31' }, { schools, asOf: half }]
}

/** Every report's answer to every question as text, once the views are at this position. */
export async function answersOf(clickhouse: TestClickHouse, databases: Databases, head: number, asked: readonly ReportRequest[]): Promise<string> {
  const reports = new ClickHouseReports(clickhouse.reader(), databases, () => NOW)
  await until(`the views are at ${head}`, async () => (await reports.watermark()) >= head)
  const all: string[] = []
  for (const request of asked) for (const name of REPORT_NAMES) all.push(JSON.stringify(await reports.run(name, request)))
  return all.join('\n')
}

/** For a feed that has to carry everything. */
export const unexpected = ({ reason }: { reason: string }) => expect.fail(reason)

import { toFeedEvent, type FeedEvent, type RecordedEvent } from '@circumspect/domain'
import { binomialAtLeast } from '@circumspect/statistics'
import { applySchema, ClickHouseReports, DATABASES, Facts, LedgerWriter, REPORT_NAMES, schoolsOf, type ClickHouse } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { checked, trustSteps } from '../../apps/standalone/src/demo/fill'

const TODAY = '2026-11-20'
const TABLES = ['ledger', 'timeline', 'elsewhere', 'progress', 'fresh']

/**
 * How often a trust in which nothing is planted may have such a finding all the same: what the findings state of themselves. Where q is
 * kept below 0.05 any finding at all is false, so one trust in twenty has one; emerging places are named from a recurrence of a year,
 * weekly, at six schools; a signal of the trend at its last point is as common as charts of this length make it.
 */
const STATED: Readonly<Record<string, number>> = {
  cluster: 0.05,
  'further-cluster': 0.05,
  emerging: 1 - (1 - 7 / 365) ** 6,
  disproportion: 0.05,
  'slow-school': 0.05,
  'slow-behaviour': 0.05,
  'low-reporting': 0.01,
  'high-reporting': 0.01,
  parity: 0.05,
  'school-overdue': 0.05,
  persisted: 0,
  'signal-up': 0.1,
  'signal-down': 0.1,
}
/** So unlikely has a count of false findings to be before the stated rate is taken for wrong. */
const UNLIKELY = 0.001

/** The events of a trust made up by chance alone, as the feed would carry them. */
async function eventsOf(seed: number): Promise<FeedEvent[]> {
  const steps = await trustSteps(() => Promise.resolve(randomUUID()), { seed, today: TODAY, planted: false })
  const revisions = new Map<string, number>()
  const events: RecordedEvent[] = []
  for (const { stream, school, at, commands } of steps)
    for (const command of commands) {
      const revision = (revisions.get(stream) ?? -1) + 1
      revisions.set(stream, revision)
      const recordedAt = new Date(at.epochMilliseconds + 1000).toISOString()
      events.push({ ...checked(stream, command), stream, revision, position: events.length, recordedAt, recordedBy: randomUUID(), school, version: 1 } as unknown as RecordedEvent)
    }
  return events.map(toFeedEvent)
}

/** Makes up so many trusts with nothing planted, and counts those with each kind of finding. Fails where there are too many. */
export async function expectStatedRates(projector: ClickHouse, reader: ClickHouse, seed: number, trusts: number): Promise<void> {
  const found = new Map<string, number>()
  for (let n = 0; n < trusts; n++) {
    await load(projector, await eventsOf(seed + n))
    const reports = new ClickHouseReports(reader, DATABASES, () => new Date(`${TODAY}T18:00:00Z`))
    const schools = await reports.schools()
    const codes = new Set<string>()
    for (const name of REPORT_NAMES) for (const { kind, code } of (await reports.appraise(name, { schools })).findings) if (kind === 'stands-out') codes.add(code)
    for (const code of codes) found.set(code, (found.get(code) ?? 0) + 1)
  }
  process.stdout.write(`${trusts} trusts with nothing planted, seeds from ${seed}: false findings ${JSON.stringify(Object.fromEntries(found))}\n`)
  for (const [code, count] of found) {
    const stated = STATED[code]
    expect(stated, `${code} has a stated rate`).toBeDefined()
    const chance = stated === 0 ? 0 : binomialAtLeast(count, trusts, stated!)
    expect(chance, `${count} of ${trusts} trusts have a false finding ${code}, stated rate ${stated}`).toBeGreaterThan(UNLIKELY)
  }
}

async function load(projector: ClickHouse, events: readonly FeedEvent[]): Promise<void> {
  await applySchema(projector, DATABASES.ledger)
  for (const table of TABLES) await projector.command(`TRUNCATE TABLE ${table}`, {}, { database: DATABASES.ledger })
  const writer = new LedgerWriter(projector, DATABASES.ledger)
  for (let from = 0; from < events.length; from += 10_000) await writer.write(events.slice(from, from + 10_000))
  await writer.advance(0, events.length - 1, new Date())
  const facts = new Facts(projector, DATABASES)
  await facts.apply(events.length - 1)
  await facts.refresh(schoolsOf(events), events.length - 1)
}

import type { FeedEvent } from '@circumspect/domain'
import { applySchema, appraiseHere, ClickHouseReports, DATABASES, Facts, LedgerWriter, REPORT_NAMES, schoolsOf, type Appraiser, type ClickHouse, type ReportRequest, type ReportResult } from '@circumspect/views'
import { expect } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { expectSameByViews } from './by-views'
import { MadeUpHistory } from './history'
import { referenceQuestions } from './questions'
import { referenceReports } from './reports'
import { referenceCases, referenceToday } from './work'

const TABLES = ['ledger', 'timeline', 'elsewhere', 'progress']

/** Rows as text, in order: what has to be equal, whatever order a report puts them in. */
const asSet = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()

/** Shuffled, a fifth of them twice, in batches of any size: what a feed may at worst do. */
function delivered(events: readonly FeedEvent[], chance: Chance): FeedEvent[][] {
  const all = [...events, ...events.filter(() => chance.is(0.2))]
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance.whole(0, i)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  const batches: FeedEvent[][] = []
  while (all.length > 0) batches.push(all.splice(0, chance.whole(1, 80)))
  return batches
}

function inRounds(events: readonly FeedEvent[], chance: Chance): FeedEvent[][] {
  const left = [...events]
  const rounds: FeedEvent[][] = []
  while (left.length > 0) rounds.push(left.splice(0, chance.whole(5, 60)))
  return rounds
}

/** What has been asked before is answered as by one that has never been asked: the same bytes. */
async function expectAsIfFirst(reports: ClickHouseReports, fresh: ClickHouseReports, requests: readonly ReportRequest[], chance: Chance, what: string): Promise<void> {
  // A few at a time: over the rounds each comes again.
  const request = chance.pick(requests)
  for (const name of ['hotspots', chance.pick(REPORT_NAMES)] as const) expect(JSON.stringify(await reports.run(name, request)), `${what}, ${name}`).toBe(JSON.stringify(await fresh.run(name, request)))
  expect(await reports.schools(), what).toEqual(await fresh.schools())
}

/** Makes up a history, takes it into the views as badly as allowed, and compares every report with the plain reading of the same events. */
export async function compareWithReference(projector: ClickHouse, reader: ClickHouse, seed: number, steps: number): Promise<number> {
  const { events, schools } = new MadeUpHistory(seed, steps)
  const chance = new Chance(seed + 1)
  await applySchema(projector, DATABASES.ledger)
  for (const table of TABLES) await projector.make(`TRUNCATE TABLE ${table}{shard}{on_cluster}`, {}, { database: DATABASES.ledger })
  const facts = new Facts(projector, DATABASES)
  await facts.apply(-1)
  await projector.make('TRUNCATE TABLE fresh{shard}{on_cluster}', {}, { database: DATABASES.ledger })
  const writer = new LedgerWriter(projector, DATABASES.ledger)
  const now = new Date('2026-11-20T12:00:00Z')
  // One and the same throughout: what it keeps of earlier answers must never show.
  const reports = new ClickHouseReports(reader, DATABASES, () => now)
  const askedOften: ReportRequest[] = [{ schools }, { schools: schools.slice(0, 1) }, { schools: schools.slice(0, 1), asOf: events[Math.floor(events.length / 3)]!.recordedAt }]
  const often = new Chance(seed + 2)
  const half = Math.floor(events.length / 2)
  for (const [from, to] of [[0, half], [half, events.length]] as const) {
    const part = events.slice(from, to)
    const whole = chance.is(0.5)
    // Whole schools, or round after round what each few events have touched, as it is while events come in.
    for (const few of whole ? [part] : inRounds(part, chance)) {
      for (const batch of delivered(few, chance)) await writer.write(batch)
      const reached = few.at(-1)!.position
      await writer.advance(0, reached, new Date())
      if (whole) await facts.refresh(schoolsOf(few), reached)
      else await facts.follow(await facts.touched(few[0]!.position - 1, reached), reached)
      if (whole || often.is(0.3)) await expectAsIfFirst(reports, new ClickHouseReports(reader, DATABASES, () => now), askedOften, often, `seed ${seed}`)
    }
  }

  for (const asked of [schools, schools.slice(0, 1)]) await expectSameByViews(reader, asked, `seed ${seed}`)
  const asOfs = [undefined, events[chance.whole(0, events.length - 1)]!.recordedAt]
  for (const asOf of asOfs) {
    const upTo = asOf === undefined ? events.length : events.findIndex((e) => e.recordedAt > asOf)
    const known = upTo < 0 ? events : events.slice(0, upTo)
    const request: ReportRequest = {
      schools: chance.is(0.5) ? [chance.pick(schools)] : schools,
      ...(asOf !== undefined && { asOf }),
      ...(chance.is(0.4) && { from: '2025-10-10' }),
      ...(chance.is(0.3) && { to: '2026-02-01' }),
    }
    const today = (asOf ?? now.toISOString()).slice(0, 10)
    const wanted = referenceReports(known, { ...request, today })
    for (const name of REPORT_NAMES) {
      const result = await reports.run(name, request)
      expect(result.position, `seed ${seed}`).toBe(known.length - 1)
      expectEqual(result, wanted[name]!, `seed ${seed}, ${JSON.stringify(request)}`)
      await expectCasesBehind(reports, result, chance)
    }
    if (asOf === undefined) await expectFound(reports, known, request.schools, chance, `seed ${seed}`)
    if (asOf === undefined) await expectToday(reports, known, request.schools, today, `seed ${seed}`)
    await expectAppraisals(reader, known, request, asOf === undefined ? now : new Date(asOf), `seed ${seed}`)
  }
  return events.length
}

/** Cases are found by each thing they can be looked for by, and by two together; none besides. */
async function expectFound(reports: ClickHouseReports, known: readonly FeedEvent[], schools: readonly string[], chance: Chance, about: string): Promise<void> {
  const all = referenceCases(known, schools)
  const any = (key: string) => chance.pick([...new Set(all.flatMap((row) => row[key] as string[]))])
  const child = all.some((row) => (row.roles as string[]).length > 0) ? any('roles').split(' ')[0]! : undefined
  const sought = [
    {}, { place: any('places') }, { behaviour: any('behaviours') }, { yearGroup: any('years') }, { state: 'open' as const }, { state: 'closed' as const },
    { from: '2025-10-10', to: '2026-02-01' }, { behaviour: any('behaviours'), place: any('places') }, { state: 'not-taken-up' as const, yearGroup: any('years') },
  ]
  for (const one of sought) {
    const { place, behaviour, yearGroup, state, from, to } = one as Record<string, string | undefined>
    const has = (row: (typeof all)[number], key: string, value: string | undefined) => value === undefined || (row[key] as string[]).includes(value)
    const wanted = all.filter(
      (row) =>
        has(row, 'places', place) && has(row, 'behaviours', behaviour) && has(row, 'years', yearGroup) && (state === undefined || row.state === state) &&
        (from === undefined || String(row.told) >= from) && (to === undefined || String(row.told) <= to),
    )
    const { cases, total } = await reports.find({ schools, ...one }, 10_000, 0)
    const found = cases.map(({ kind: _, roles, ...row }) => ({ ...row, roles: roles.map(([of, role]) => `${of} ${role}`).sort() }))
    expect(asText(found.map((row) => ({ ...row, places: row.places.join(), behaviours: row.behaviours.join(), roles: row.roles.join() }))), `${about} ${JSON.stringify(one)}`).toEqual(
      asText(wanted.map(({ years: _, ...row }) => ({ ...row, places: (row.places as string[]).join(), behaviours: (row.behaviours as string[]).join(), roles: (row.roles as string[]).join() }))),
    )
    expect(total, about).toBe(wanted.length)
  }
  if (child === undefined) return
  const ofChild = await reports.find({ schools, children: [child] }, 10_000, 0)
  const involved = all.filter((row) => (row.roles as string[]).some((role) => role.startsWith(child))).map((row) => row.case)
  expect(ofChild.cases.map((c) => c.case), about).toEqual(expect.arrayContaining(involved))
  expect((await reports.find({ schools, children: [] }, 10, 0)).total, about).toBe(0)
}

/** What waits today is what a plain reading of the facts says, and each is due on some day. */
async function expectToday(reports: ClickHouseReports, known: readonly FeedEvent[], schools: readonly string[], today: string, about: string): Promise<void> {
  const { groups } = await reports.today(schools)
  const items = groups.flatMap((group) => group.items)
  for (const { due, since, late } of items) expect([/^\d{4}-\d\d-\d\d$/.test(due), since <= '2199', Number.isInteger(late)], about).toEqual([true, true, true])
  const wanted = referenceToday(known, { schools, today })
  const bare = (rows: readonly Record<string, unknown>[]) =>
    rows.map(({ what, school, case: of, child, thing, agency, since }) => ({ what, school, case: of, child, thing, agency, since }))
  expect(asText(bare(items as unknown as Record<string, unknown>[])), `${about}, today`).toEqual(asText(bare(wanted)))
  for (const { what, total } of groups) expect(total, about).toBe(wanted.filter((row) => row.what === what).length)
}

const asText = (rows: readonly object[]) => asSet(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? null : String(value)]))))

/** What appraisals are made of is what a plain reading of the facts gives, and something can be said of all of it. */
async function expectAppraisals(reader: ClickHouse, known: readonly FeedEvent[], request: ReportRequest, at: Date, about: string): Promise<void> {
  const wanted = referenceQuestions(known, { ...request, today: at.toISOString().slice(0, 10) }, at.getTime())
  const compared: Appraiser = async (name, input) => {
    for (const [question, rows] of Object.entries(input.rows)) expect(asText(rows), `${about}, ${name} ${question}, ${JSON.stringify(request)}`).toEqual(asText(wanted[name]![question]!))
    return appraiseHere(name, input)
  }
  const reports = new ClickHouseReports(reader, DATABASES, () => at, compared)
  for (const name of REPORT_NAMES) {
    const { findings } = await reports.appraise(name, request)
    for (const { text, caution, how } of findings) expect(`${text} ${caution} ${how}`, about).not.toMatch(/NaN|undefined|Infinity|null/)
  }
}

/** Things that belong to one case each: of these the parts of the cases add up to the figure. */
const OF_ONE_CASE = ['cases', 'incidents', 'acts', 'involvements', 'referrals', 'plans', 'children in cases']

/** The cases listed behind a figure are those that it was counted from: one figure by chance of each report. */
async function expectCasesBehind(reports: ClickHouseReports, { report, request, tables }: ReportResult, chance: Chance): Promise<void> {
  const { name: table, rows, columns, caseKeys } = chance.pick(tables)
  if (!caseKeys || rows.length === 0) return
  const from = chance.pick(rows)
  const { key: column, unit } = chance.pick(columns.filter((c) => c.cases))
  const row = Object.fromEntries(caseKeys.map((key) => [key, String(from[key] ?? '')]))
  const behind = (await reports.behind(report, request, { table, column, row }))!
  const figures = behind.cases.map((c) => c.figure)
  const sum = figures.reduce((a, b) => a + b, 0)
  const about = `${report} ${table} ${column} ${JSON.stringify(row)} ${JSON.stringify(request)}`
  if (OF_ONE_CASE.includes(unit!)) expect(sum, about).toBe(from[column])
  else expect([sum >= Number(from[column]), Math.max(0, ...figures) <= Number(from[column])], about).toEqual([true, true])
  expect(behind.total, about).toBe(behind.cases.length)
}

/** Every table of a report has the reference's rows, in whatever order. */
export function expectEqual(result: ReportResult, reference: Record<string, Record<string, unknown>[]>, about: string): void {
  for (const table of result.tables) {
    const keys = table.columns.map((c) => c.key)
    const wanted = reference[table.name]!.map((row) => Object.fromEntries(keys.map((key) => [key, row[key] ?? null])))
    expect(asSet(table.rows), `${about}, ${result.report}, ${table.name}`).toEqual(asSet(wanted))
  }
}

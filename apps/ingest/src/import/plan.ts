import { definitionOf, parseCommand, type Command, type EventType, type StreamKind } from '@circumspect/domain'
import type { Mapping } from './mapping'
import type { ImportProblem, SourceRow } from './rows'
import { idFrom, Values } from './values'

/** A fact that the file speaks of. Its first event has the id of the command. */
export interface WantedFact {
  readonly command: Command
  /** For a fact that no row says by itself but a rule makes of several: the facts it was made of. */
  readonly madeOf?: readonly string[]
}

export interface CasePlan {
  readonly key: string
  readonly caseId: string
  readonly schoolId: string
  readonly rows: readonly SourceRow[]
  /** Keys of the children in the source; `facts` gets their ids. */
  readonly children: readonly string[]
  readonly school: readonly WantedFact[]
  readonly facts: (childId: (key: string) => string) => { facts: readonly WantedFact[]; problems: readonly ImportProblem[] }
}

/** What the rows of one case want recorded. Problems of the rows come out of `facts`, so that each is found once. */
export function planCase(mapping: Mapping, key: string, rows: readonly SourceRow[]): CasePlan {
  const { source } = mapping
  const first = rows[0]!
  const schoolKey = first.cells[mapping.school.key] ?? ''
  return {
    key,
    caseId: idFrom(source, 'case', key),
    schoolId: idFrom(source, 'school', schoolKey),
    rows,
    children: mapping.child ? [...new Set(rows.map((r) => r.cells[mapping.child!.key] ?? '').filter((k) => k !== ''))] : [],
    school: schoolFacts(mapping, first, schoolKey),
    facts: (childId) => new CaseFacts(mapping, key, rows, schoolKey, childId).all(),
  }
}

/** The school itself, and the place where it happened, if the file names one. */
function schoolFacts(mapping: Mapping, row: SourceRow, schoolKey: string): WantedFact[] {
  const values = new Values(mapping)
  const at = { date: mapping.school.from, zone: mapping.zone, precision: 'day' }
  const name = row.cells[mapping.school.name] ?? ''
  const facts = [
    wanted('school', mapping, [schoolKey, 'school'], 'school-registered', at, { name, phase: mapping.school.phase, from: mapping.school.from }),
  ]
  const place = mapping.incident.place === undefined ? '' : (row.cells[mapping.incident.place] ?? '')
  if (place !== '')
    facts.push(
      wanted('school', mapping, [schoolKey, 'place', place], 'place-named', at, {
        place: placeId(mapping, schoolKey, place),
        name: place,
        setting: values.one(row, mapping.incident.setting),
        kind: values.one(row, mapping.incident.locationKind),
      }),
    )
  return facts.filter((f): f is WantedFact => !Array.isArray(f))
}

const placeId = (mapping: Mapping, schoolKey: string, place: string) => idFrom(mapping.source, 'place', schoolKey, place)

/** A fact checked against its schema, or what is wrong with it. */
function wanted(kind: StreamKind, mapping: Mapping, names: string[], type: EventType, occurredAt: unknown, data: Record<string, unknown>, recordedAt?: string) {
  const input = {
    id: idFrom(mapping.source, 'fact', type, ...names),
    type,
    occurredAt,
    source: { system: mapping.source, record: names.join(' / ').slice(0, 200), ...(recordedAt !== undefined && { recordedAt }) },
    data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)),
  }
  const parsed = parseCommand(kind, input)
  return 'problems' in parsed ? parsed.problems.map(({ field, message }) => `${definitionOf(type)!.title}, ${field}: ${message}`) : { command: parsed.command }
}

class CaseFacts {
  private readonly values: Values
  private readonly facts: WantedFact[] = []
  private readonly recordedAt: string | undefined

  constructor(
    private readonly mapping: Mapping,
    private readonly key: string,
    private readonly rows: readonly SourceRow[],
    private readonly schoolKey: string,
    private readonly childId: (key: string) => string,
  ) {
    this.values = new Values(mapping)
    const recorded = mapping.recordedInSource === undefined ? undefined : this.values.day(rows[0]!, mapping.recordedInSource)
    this.recordedAt = recorded === undefined ? undefined : `${recorded}T00:00:00.000Z`
  }

  all(): { facts: readonly WantedFact[]; problems: readonly ImportProblem[] } {
    const first = this.rows[0]!
    for (const column of [this.mapping.school.key, this.mapping.school.name]) this.values.needed(first, column)
    this.sameInAllRows()
    const incident = idFrom(this.mapping.source, 'incident', this.key)
    this.disclosure(first)
    this.incident(first, incident)
    const involved = this.mapping.child ? this.rows.map((row) => this.involvement(row, incident)) : []
    if (this.mapping.acts === 'every-pair') this.everyPair(incident, involved.filter((i) => i !== undefined))
    this.referrals(first)
    return { facts: this.facts, problems: distinct(this.values.problems) }
  }

  /** Columns that speak of the whole case must say the same in each of its rows. */
  private sameInAllRows(): void {
    const { school, disclosure, incident, referrals } = this.mapping
    const columns = [school.key, disclosure.at.date, disclosure.at.hour, disclosure.at.time, incident.at.date, incident.at.hour, incident.at.time, incident.place, ...referrals.map((r) => r.date)]
    for (const column of new Set(columns.filter((c) => c !== undefined)))
      for (const row of this.rows)
        if (row.cells[column] !== this.rows[0]!.cells[column]) this.values.wrong(row, column, 'The rows of one case must say the same here. Correct them, or give this row a case of its own.')
  }

  private disclosure(row: SourceRow): void {
    const { at, reportedBy, summary, verbatim } = this.mapping.disclosure
    const occurredAt = this.values.when(row, at)
    if (!occurredAt) return this.values.wrong(row, at.date, 'This must not be empty.')
    this.add(row, at.date, [], 'disclosure-made', occurredAt, { reportedBy: this.values.one(row, reportedBy), summary: this.values.one(row, summary), verbatim })
  }

  private incident(row: SourceRow, incident: string): void {
    const source = this.mapping.incident
    const occurredAt = this.values.when(row, source.at)
    if (!occurredAt) return this.values.wrong(row, source.at.date, 'This must not be empty.')
    const [behaviour, ...furtherBehaviours] = [...new Set(this.rows.flatMap((r) => this.values.many(r, source.behaviour)))]
    const harms = new Set(this.rows.flatMap((r) => this.values.many(r, source.harm)))
    const place = source.place === undefined ? '' : (row.cells[source.place] ?? '')
    this.add(row, source.at.date, [], 'incident-recorded', occurredAt, {
      incident,
      place: place === '' ? undefined : placeId(this.mapping, this.schoolKey, place),
      setting: this.values.one(row, source.setting),
      locationKind: this.values.one(row, source.locationKind),
      mode: this.values.one(row, source.mode),
      behaviour,
      furtherBehaviours,
      harm: ['significant', 'some', 'none', 'not-known'].find((h) => harms.has(h)),
    })
  }

  private involvement(row: SourceRow, incident: string): { child: string; role: unknown; fact: string } | undefined {
    const source = this.mapping.child!
    const key = this.values.needed(row, source.key)
    const occurredAt = this.values.when(row, this.mapping.incident.at)
    if (key === '' || !occurredAt) return undefined
    const child = this.childId(key)
    const role = this.values.one(row, source.role)
    const fact = this.add(row, source.key, [key], 'child-involved', occurredAt, {
      incident,
      child,
      role,
      onRoll: source.onRoll === 'school' ? idFrom(this.mapping.source, 'school', this.schoolKey) : null,
      sex: this.values.one(row, source.sex),
      age: this.values.whole(row, source.age),
      yearGroup: this.values.one(row, source.yearGroup),
      senProvision: this.values.one(row, source.senProvision),
    })
    return fact === undefined ? undefined : { child, role, fact }
  }

  private everyPair(incident: string, involved: readonly { child: string; role: unknown; fact: string }[]): void {
    const row = this.rows[0]!
    const occurredAt = this.values.when(row, this.mapping.incident.at)
    for (const by of involved.filter((i) => i.role === 'alleged-perpetrator'))
      for (const on of involved.filter((i) => i.role === 'alleged-victim'))
        this.add(row, this.mapping.case, [by.fact, on.fact], 'act-recorded', occurredAt, { incident, by: by.child, on: on.child }, [by.fact, on.fact])
  }

  private referrals(row: SourceRow): void {
    for (const [index, { agency, date }] of this.mapping.referrals.entries()) {
      const day = this.values.day(row, date)
      if (day === undefined) continue
      const referral = idFrom(this.mapping.source, 'referral', this.key, String(index))
      this.add(row, date, [String(index)], 'referral-made', { date: day, zone: this.mapping.zone, precision: 'day' }, { referral, agency })
    }
  }

  /** The id of the fact, if it is as its schema wants it. */
  private add(row: SourceRow, column: string, names: string[], type: EventType, occurredAt: unknown, data: Record<string, unknown>, madeOf?: readonly string[]): string | undefined {
    const fact = wanted('case', this.mapping, [this.key, ...names], type, occurredAt, data, this.recordedAt)
    if (Array.isArray(fact)) {
      for (const message of fact) this.values.wrong(row, column, message)
      return undefined
    }
    this.facts.push({ ...fact, ...(madeOf && { madeOf }) })
    return fact.command.id
  }
}

/** The same cell is read for several facts; what is wrong with it is said once. */
const distinct = (problems: readonly ImportProblem[]): ImportProblem[] => [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()]

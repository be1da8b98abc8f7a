import {
  ENGLISH_BANK_HOLIDAYS, instantsOf, living, minuteOf, parseStream, replay, weekdayOf,
  type DataOf, type EventType, type Fact, type FeedEvent, type NewEvent, type TimeSlot,
} from '@circumspect/domain'

/** A fact with the stream it is on: the plain reading that the SQL is checked against. */
export type Placed<T extends EventType = EventType> = Fact<T> & { readonly stream: string; readonly about: string; readonly school: string }

export interface Incident {
  readonly fact: Placed<'incident-recorded'>
  readonly id: string
  readonly caseId: string
  readonly school: string
  readonly day: string
  readonly slot: TimeSlot
  readonly counted: boolean
  readonly schoolYear: string
  readonly earliest: number
  readonly data: DataOf<'incident-recorded'>
}

export interface Involvement {
  readonly fact: Placed<'child-involved'>
  readonly incident: Incident
  readonly child: string
  readonly counted: boolean
  readonly data: DataOf<'child-involved'>
}

const bankHolidays = new Set(ENGLISH_BANK_HOLIDAYS)
const addDays = (day: string, n: number) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string) => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
export const schoolYearOf = (day: string): string => {
  const starts = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 9 ? 0 : 1)
  return `${starts}${String((starts + 1) % 100).padStart(2, '0')}`
}
const UNFOUNDED = ['unfounded', 'false-or-malicious']
const sharpDay = (precision: string) => precision !== 'month' && precision !== 'unknown'

/** All facts that hold among these events, as a reader of the definitions would take them. No SQL was read for this. */
export class World {
  readonly facts: Placed[] = []
  /** As first recorded: of a case's first incident, what its very first event said. */
  readonly firstBehaviours = new Map<string, string>()

  constructor(events: readonly FeedEvent[]) {
    const streams = new Map<string, FeedEvent[]>()
    for (const event of [...events].sort((a, b) => a.position - b.position)) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event])
    for (const { type, stream, data } of [...streams.values()].flat())
      if (type === 'incident-recorded' && !this.firstBehaviours.has(parseStream(stream).id))
        this.firstBehaviours.set(parseStream(stream).id, (data as DataOf<'incident-recorded'>).behaviour)
    for (const [stream, own] of streams)
      for (const fact of living(replay(own as unknown as NewEvent[]))) this.facts.push({ ...fact, stream, about: parseStream(stream).id, school: own[0]!.school })
  }

  of<T extends EventType>(...types: T[]): Placed<T>[] {
    return this.facts.filter((f) => (types as EventType[]).includes(f.type)) as unknown as Placed<T>[]
  }

  isSchoolDay(school: string, day: string): boolean {
    if (weekdayOf(day) > 5 || bankHolidays.has(day)) return false
    const sets = this.of('terms-set').filter((f) => f.about === school)
    if (!sets.some((f) => f.data.schoolYear === schoolYearOf(day))) return true
    return sets.some((f) => f.data.terms.some((t) => t.from <= day && day <= t.to)) && !sets.some((f) => f.data.closedDays.includes(day))
  }

  /** School days after `from` up to and with `to`. */
  schoolDaysAfter(school: string, from: string, to: string): number {
    let count = 0
    if (to < from) return -this.schoolDaysAfter(school, to, from)
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (this.isSchoolDay(school, day)) count++
    return count
  }

  incidents(): Incident[] {
    return this.of('incident-recorded').map((fact): Incident => {
      const school = fact.data.atSchool ?? fact.school
      return {
        fact, id: fact.data.incident, caseId: fact.about, school, data: fact.data,
        day: fact.occurredAt.date,
        schoolYear: schoolYearOf(fact.occurredAt.date),
        earliest: instantsOf(fact.occurredAt).earliest,
        slot: this.slotOf(fact, school),
        counted: this.isCounted(fact),
      }
    })
  }

  private findingsOf(caseId: string, incident: string, child?: string): { finding: string; named: boolean }[] {
    const last = new Map<string, { finding: string; named: boolean }>()
    for (const f of this.of('school-finding-recorded').filter((f) => f.about === caseId && (child === undefined || f.data.child === child)))
      if (f.data.incident === undefined || f.data.incident === incident)
        last.set(`${f.data.child} ${f.data.incident ?? ''}`, { finding: f.data.finding, named: f.data.incident !== undefined })
    return [...last.values()]
  }

  private isCounted(fact: Placed<'incident-recorded'>): boolean {
    const findings = this.findingsOf(fact.about, fact.data.incident)
    return findings.length === 0 || findings.some((f) => !UNFOUNDED.includes(f.finding))
  }

  private slotOf(fact: Placed<'incident-recorded'>, school: string): TimeSlot {
    const { date, time, precision } = fact.occurredAt
    if (fact.data.slot) return fact.data.slot
    if (fact.data.setting === 'journey') return 'journey'
    const tables = this.of('timetable-set').filter((f) => f.about === school && f.data.from <= date)
    const table = tables.sort((a, b) => (a.data.from < b.data.from ? -1 : 1)).at(-1)
    if (time === undefined || !table) return 'unknown'
    if (!this.isSchoolDay(school, date)) return 'out-of-hours'
    const from = minuteOf(time)
    const to = from + (precision === 'hour' ? 60 : 1)
    const periods = table.data.periods.filter((p) => p.weekdays.includes(weekdayOf(date)))
    const touched = periods.filter((p) => minuteOf(p.from) < to && from < minuteOf(p.to))
    if (touched.length === 0) return 'out-of-hours'
    return touched.find((p) => minuteOf(p.from) <= from && to <= minuteOf(p.to))?.slot ?? 'unknown'
  }

  canonical(child: string): string {
    const seen = new Set<string>()
    let now = child
    while (!seen.has(now)) {
      seen.add(now)
      const last = this.of('child-linked', 'child-unlinked').filter((f) => f.about === now).sort((a, b) => a.revision - b.revision).at(-1)
      if (last?.type !== 'child-linked') return now
      now = (last as Placed<'child-linked'>).data.sameAs
    }
    return now
  }

  involvements(): Involvement[] {
    const byId = new Map(this.incidents().map((i) => [i.id, i]))
    return this.of('child-involved').map((fact): Involvement => {
      const incident = byId.get(fact.data.incident)!
      const findings = this.findingsOf(fact.about, incident.id, fact.data.child)
      const own = findings.find((f) => f.named) ?? findings[0]
      const cleared = fact.data.role === 'alleged-perpetrator' && own !== undefined && UNFOUNDED.includes(own.finding)
      return { fact, incident, data: fact.data, child: this.canonical(fact.data.child), counted: incident.counted && !cleared }
    })
  }

  acts() {
    const involved = this.involvements()
    return this.of('act-recorded').map((fact) => {
      const find = (child: string, role: string) => involved.find((v) => v.incident.id === fact.data.incident && v.data.child === child && v.data.role === role)!
      const by = find(fact.data.by, 'alleged-perpetrator')
      const on = find(fact.data.on, 'alleged-victim')
      return { fact, incident: by.incident, by, on, counted: by.counted && on.counted }
    })
  }

  /** The first telling of each case. */
  told(): { caseId: string; school: string; fact: Placed<'disclosure-made'>; day: string; earliest: number; latest: number; precision: string }[] {
    const cases = new Map<string, Placed<'disclosure-made'>[]>()
    for (const f of this.of('disclosure-made', 'concern-noticed')) cases.set(f.about, [...(cases.get(f.about) ?? []), f as Placed<'disclosure-made'>])
    return [...cases].map(([caseId, facts]) => {
      const fact = firstOf(facts)!
      return { caseId, school: fact.school, fact, day: fact.occurredAt.date, precision: fact.occurredAt.precision, ...instantsOf(fact.occurredAt) }
    })
  }
}

/** The earliest; of those at one instant the first recorded. */
export const firstOf = <F extends Placed>(facts: readonly F[]): F | undefined =>
  [...facts].sort((a, b) => instantsOf(a.occurredAt).earliest - instantsOf(b.occurredAt).earliest || a.revision - b.revision)[0]

export const timed = (precision: string) => precision === 'minute' || precision === 'hour'
export { addDays, sharpDay }

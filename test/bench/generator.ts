import { ALWAYS_TO_POLICE, LESSON_THEMES, REFERRAL_DUE, streamId, type Behaviour, type FeedEvent, type OccurredAt, type StreamId } from '@circumspect/domain'
import { BEHAVIOUR_WEIGHTS, DAY, OFF_SITE } from './school-day'
import { DATES, recordedAfter, SCHOOL_DAYS } from './calendar'
import { madeUpChild, madeUpSchool, PUPILS, schoolFacts, TRUST, type MadeUpChild, type MadeUpSchool } from './made-up-school'
import { QuickChance } from './quick-chance'

const RECORDER = '00000000-0000-4000-8000-00000000aaaa'
/** Cases of a school, on average. */
export const CASES_PER_SCHOOL = 5000
/** The first school has a tenth of the others' cases: what a school costs by its own size. */
const SMALL_SCHOOL = 0
/** A pair of records of one child is found once in so many cases. */
const CASES_PER_LINK = 100
const CORRECTABLE = ['incident-recorded', 'child-involved', 'risk-assessed', 'decision-recorded']

type Data = Record<string, unknown>
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const SLOTS = new Map(DAY.map(({ slot }) => [slot, DAY.filter((period) => period.slot === slot)]))

/** One stream being written. */
interface Stream {
  readonly id: StreamId
  readonly school: string
  revision: number
}

/**
 * Events as the feed carries them, about 15 for each case: case after case, spread over schools and three school years. Made
 * to be many; that they are valid is checked on a sample. The same seed, the same events.
 */
export class FeedGenerator {
  readonly schools: readonly MadeUpSchool[]
  position = 0
  private readonly chance: QuickChance
  private made = 0
  private out: FeedEvent[] = []
  private day = 0
  private minute = 0
  private recordedAt = ''
  private readonly linked = new Set<string>()

  constructor(readonly cases: number, seed = 1) {
    this.chance = new QuickChance(seed)
    this.schools = Array.from({ length: Math.max(2, Math.round(cases / CASES_PER_SCHOOL)) }, (_, index) => madeUpSchool(index))
  }

  /** Everything, in batches. */
  *batches(size: number): Generator<FeedEvent[]> {
    this.recordedAt = new Date(recordedAfter(0)).toISOString()
    for (const school of this.schools) this.openSchool(school)
    while (this.made < this.cases) {
      this.oneCase()
      while (this.out.length >= size) yield this.out.splice(0, size)
    }
    if (this.out.length > 0) yield this.out.splice(0)
  }

  /** One more case after all the others, recorded now: for what comes in while people read. */
  anotherCase(now: Date): FeedEvent[] {
    this.oneCase(now.toISOString())
    return this.out.splice(0)
  }

  private openSchool(school: MadeUpSchool): void {
    const stream: Stream = { id: streamId('school', school.id), school: school.id, revision: -1 }
    for (const [type, data] of schoolFacts(school)) this.add(stream, type, data, { date: '2023-09-01', zone: 'Europe/London', precision: 'day' })
  }

  private oneCase(recordedAt?: string): void {
    const { chance } = this
    this.day = SCHOOL_DAYS[Math.min(SCHOOL_DAYS.length - 1, Math.floor((this.made++ / this.cases) * SCHOOL_DAYS.length))]!
    this.recordedAt = recordedAt ?? new Date(recordedAfter(this.day)).toISOString()
    const school = this.schoolOfCase()
    const stream: Stream = { id: streamId('case', chance.id()), school: school.id, revision: -1 }
    const from = this.out.length
    const [by, on] = this.twoChildren(school)
    this.minute = chance.whole(950, 1100)
    const happened = this.happenedAt()
    this.told(stream)
    const behaviour = chance.weighted(BEHAVIOUR_WEIGHTS as Record<Behaviour, number>)
    const incident = this.incident(stream, school, behaviour, by, on, happened)
    this.protect(stream, by, on)
    this.decide(stream, behaviour)
    this.conclude(stream, incident, by, on)
    this.correct(stream, from)
    this.review(stream, school, incident)
    if (this.made % CASES_PER_LINK === 0) this.link(school)
  }

  private schoolOfCase(): MadeUpSchool {
    const school = this.chance.pick(this.schools)
    return school.index === SMALL_SCHOOL && this.chance.is(0.9) ? this.schools[this.chance.whole(1, this.schools.length - 1)]! : school
  }

  /** Few children are involved often, most never or once. */
  private twoChildren({ index }: MadeUpSchool): [MadeUpChild, MadeUpChild] {
    const by = Math.floor(PUPILS * this.chance.next() ** 2)
    const on = (by + 1 + Math.floor((PUPILS - 1) * this.chance.next() ** 2)) % PUPILS
    return [madeUpChild(index, by), madeUpChild(index, on)]
  }

  private told(stream: Stream): void {
    const { chance } = this
    if (chance.is(0.7)) this.add(stream, 'disclosure-made', { reportedBy: chance.weighted({ 'child-harmed': 6, 'other-child': 2, parent: 2 }), verbatim: false })
    else this.add(stream, 'concern-noticed', { reportedBy: 'staff', verbatim: false })
    this.later(5, 300)
    this.add(stream, 'concern-taken-up', {})
  }

  private happenedAt(): OccurredAt {
    const { chance } = this
    const date = DATES[Math.max(0, this.day - (chance.is(0.7) ? 0 : chance.whole(1, 40)))]!
    const precision = chance.weighted({ minute: 80, hour: 8, day: 10, month: 1, unknown: 1 })
    return { date, zone: 'Europe/London', precision, ...((precision === 'minute' || precision === 'hour') && { time: clock(this.minute - 20) }) }
  }

  private incident(stream: Stream, school: MadeUpSchool, behaviour: Behaviour, by: MadeUpChild, on: MadeUpChild, at: OccurredAt): string {
    const { chance } = this
    const incident = chance.id()
    const further = { furtherBehaviours: [], prejudiceGrounds: [], harm: chance.weighted({ none: 2, some: 6, significant: 1 }), observed: 'not-known', shouldBeSupervised: 'yes' }
    const whenAndWhere = this.where(school, at)
    this.add(stream, 'incident-recorded', { incident, ...whenAndWhere.data, mode: 'in-person', behaviour, ...further }, whenAndWhere.at)
    const happened = whenAndWhere.at
    this.involve(stream, incident, by, 'alleged-perpetrator', happened)
    this.involve(stream, incident, on, 'alleged-victim', happened)
    if (chance.is(0.2)) this.involve(stream, incident, madeUpChild(school.index, chance.whole(0, PUPILS - 1)), 'witness', happened)
    this.add(stream, 'act-recorded', { incident, by: by.id, on: on.id, behaviours: [] }, happened)
    return incident
  }

  private where(school: MadeUpSchool, at: OccurredAt): { data: Data; at: OccurredAt } {
    const { chance } = this
    if (chance.is(0.15)) {
      const { setting, kind } = chance.pick(OFF_SITE)
      return { data: { setting, locationKind: kind, openToView: 'not-known', supervised: 'no' }, at }
    }
    // Where pupils of two schools of a trust meet, it is at the one next door.
    const next = this.schools[school.index % TRUST === TRUST - 1 ? school.index - 1 : school.index + 1]
    const elsewhere = next !== undefined && chance.is(0.005)
    const { id, place } = chance.pick((elsewhere ? next : school).places)
    const period = chance.pick(SLOTS.get(chance.pick(Object.keys(place.slots)))!)
    const data = {
      place: id, setting: place.setting, locationKind: place.kind, openToView: place.openToView, supervised: place.supervised,
      ...(elsewhere && { atSchool: next.id }),
    }
    return { data, at: at.time === undefined ? at : { ...at, time: clock(chance.whole(minuteOf(period.from), minuteOf(period.to) - 1)) } }
  }

  private involve(stream: Stream, incident: string, child: MadeUpChild, role: string, at: OccurredAt): void {
    const { id, sex, yearGroup, age, senProvision, vulnerabilities } = child
    this.add(stream, 'child-involved', { incident, child: id, role, onRoll: stream.school, sex, yearGroup, age, senProvision, vulnerabilities }, at)
  }

  private protect(stream: Stream, by: MadeUpChild, on: MadeUpChild): void {
    const { chance } = this
    this.later(5, 60)
    this.add(stream, 'protective-action-taken', { child: on.id, action: chance.pick(['safe-space', 'kept-apart-on-site'] as const) })
    for (const [child, forWhom, share] of [[on, 'alleged-victim', 0.85], [by, 'alleged-perpetrator', 0.6]] as const) {
      if (!chance.is(share)) continue
      this.later(30, 1500)
      const rating = { scheme: 'severity-likelihood', before: { severity: chance.whole(1, 5), likelihood: chance.whole(1, 5) } }
      this.add(stream, 'risk-assessed', { assessment: chance.id(), forWhom, child: child.id, natures: ['emotional'], rating, reviewDue: DATES[this.day + 60]! })
    }
    for (const child of [on, by]) {
      if (!chance.is(0.9)) continue
      this.later(30, 600)
      this.add(stream, 'family-told', { child: child.id, manner: chance.pick(['telephone', 'face-to-face'] as const) })
    }
  }

  private decide(stream: Stream, behaviour: Behaviour): void {
    const { chance } = this
    const due = REFERRAL_DUE.includes(behaviour)
    const police = ALWAYS_TO_POLICE.includes(behaviour)
    if (due && chance.is(0.1)) return
    const against = due && !police && chance.is(0.1)
    const routes = police ? ['police', 'childrens-social-care'] : due && !against ? ['childrens-social-care'] : ['early-help']
    this.later(60, 1440)
    this.add(stream, 'decision-recorded', { routes, tier: police ? 4 : due ? 3 : chance.whole(1, 2), agenciesNotInvolved: [] })
    if ((!due && chance.is(0.8)) || (against && chance.is(0.7))) return
    const referral = chance.id()
    this.later(10, 2880)
    this.add(stream, 'referral-made', { referral, agency: due ? 'childrens-social-care' : 'early-help', alsoFor: police ? ['police'] : [], children: [], madeByAgency: false })
    if (!chance.is(0.8)) return
    this.later(600, 6000)
    this.add(stream, 'referral-answered', { referral, answer: chance.weighted({ accepted: 3, declined: 1 }) })
  }

  private conclude(stream: Stream, incident: string, by: MadeUpChild, on: MadeUpChild): void {
    const { chance } = this
    for (const child of [on, by])
      if (chance.is(child === on ? 0.7 : 0.4)) {
        this.later(600, 4000)
        this.add(stream, 'named-contact-assigned', { child: child.id })
      }
    if (!chance.is(0.6)) return
    this.later(5000, 20_000)
    this.add(stream, 'school-finding-recorded', { child: by.id, incident, finding: chance.weighted({ established: 6, 'not-established': 3, unfounded: 1 }) })
    this.later(10, 600)
    this.add(stream, 'case-dealt-with', {})
  }

  /** About one event in a hundred corrects one before it; a few take one back. */
  private correct(stream: Stream, from: number): void {
    const { chance } = this
    if (chance.is(0.15)) {
      const facts = this.out.slice(from).filter((e) => CORRECTABLE.includes(e.type))
      const fact = chance.pick(facts)
      const changed = fact.type === 'child-involved' ? { senProvision: chance.pick(['N', 'K'] as const) } : fact.type === 'incident-recorded' ? { harm: 'some' } : {}
      const original = { id: fact.id, revision: fact.revision }
      this.add(stream, fact.type, { ...fact.data, ...changed }, fact.occurredAt, { supersedes: fact.id, original })
    }
    if (!chance.is(0.02)) return
    const told = this.out.slice(from).find((e) => e.type === 'family-told')
    if (told) this.add(stream, 'fact-withdrawn', { event: told.id, effect: 'withdrawn' }, this.now(), { original: { id: told.id, revision: told.revision } })
  }

  private review({ id }: Stream, school: MadeUpSchool, incident: string): void {
    const { chance } = this
    if (!chance.is(0.5)) return
    const stream: Stream = { id: streamId('review', chance.id()), school: school.id, revision: -1 }
    this.later(4000, 20_000)
    this.add(stream, 'circumstances-reviewed', { case: id.slice('case-'.length) })
    if (!chance.is(0.1)) return
    const where = { places: [chance.pick(school.places).id], locationKinds: [], slots: [] }
    const [lesson, action] = [chance.id(), chance.id()]
    this.add(stream, 'lesson-recorded', { lesson, theme: chance.pick(LESSON_THEMES), ...where, wholeTrust: false })
    this.add(stream, 'action-agreed', { action, lesson, due: DATES[this.day + 28]!, expected: 'fewer-reports', ...where, promptedBy: [incident] })
    if (chance.is(0.6)) this.add(stream, 'action-completed', { action })
  }

  /** A record is found to be of the same child as another; each record once. */
  private link({ index, id }: MadeUpSchool): void {
    const [a, b] = [this.chance.whole(0, PUPILS / 2 - 1), this.chance.whole(PUPILS / 2, PUPILS - 1)]
    const child = streamId('child', madeUpChild(index, b).id)
    if (this.linked.has(child)) return
    this.linked.add(child)
    this.add({ id: child, school: id, revision: -1 }, 'child-linked', { sameAs: madeUpChild(index, a).id })
  }

  private later(atLeast: number, atMost: number): void {
    this.minute += this.chance.whole(atLeast, atMost)
  }

  private now(): OccurredAt {
    const date = DATES[Math.min(DATES.length - 1, this.day + Math.floor(this.minute / 1440))]!
    return { date, time: clock(this.minute % 1440), zone: 'Europe/London', precision: 'minute' }
  }

  private add(stream: Stream, type: string, data: Data, occurredAt = this.now(), more: Partial<FeedEvent> = {}): void {
    this.out.push({
      id: this.chance.id(), occurredAt, recordedAt: this.recordedAt, recordedBy: RECORDER, school: stream.school, ...more,
      stream: stream.id, revision: ++stream.revision, position: this.position++, type, version: 1, data: data as FeedEvent['data'],
    })
  }
}

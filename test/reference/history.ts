import {
  AGENCIES, BEHAVIOURS, decide, emptyState, evolve, FINDINGS, living, parseCommand, SEN_PROVISIONS, SEXES, streamId, TIME_SLOTS, toFeedEvent, VULNERABILITIES,
  WITHDRAWAL, type Command, type Context, type EventType, type FeedEvent, type OccurredAt, type StreamKind, type StreamState,
} from '@circumspect/domain'
import { Chance } from '../../apps/standalone/src/demo/chance'

const ZONE = 'Europe/London' as const
const CHILDREN = 8
const addMinutes = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)

/**
 * Makes up a history through the deciders: two schools, a few children and cases, and then facts, corrections, withdrawals and
 * restorations in any order that the rules allow. The same seed, the same history.
 */
export class MadeUpHistory {
  readonly events: FeedEvent[] = []
  readonly schools: string[] = []
  private readonly chance: Chance
  private readonly states = new Map<string, StreamState>()
  private readonly children: string[]
  private readonly cases: { id: string; school: string }[] = []
  private readonly places: { id: string; school: string; setting: string; kind: string }[] = []
  private readonly incidents: { id: string; caseId: string }[] = []
  private now = new Date('2025-09-02T08:00:00Z')

  constructor(seed: number, steps: number) {
    this.chance = new Chance(seed)
    this.children = Array.from({ length: CHILDREN }, () => this.chance.id())
    for (let i = 0; i < 2; i++) this.openSchool()
    for (let i = 0; i < 4; i++) this.openCase()
    for (let i = 0; i < steps; i++) {
      this.now = addMinutes(this.now, this.chance.whole(1, 4000))
      this.step()
    }
  }

  private step(): void {
    const kind = this.chance.weighted({ case: 60, child: 4, school: 5, review: 6, correct: 14, withdraw: 8, open: 3 })
    if (kind === 'correct') return this.correct()
    if (kind === 'withdraw') return this.withdraw()
    if (kind === 'open') return this.openCase()
    if (kind === 'case') return this.caseFact()
    if (kind === 'child') return this.childFact()
    if (kind === 'school') return this.schoolFact(this.chance.pick(this.schools))
    return this.reviewFact()
  }

  private openSchool(): void {
    const id = this.chance.id()
    this.schools.push(id)
    const at = this.day('2025-09-01')
    this.record('school', id, id, 'school-registered', { name: 'School', phase: this.chance.pick(['primary', 'secondary'] as const), from: '2025-09-01' }, at)
    for (const [setting, kind] of [['on-site', 'corridor'], ['on-site', 'toilets'], ['journey', 'bus']] as const) {
      const place = this.chance.id()
      this.places.push({ id: place, school: id, setting, kind })
      this.record('school', id, id, 'place-named', { place, name: 'Place', setting, kind, openToView: this.yesNo(), supervised: this.yesNo() }, at)
    }
  }

  private openCase(): void {
    const id = this.chance.id()
    const school = this.chance.pick(this.schools)
    this.cases.push({ id, school })
    const type = this.chance.pick(['disclosure-made', 'concern-noticed'] as const)
    this.record('case', id, school, type, { reportedBy: this.chance.pick(['child-harmed', 'staff', 'parent'] as const), summary: 'x', verbatim: false })
  }

  private schoolFact(school: string): void {
    const { chance } = this
    const periods = [
      { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '10:30', slot: 'lesson' },
      { weekdays: [1, 2, 3, 4, 5], from: '10:30', to: '11:00', slot: 'break' },
      { weekdays: [1, 2, 3], from: '11:00', to: '15:00', slot: 'lesson' },
    ]
    const groups = ['F', 'M'].map((sex) => ({ sex, yearGroup: '7', senProvision: chance.pick(SEN_PROVISIONS), pupils: chance.whole(20, 60), dualElsewhere: chance.whole(0, 5) }))
    const facts: [EventType, Record<string, unknown>][] = [
      ['timetable-set', { from: chance.pick(['2025-09-01', '2025-11-03', '2026-01-05'] as const), periods: chance.is(0.5) ? periods : periods.slice(0, 2) }],
      ['terms-set', { schoolYear: '202526', terms: [{ from: '2025-09-03', to: '2025-12-19' }, { from: '2026-01-05', to: '2026-07-21' }], closedDays: ['2025-10-06', '2025-10-07'] }],
      ['roll-counted', { schoolYear: '202526', term: chance.pick(['autumn', 'spring', 'summer'] as const), censusDate: '2025-10-02', groups }],
      ['policy-set', { from: chance.pick(['2025-09-01', '2026-01-05'] as const), reviewOfCircumstances: chance.whole(2, 15) }],
      ['recording-scope-declared', { behaviours: ['physical', 'bullying'], system: 'made-up', since: '2025-09-01' }],
      ['place-changed', { place: this.placeOf(school), from: '2026-01-05', name: 'Place', setting: 'on-site', kind: 'corridor', supervised: this.yesNo() }],
    ]
    const [type, data] = chance.pick(facts)
    this.record('school', school, school, type, data)
  }

  private placeOf = (school: string) => this.chance.pick(this.places.filter((p) => p.school === school)).id

  private childFact(): void {
    const [child, other] = [this.chance.pick(this.children), this.chance.pick(this.children)]
    const school = this.chance.pick(this.schools)
    const date = this.now.toISOString().slice(0, 10)
    const facts: [EventType, Record<string, unknown>][] = [
      ['child-enrolled', { at: school, from: '2025-09-03' }],
      ['child-left', { from: school, on: date }],
      ['child-linked', { sameAs: other }],
      ['child-unlinked', { from: other }],
    ]
    this.record('child', child, school, ...this.chance.pick(facts))
  }

  private caseFact(): void {
    const { chance } = this
    const { id, school } = chance.pick(this.cases)
    const own = this.incidents.filter((i) => i.caseId === id)
    if (own.length === 0 || chance.is(0.15)) return this.incident(id, school)
    const incident = chance.pick(own).id
    const child = chance.pick(this.children)
    const make = {
      involved: 30, act: 14, finding: 4, decision: 8, referral: 8, answer: 6, challenge: 3, challengeAnswer: 2, step: 14, plan: 6, closing: 4,
    }
    switch (chance.weighted(make)) {
      case 'involved':
        return this.record('case', id, school, 'child-involved', this.involvement(incident, child, school))
      case 'act':
        return this.record('case', id, school, 'act-recorded', { incident, by: child, on: chance.pick(this.children) })
      case 'finding':
        return this.record('case', id, school, 'school-finding-recorded', { child, finding: chance.pick(FINDINGS), ...(chance.is(0.7) && { incident }) })
      case 'decision':
        return this.record('case', id, school, 'decision-recorded', this.decision())
      case 'referral':
        return this.record('case', id, school, 'referral-made', { referral: chance.id(), agency: chance.pick(AGENCIES), alsoFor: chance.is(0.2) ? ['police'] : [] })
      case 'answer':
        return this.onReferral(id, school, 'referral-answered', { answer: chance.pick(['accepted', 'declined'] as const) })
      case 'challenge':
        return this.onReferral(id, school, 'referral-challenged', { grounds: 'x' })
      case 'challengeAnswer':
        return this.onReferral(id, school, 'challenge-answered', { answer: chance.pick(['accepted', 'declined'] as const) })
      case 'step':
        return this.record('case', id, school, ...this.stepFact(child))
      case 'plan':
        return this.record('case', id, school, ...this.planFact(id, child))
      case 'closing':
        return this.record('case', id, school, chance.pick(['case-dealt-with', 'case-closed', 'case-reopened'] as const), { note: 'x' })
    }
  }

  private involvement(incident: string, child: string, school: string) {
    const { chance } = this
    return {
      incident, child,
      role: chance.pick(['alleged-victim', 'alleged-perpetrator', 'alleged-victim', 'alleged-perpetrator', 'witness'] as const),
      onRoll: chance.weighted({ own: 7, other: 2, none: 1 }) === 'own' ? school : chance.is(0.6) ? chance.pick(this.schools) : null,
      sex: chance.pick(SEXES), yearGroup: '7', senProvision: chance.pick(SEN_PROVISIONS), vulnerabilities: chance.is(0.4) ? [chance.pick(VULNERABILITIES)] : [],
      ...(chance.is(0.8) && { age: chance.whole(10, 14) }),
    }
  }

  private decision() {
    const { chance } = this
    const routes = chance.pick([['police', 'childrens-social-care'], ['childrens-social-care'], ['early-help'], ['managed-internally']] as const)
    const agenciesNotInvolved = ['police', 'childrens-social-care'].map((agency) => ({ agency, reason: 'x' }))
    return { routes, tier: chance.whole(1, 4), reasons: 'x', agenciesNotInvolved, internalManagementTest: { oneOff: true, noOffence: true, noEarlyHelpNeeded: true } }
  }

  private stepFact(child: string): [EventType, Record<string, unknown>] {
    return this.chance.pick<[EventType, Record<string, unknown>]>([
      ['concern-taken-up', {}],
      ['protective-action-taken', { child, action: 'safe-space' }],
      ['family-told', { child, manner: 'telephone' }],
      ['family-not-told', { child, because: 'more-risk', detail: 'x' }],
      ['named-contact-assigned', { child, contact: 'x' }],
      ['strategy-meeting-held', { child, agencies: ['police'], childAndFamilyAssessment: 'yes' }],
      ['aftercare-reviewed', { child, childSaysAllIsWell: 'yes' }],
      ['disclosure-made', { reportedBy: 'child-harmed', summary: 'x', verbatim: true }],
    ])
  }

  private planFact(caseId: string, child: string): [EventType, Record<string, unknown>] {
    const due = { reviewDue: this.chance.pick(['2025-10-15', '2026-02-20', '2026-12-01'] as const) }
    const named = (of: string) => living(this.state('case', caseId)).flatMap((f) => f.names).filter((n) => n.of === of).map((n) => n.id)
    const [plan, assessment] = [this.chance.pick([...named('plan'), this.chance.id()]), this.chance.pick([...named('assessment'), this.chance.id()])]
    const outcome = this.chance.pick(['goes-on', 'ended'] as const)
    return this.chance.pick<[EventType, Record<string, unknown>]>([
      ['support-planned', { plan: this.chance.id(), child, needs: [{ area: 'safety', action: 'x' }], ...due }],
      ['safety-plan-agreed', { plan: this.chance.id(), child, ...due }],
      ['support-reviewed', { plan, outcome, nextDue: '2026-03-01' }],
      ['risk-assessed', { assessment: this.chance.id(), forWhom: 'alleged-victim', child, natures: ['physical'], rating: { scheme: 'severity-likelihood', before: { severity: 2, likelihood: 3 } }, ...due }],
      ['risk-reviewed', { assessment, outcome: outcome === 'ended' ? 'ended' : 'lower' }],
    ])
  }

  private onReferral(caseId: string, school: string, type: EventType, data: Record<string, unknown>): void {
    const referrals = living(this.state('case', caseId)).flatMap((f) => f.names).filter((n) => n.of === 'referral')
    if (referrals.length > 0) this.record('case', caseId, school, type, { referral: this.chance.pick(referrals).id, ...data })
  }

  private incident(caseId: string, school: string): void {
    const { chance } = this
    const incident = chance.id()
    const occurredAt = this.before()
    const named = chance.is(0.7) ? chance.pick(this.places) : undefined
    this.record('case', caseId, school, 'incident-recorded', {
      incident, setting: named?.setting ?? 'community', locationKind: named?.kind ?? 'park', mode: 'in-person', behaviour: chance.pick(BEHAVIOURS),
      furtherBehaviours: [], harm: chance.pick(['none', 'significant', 'not-known'] as const), supervised: this.yesNo(), shouldBeSupervised: this.yesNo(), openToView: this.yesNo(),
      ...(named && { place: named.id, atSchool: named.school }),
      ...(chance.is(0.2) && { slot: chance.pick(TIME_SLOTS) }),
    }, occurredAt)
    if (living(this.state('case', caseId)).some((f) => f.names.some((n) => n.id === incident))) this.incidents.push({ id: incident, caseId })
  }

  private reviewFact(): void {
    const { chance } = this
    const school = chance.pick(this.schools)
    const id = school.replace(/^./, 'e')
    const own = this.cases.filter((c) => c.school === school)
    const named = (of: string) => living(this.state('review', id)).flatMap((f) => f.names).filter((n) => n.of === of).map((n) => n.id)
    const action = chance.pick([...named('action'), chance.id()])
    const agreed = {
      action: chance.id(), what: 'x', owner: 'x', due: chance.pick(['2025-12-01', '2026-12-01'] as const), howWeShallKnow: 'x', expected: 'fewer-reports',
      places: chance.is(0.5) ? [this.placeOf(school)] : [], locationKinds: chance.is(0.2) ? ['corridor'] : [],
      promptedBy: this.incidents.length > 0 ? [chance.pick(this.incidents).id] : [],
    }
    this.record('review', id, school, ...chance.pick<[EventType, Record<string, unknown>]>([
      ['circumstances-reviewed', { couldHaveBeenDifferent: 'x', hasToChange: 'x', ...(own.length > 0 && chance.is(0.8) && { case: chance.pick(own).id }) }],
      ['lesson-recorded', { lesson: chance.id(), theme: chance.pick(['supervision', 'training'] as const), learnt: 'x' }],
      ['action-agreed', agreed],
      ['action-completed', { action }],
      ['action-followed', { action, followUp: 'keep', found: 'x' }],
    ]))
  }

  /** Says one fact again, with the data of another of its kind or with another date. */
  private correct(): void {
    const [kind, id, state] = this.anyStream()
    const facts = living(state)
    if (facts.length === 0) return
    const fact = this.chance.pick(facts)
    const data = { ...fact.data } as Record<string, unknown>
    if (fact.type === 'incident-recorded') Object.assign(data, { behaviour: this.chance.pick(BEHAVIOURS), furtherBehaviours: [] })
    if (fact.type === 'child-involved') Object.assign(data, { sex: this.chance.pick(SEXES), senProvision: this.chance.pick(SEN_PROVISIONS) })
    if (fact.type === 'school-finding-recorded') Object.assign(data, { finding: this.chance.pick(FINDINGS) })
    if (fact.type === 'decision-recorded') Object.assign(data, this.decision())
    const occurredAt = this.chance.is(0.5) ? fact.occurredAt : this.before()
    this.record(kind, id, state.school!, fact.type, data, occurredAt, { supersedes: fact.current, reason: 'x' })
  }

  private withdraw(): void {
    const [kind, id, state] = this.anyStream()
    const facts = [...state.facts.values()].filter((f) => !f.withdrawn && !['school-registered', 'place-named'].includes(f.type))
    if (facts.length > 0) this.record(kind, id, state.school!, WITHDRAWAL, { event: this.chance.pick(facts).current }, this.at(), { reason: 'x' })
  }

  private anyStream(): [StreamKind, string, StreamState] {
    const [stream, state] = this.chance.pick([...this.states])
    return [stream.slice(0, stream.indexOf('-')) as StreamKind, stream.slice(stream.indexOf('-') + 1), state]
  }

  private yesNo = () => this.chance.pick(['yes', 'no', 'not-known'] as const)
  private day = (date: string): OccurredAt => ({ date, zone: ZONE, precision: 'day' })

  /** Now, as precisely as chance has it. */
  private at(when = this.now): OccurredAt {
    const local = when.toISOString()
    const precision = this.chance.weighted({ minute: 5, hour: 2, day: 2, month: 0.3, unknown: 0.3 })
    const date = local.slice(0, 10)
    if (precision === 'minute') return { date, time: local.slice(11, 16), zone: ZONE, precision }
    return precision === 'hour' ? { date, time: `${local.slice(11, 13)}:00`, zone: ZONE, precision } : { date, zone: ZONE, precision }
  }

  /** Some time in the last weeks. */
  private before = (): OccurredAt => this.at(addMinutes(this.now, -this.chance.whole(120, 40_000)))

  private state = (kind: StreamKind, id: string): StreamState => this.states.get(streamId(kind, id)) ?? emptyState

  /** Records it if the deciders let it. */
  private record(kind: StreamKind, id: string, school: string, type: EventType, data: Record<string, unknown>, occurredAt = this.at(), more: Partial<Command> = {}): void {
    const stream = streamId(kind, id)
    const parsed = parseCommand(kind, { id: this.chance.id(), type, occurredAt, data, ...more })
    if ('problems' in parsed) throw new Error(`Not a valid ${type}: ${JSON.stringify(parsed.problems)}`)
    const state = this.state(kind, id)
    const decision = decide(stream, state, [parsed.command], this.context(id, state.school ?? school))
    if ('refusal' in decision) return
    for (const event of decision.events) {
      const now = this.state(kind, id)
      this.events.push(toFeedEvent({ ...event, stream, revision: now.revision + 1, position: this.events.length }))
      this.states.set(stream, evolve(now, event))
    }
  }

  private context(subject: string, school: string): Context {
    return {
      now: this.now.toISOString(), recordedBy: '00000000-0000-4000-8000-00000000aaaa', school, subject,
      isSchool: (id) => this.schools.includes(id),
      isPlace: (id) => this.places.some((p) => p.id === id),
      isChild: (id) => this.children.includes(id),
      isCase: (id) => this.cases.some((c) => c.id === id),
      canonicalChild: (id) => this.canonical(id),
    }
  }

  private canonical(child: string): string {
    const last = living(this.state('child', child)).filter((f) => f.type === 'child-linked' || f.type === 'child-unlinked').at(-1)
    return last?.type === 'child-linked' ? this.canonical((last.data as { sameAs: string }).sameAs) : child
  }
}

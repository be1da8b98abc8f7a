import type { Behaviour, Command, OccurredAt, StreamId } from '@circumspect/domain'
import { ALWAYS_TO_POLICE, REFERRAL_DUE, SEXUAL_HARASSMENT, streamId } from '@circumspect/domain'
import { Temporal } from 'temporal-polyfill'
import type { Chance } from './chance'
import { PLANTED } from './planted'
import { atTime, command, type DemoChild, type DemoSchool } from './school'
import type { Where } from './where'

/** Facts that are recorded together, at an instant of the simulated clock. */
export interface DemoStep {
  readonly at: Temporal.ZonedDateTime
  readonly school: string
  readonly stream: StreamId
  readonly commands: readonly Command[]
}

/** What a case is told of. */
export interface DemoPlot {
  readonly school: DemoSchool
  /** The September its school year starts in. */
  readonly year: number
  readonly date: string
  readonly where: Where
  readonly by: DemoChild
  readonly on: DemoChild
  readonly planted: boolean
  /** Recorded as dealt with, whatever chance says. */
  readonly isDealtWith?: boolean
}

const MADE_UP = 'Made up for the demonstration.'

/** Tells one case on a school day, from its first telling to what was decided and after. */
export class DemoCase {
  readonly steps: DemoStep[] = []
  readonly id: string
  readonly incident: string
  readonly school: DemoSchool
  private now: Temporal.ZonedDateTime

  constructor(
    private readonly chance: Chance,
    private readonly plot: DemoPlot,
  ) {
    const { school, date, where } = plot
    this.id = chance.id()
    this.incident = chance.id()
    this.school = school
    // Most tell soon, some only after days or weeks.
    const later = { days: chance.is(0.15) ? chance.whole(1, 60) : 0, minutes: chance.whole(15, 180) }
    this.now = Temporal.ZonedDateTime.from(`${date}T${where.time}[Europe/London]`).add(later)
    const behaviour = chance.weighted(school.plan.behaviours as Record<Behaviour, number>)
    const harm = chance.weighted({ none: 4, some: 14, significant: 1 })
    this.told()
    this.happened(behaviour, harm)
    this.decideAndRefer(behaviour, REFERRAL_DUE.includes(behaviour) || harm === 'significant')
    this.protect()
    this.after()
  }

  /** The last of what is told of it. */
  get endsAt(): Temporal.ZonedDateTime {
    return this.now
  }

  private told(): void {
    const { chance } = this
    const type = chance.is(0.7) ? 'disclosure-made' : 'concern-noticed'
    const reportedBy = type === 'concern-noticed' ? 'staff' : chance.weighted({ 'child-harmed': 6, 'other-child': 2, parent: 2 })
    this.step(0, [[type, { reportedBy, summary: 'Made up for the demonstration.', verbatim: false }]])
    this.step(chance.whole(5, 300), [['concern-taken-up', {}]])
  }

  private happened(behaviour: Behaviour, harm: string): void {
    const { chance, incident } = this
    const { where, by, on, date } = this.plot
    const at = atTime(date, where.time)
    const recorded = command(chance, 'incident-recorded', at, { incident, ...where.data, behaviour, harm })
    const commands = [recorded, this.involved(at, by, 'alleged-perpetrator'), this.involved(at, on, 'alleged-victim'), command(chance, 'act-recorded', at, { incident, by: by.id, on: on.id })]
    this.at(commands)
    if (!chance.is(0.04)) return
    this.now = this.now.add({ minutes: chance.whole(30, 3000) })
    const corrected = command(chance, 'incident-recorded', at, { ...recorded.data, observed: 'yes' })
    this.at([{ ...corrected, supersedes: recorded.id, reason: 'Somebody saw it after all. Made up.' }])
  }

  private involved(at: OccurredAt, child: DemoChild, role: string): Command {
    const { school, year } = this.plot
    return command(this.chance, 'child-involved', at, {
      incident: this.incident,
      child: child.id,
      role,
      onRoll: school.id,
      sex: child.sex,
      yearGroup: school.yearGroupOf(child, year),
      age: school.ageOf(child, year),
      senProvision: child.sen,
    })
  }

  private protect(): void {
    const { chance } = this
    const { by, on } = this.plot
    this.step(chance.whole(5, 60), [['protective-action-taken', { child: on.id, action: chance.pick(['safe-space', 'kept-apart-on-site', 'trusted-adult-with-child'] as const) }]])
    const taken = this.steps.at(-1)!.commands[0]!
    if (chance.is(0.01)) this.step(chance.whole(20, 200), [['fact-withdrawn', { event: taken.id }]], 'Entered for another child. Made up.')
    if (chance.is(0.8)) this.step(chance.whole(30, 1500), [['risk-assessed', this.risk('alleged-victim', on)]])
    if (chance.is(0.8)) this.step(chance.whole(30, 1500), [['risk-assessed', this.risk('alleged-perpetrator', by)]])
    for (const child of [on, by])
      if (chance.is(0.9)) this.step(chance.whole(30, 600), [['family-told', { child: child.id, manner: chance.pick(['telephone', 'face-to-face'] as const) }]])
      else if (chance.is(0.5)) this.step(chance.whole(30, 600), [['family-not-told', { child: child.id, because: 'agency-advice', detail: MADE_UP }]])
  }

  private risk(forWhom: string, child: DemoChild) {
    const { chance } = this
    return {
      assessment: chance.id(),
      forWhom,
      child: child.id,
      natures: ['emotional'],
      rating: { scheme: 'severity-likelihood', before: { severity: chance.whole(1, 5), likelihood: chance.whole(1, 5) } },
    }
  }

  private decideAndRefer(behaviour: Behaviour, due: boolean): void {
    const { chance } = this
    const { school, planted } = this.plot
    const times = planted && school.plan.key === PLANTED.slow.school ? PLANTED.slow.times : 1
    const police = ALWAYS_TO_POLICE.includes(behaviour)
    if (due && chance.is(0.04)) return // Still to be decided.
    const against = due && !police && chance.is(0.1)
    const routes = police
      ? ['police', 'childrens-social-care']
      : due && !against
        ? ['childrens-social-care']
        : SEXUAL_HARASSMENT.includes(behaviour)
          ? ['early-help']
          : ['behaviour-policy']
    const tier = police ? 4 : due ? 3 : chance.whole(1, 2)
    this.step(chance.whole(10, 240) * (due ? times : 1), [['decision-recorded', { routes, tier, reasons: MADE_UP }]])
    if (!due || against) return
    const referral = chance.id()
    this.step(chance.whole(10, 1200) * times, [['referral-made', { referral, agency: 'childrens-social-care', alsoFor: police ? ['police'] : [] }]])
    if (!chance.is(0.9)) return
    const answer = chance.weighted({ accepted: 3, declined: 1 })
    this.step(chance.whole(600, 6000), [['referral-answered', { referral, answer }]])
    if (answer === 'declined' && chance.is(0.4)) this.step(chance.whole(600, 3000), [['referral-challenged', { referral, grounds: MADE_UP }]])
  }

  private after(): void {
    const { chance } = this
    const { by, on, isDealtWith } = this.plot
    for (const child of [on, by])
      if (chance.is(0.6)) this.step(chance.whole(600, 4000), [['named-contact-assigned', { child: child.id, contact: 'A member of staff' }]])
    for (const child of [on, by]) if (chance.is(0.2)) this.plan(child)
    if (!isDealtWith && !chance.is(0.6)) return
    const finding = isDealtWith ? 'established' : chance.weighted({ established: 8, 'not-established': 3, unfounded: 0.5 })
    this.step(chance.whole(5000, 20_000), [['school-finding-recorded', { child: by.id, incident: this.incident, finding }]])
    this.step(chance.whole(10, 600), [['case-dealt-with', {}]])
  }

  private plan(child: DemoChild): void {
    const { chance } = this
    const plan = chance.id()
    const due = (days: number) => this.now.toPlainDate().add({ days }).toString()
    this.step(chance.whole(600, 4000), [['safety-plan-agreed', { plan, child: child.id, actions: [{ action: MADE_UP }], reviewDue: due(42) }]])
    if (chance.is(0.8)) this.step(chance.whole(40_000, 60_000), [['safety-plan-reviewed', { plan, outcome: 'ended' }]])
  }

  /** Facts that happen some minutes after the last, and are recorded as they happen. */
  private step(minutesLater: number, facts: readonly (readonly [Command['type'], Command['data']])[], reason?: string): void {
    this.now = this.now.add({ minutes: minutesLater })
    const at = atTime(this.now.toPlainDate().toString(), this.now.toPlainTime().toString().slice(0, 5))
    this.at(facts.map(([type, data]) => ({ ...command(this.chance, type, at, data), ...(reason !== undefined && { reason }) })))
  }

  private at(commands: readonly Command[]): void {
    this.steps.push({ at: this.now, school: this.school.id, stream: streamId('case', this.id), commands })
  }
}

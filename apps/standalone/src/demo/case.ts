import type { Behaviour, Command, OccurredAt, StreamId } from '@circumspect/domain'
import { ALWAYS_TO_POLICE, REFERRAL_DUE, SEXUAL_HARASSMENT, streamId } from '@circumspect/domain'
import { Temporal } from 'temporal-polyfill'
import type { Chance } from './chance'
import { atTime, BEHAVIOUR_WEIGHTS, command, DAY, OFF_SITE, PLACES } from './school'

export interface DemoChild {
  readonly id: string
  readonly sex: 'F' | 'M'
  readonly yearGroup: '7' | '8' | '9' | '10' | '11'
  readonly age: number
  readonly sen: 'N' | 'K' | 'E'
}

export interface DemoSchool {
  readonly id: string
  readonly places: ReadonlyMap<string, string>
  readonly children: readonly DemoChild[]
}

/** Facts that are recorded together, at an instant of the simulated clock. */
export interface DemoStep {
  readonly at: Temporal.ZonedDateTime
  readonly stream: StreamId
  readonly commands: readonly Command[]
}

interface Where {
  readonly slot: string
  readonly data: {
    place?: string
    setting: string
    locationKind: string
    mode: string
    supervised: string
    shouldBeSupervised: string
    openToView: string
  }
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function whereAndWhen(chance: Chance, school: DemoSchool): Where {
  if (chance.is(0.15)) {
    const { setting, kind, mode } = chance.pick(OFF_SITE)
    return {
      slot: '',
      data: { setting, locationKind: kind, mode, supervised: 'no', shouldBeSupervised: 'not-known', openToView: 'not-known' },
    }
  }
  const weights = Object.fromEntries(PLACES.flatMap((p) => Object.entries(p.slots).map(([slot, w]) => [`${p.key} ${slot}`, w])))
  const [key, slot] = chance.weighted(weights).split(' ') as [string, string]
  const place = PLACES.find((p) => p.key === key)!
  return {
    slot,
    data: {
      place: school.places.get(key)!,
      setting: place.setting,
      locationKind: place.kind,
      mode: 'in-person',
      supervised: place.supervised,
      shouldBeSupervised: 'yes',
      openToView: place.openToView,
    },
  }
}

function clockOf(chance: Chance, slot: string): string {
  if (slot === '') return clock(chance.whole(16 * 60, 20 * 60))
  const period = chance.pick(DAY.filter((p) => p.slot === slot))
  return clock(chance.whole(minutes(period.from), minutes(period.to) - 1))
}

/** Tells one case on a school day, from its first telling to what was decided and after. */
export class DemoCase {
  readonly steps: DemoStep[] = []
  readonly incident: string
  private now: Temporal.ZonedDateTime

  constructor(
    private readonly chance: Chance,
    readonly school: DemoSchool,
    readonly id: string,
    date: string,
  ) {
    this.incident = chance.id()
    const where = whereAndWhen(chance, school)
    const happened = atTime(date, clockOf(chance, where.slot))
    this.now = Temporal.ZonedDateTime.from(`${date}T${happened.time}[Europe/London]`).add({ minutes: chance.whole(15, 180) })
    const behaviour = chance.weighted(BEHAVIOUR_WEIGHTS as Record<Behaviour, number>)
    const [by, on] = this.twoChildren()
    this.told()
    this.happened(happened, where, behaviour, by, on)
    this.protect(by, on)
    this.decideAndRefer(behaviour)
    this.after(by, on)
  }

  /** The last of what is told of it. */
  get endsAt(): Temporal.ZonedDateTime {
    return this.now
  }

  private twoChildren(): [DemoChild, DemoChild] {
    const by = this.chance.pick(this.school.children)
    const others = this.school.children.filter((c) => c.id !== by.id && Math.abs(c.age - by.age) <= 2)
    return [by, this.chance.pick(others)]
  }

  private told(): void {
    const { chance } = this
    const type = chance.is(0.7) ? 'disclosure-made' : 'concern-noticed'
    const reportedBy = type === 'concern-noticed' ? 'staff' : chance.weighted({ 'child-harmed': 6, 'other-child': 2, parent: 2 })
    this.step(0, [[type, { reportedBy, summary: 'Made up for the demonstration.', verbatim: false }]])
    this.step(chance.whole(5, 300), [['concern-taken-up', {}]])
  }

  private happened(at: OccurredAt, where: Where, behaviour: Behaviour, by: DemoChild, on: DemoChild): void {
    const { chance, incident } = this
    const involved = (child: DemoChild, role: string): Command =>
      command(chance, 'child-involved', at, {
        incident,
        child: child.id,
        role,
        onRoll: this.school.id,
        sex: child.sex,
        yearGroup: child.yearGroup,
        age: child.age,
        senProvision: child.sen,
      })
    this.steps.push({
      at: this.now,
      stream: streamId('case', this.id),
      commands: [
        command(chance, 'incident-recorded', at, {
          incident,
          ...where.data,
          behaviour,
          harm: chance.weighted({ none: 2, some: 6, significant: 1 }),
        }),
        involved(by, 'alleged-perpetrator'),
        involved(on, 'alleged-victim'),
        command(chance, 'act-recorded', at, { incident, by: by.id, on: on.id }),
      ],
    })
  }

  private protect(by: DemoChild, on: DemoChild): void {
    const { chance } = this
    this.step(chance.whole(5, 60), [
      [
        'protective-action-taken',
        { child: on.id, action: chance.pick(['safe-space', 'kept-apart-on-site', 'trusted-adult-with-child'] as const) },
      ],
    ])
    if (chance.is(0.85)) this.step(chance.whole(30, 1500), [['risk-assessed', this.risk('alleged-victim', on)]])
    if (chance.is(0.6)) this.step(chance.whole(30, 1500), [['risk-assessed', this.risk('alleged-perpetrator', by)]])
    for (const child of [on, by])
      if (chance.is(0.9))
        this.step(chance.whole(30, 600), [
          ['family-told', { child: child.id, manner: chance.pick(['telephone', 'face-to-face'] as const) }],
        ])
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

  private decideAndRefer(behaviour: Behaviour): void {
    const { chance } = this
    const due = REFERRAL_DUE.includes(behaviour)
    const police = ALWAYS_TO_POLICE.includes(behaviour)
    if (due && chance.is(0.1)) return // Still to be decided.
    const routes = police
      ? ['police', 'childrens-social-care']
      : due
        ? ['childrens-social-care']
        : SEXUAL_HARASSMENT.includes(behaviour)
          ? ['early-help']
          : ['behaviour-policy']
    this.step(chance.whole(60, 1440), [
      ['decision-recorded', { routes, tier: police ? 4 : due ? 3 : chance.whole(1, 2), reasons: 'Made up for the demonstration.' }],
    ])
    if (!due) return
    const referral = chance.id()
    this.step(chance.whole(10, 2880), [['referral-made', { referral, agency: 'childrens-social-care', alsoFor: police ? ['police'] : [] }]])
    if (chance.is(0.8))
      this.step(chance.whole(600, 6000), [['referral-answered', { referral, answer: chance.weighted({ accepted: 3, declined: 1 }) }]])
  }

  private after(by: DemoChild, on: DemoChild): void {
    const { chance } = this
    for (const child of [on, by])
      if (chance.is(child === on ? 0.7 : 0.4))
        this.step(chance.whole(600, 4000), [['named-contact-assigned', { child: child.id, contact: 'A member of staff' }]])
    if (!chance.is(0.6)) return
    this.step(chance.whole(5000, 20_000), [
      [
        'school-finding-recorded',
        { child: by.id, incident: this.incident, finding: chance.weighted({ established: 6, 'not-established': 3, unfounded: 1 }) },
      ],
    ])
    this.step(chance.whole(10, 600), [['case-dealt-with', {}]])
  }

  /** Facts that happen some minutes after the last, and are recorded as they happen. */
  private step(minutesLater: number, facts: readonly (readonly [Command['type'], Command['data']])[]): void {
    this.now = this.now.add({ minutes: minutesLater })
    const at = atTime(this.now.toPlainDate().toString(), this.now.toPlainTime().toString().slice(0, 5))
    const commands = facts.map(([type, data]) => command(this.chance, type, at, data))
    this.steps.push({ at: this.now, stream: streamId('case', this.id), commands })
  }
}

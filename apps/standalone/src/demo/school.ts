import type { Command, EventType, OccurredAt } from '@circumspect/domain'
import type { DemoYear } from './calendar'
import type { Chance } from './chance'
import { PLANTED } from './planted'
import type { SchoolPlan } from './trust'

export interface DemoChild {
  readonly id: string
  readonly sex: 'F' | 'M'
  readonly sen: 'N' | 'K' | 'E'
  /** The September in which its year was the school's youngest. */
  readonly cohort: number
}

/** A school with its pupils: as many in each year as planned, half of them girls, SEN by the plan. */
export class DemoSchool {
  readonly id: string
  readonly places: ReadonlyMap<string, string>
  private readonly children = new Map<string, DemoChild>()

  constructor(
    readonly plan: SchoolPlan,
    chance: Chance,
    private readonly planted: boolean,
  ) {
    this.id = chance.id()
    this.places = new Map(plan.places.map((p) => [p.key, chance.id()]))
  }

  /** Makes every pupil who is on roll in one of these years a child of the vault. */
  async enrol(years: readonly DemoYear[], makeChild: (name: string) => Promise<string>): Promise<void> {
    const { yearGroups, pupilsPerYear, key } = this.plan
    const first = years[0]!.starts - yearGroups.length + 1
    const cohorts = Array.from({ length: yearGroups.length + years.length - 1 }, (_, i) => first + i)
    const each = async (cohort: number, number: number) => {
      const id = await makeChild(`Child ${key.charAt(0).toUpperCase()}${cohort % 100}-${number + 1}`)
      this.children.set(`${cohort}-${number}`, { id, cohort, sex: sexOf(number), sen: this.senOf(number) })
    }
    await Promise.all(cohorts.flatMap((cohort) => Array.from({ length: pupilsPerYear }, (_, number) => each(cohort, number))))
  }

  /**
   * Somebody on roll in a school year, most often of the same year group as the other; every year group alike. Those harmed are drawn
   * alike, except where it is planted.
   */
  pupil(chance: Chance, year: number, role: 'harmed' | 'other', near?: DemoChild): DemoChild {
    const { pupilsPerYear } = this.plan
    const sameYear = near !== undefined && chance.is(0.7)
    const weigh = this.planted && role === 'harmed' && this.plan.key === PLANTED.sen.school
    for (;;) {
      const cohort = sameYear ? near.cohort : year - chance.whole(0, this.plan.yearGroups.length - 1)
      const number = chance.whole(0, pupilsPerYear - 1)
      const hasSen = this.senOf(number) !== 'N'
      if (weigh && !hasSen && !chance.is(1 / PLANTED.sen.times)) continue
      const child = this.children.get(`${cohort}-${number}`)!
      if (child.id !== near?.id) return child
    }
  }

  yearGroupOf = (child: DemoChild, year: number): string => this.plan.yearGroups[year - child.cohort]!
  ageOf = (child: DemoChild, year: number): number => this.plan.firstAge + year - child.cohort

  /** Pupils on roll by sex, year group and provision: the same each year. */
  rollGroups(): { sex: string; yearGroup: string; senProvision: string; pupils: number }[] {
    const numbers = Array.from({ length: this.plan.pupilsPerYear }, (_, i) => i)
    return this.plan.yearGroups.flatMap((yearGroup) =>
      (['F', 'M'] as const).flatMap((sex) =>
        (['N', 'K', 'E'] as const).map((senProvision) => ({
          sex, yearGroup, senProvision, pupils: numbers.filter((n) => sexOf(n) === sex && this.senOf(n) === senProvision).length,
        })),
      ),
    )
  }

  get pupils(): number {
    return this.plan.pupilsPerYear * this.plan.yearGroups.length
  }

  private senOf(number: number): 'N' | 'K' | 'E' {
    const { sen, pupilsPerYear } = this.plan
    // Pairs of a girl and a boy, so that SEN is as common among both.
    const share = Math.floor(number / 2) / (pupilsPerYear / 2)
    return share < sen.E ? 'E' : share < sen.E + sen.K ? 'K' : 'N'
  }
}

const sexOf = (number: number): 'F' | 'M' => (number % 2 === 0 ? 'F' : 'M')

/** One command, its date and time given. */
export function command(chance: Chance, type: EventType, occurredAt: OccurredAt, data: Command['data']): Command {
  return { id: chance.id(), type, occurredAt, data }
}

export const onDay = (date: string): OccurredAt => ({ date, zone: 'Europe/London', precision: 'day' })
export const atTime = (date: string, time: string): OccurredAt => ({ date, time, zone: 'Europe/London', precision: 'minute' })

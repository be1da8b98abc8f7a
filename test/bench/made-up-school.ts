import { POLICY_DEFAULTS, SEN_PROVISIONS } from '@circumspect/domain'
import { DAY, PLACES } from './school-day'
import { SCHOOL_YEARS, schoolYearName, termsOf } from './calendar'
import { QuickChance } from './quick-chance'

export const PUPILS = 1000
/** So many schools form a trust, whose neighbours meet. */
export const TRUST = 20

export interface MadeUpChild {
  readonly id: string
  readonly sex: 'F' | 'M'
  readonly yearGroup: string
  readonly age: number
  readonly senProvision: string
  readonly vulnerabilities: readonly string[]
}

export interface MadeUpSchool {
  readonly index: number
  readonly id: string
  readonly places: readonly { readonly id: string; readonly place: (typeof PLACES)[number] }[]
}

export function madeUpSchool(index: number): MadeUpSchool {
  const chance = new QuickChance(7_000_000 + index)
  return { index, id: chance.id(), places: PLACES.map((place) => ({ id: chance.id(), place })) }
}

/** A child of a school by number: always the same, and kept nowhere. */
export function madeUpChild(school: number, number: number): MadeUpChild {
  const chance = new QuickChance((school + 1) * 1_000_003 + number * 7919)
  const year = chance.whole(7, 11)
  return {
    id: chance.id(),
    sex: chance.is(0.5) ? 'F' : 'M',
    yearGroup: String(year),
    age: year + 4 + chance.whole(0, 1),
    senProvision: chance.weighted({ N: 80, K: 15, E: 5 }),
    vulnerabilities: chance.is(0.15) ? [chance.pick(['eal', 'young-carer', 'mental-health'] as const)] : [],
  }
}

const periods = DAY.map(({ from, to, slot }) => ({ weekdays: [1, 2, 3, 4, 5], from, to, slot }))
const groups = ['F', 'M'].flatMap((sex) =>
  ['7', '8', '9', '10', '11'].flatMap((yearGroup) =>
    SEN_PROVISIONS.slice(0, 3).map((senProvision, i) => ({ sex, yearGroup, senProvision, pupils: [80, 15, 5][i]!, dualElsewhere: 0 })),
  ),
)

/** What a school says of itself at the beginning: type and data, without texts. */
export function schoolFacts({ places }: MadeUpSchool): [string, Record<string, unknown>][] {
  return [
    ['school-registered', { phase: 'secondary', from: '2023-09-01' }],
    ...places.map(({ id, place }): [string, Record<string, unknown>] => [
      'place-named',
      { place: id, setting: place.setting, kind: place.kind, openToView: place.openToView, supervised: place.supervised, camera: 'not-known', neighbours: [] },
    ]),
    ['timetable-set', { from: '2023-09-01', periods }],
    ...SCHOOL_YEARS.map((year): [string, Record<string, unknown>] => ['terms-set', { schoolYear: schoolYearName(year), terms: termsOf(year), closedDays: [] }]),
    ...SCHOOL_YEARS.flatMap((year) =>
      (['autumn', 'spring', 'summer'] as const).map((term, i): [string, Record<string, unknown>] => [
        'roll-counted',
        { schoolYear: schoolYearName(year), term, censusDate: [`${year}-10-05`, `${year + 1}-01-18`, `${year + 1}-05-16`][i]!, groups },
      ]),
    ),
    ['recording-scope-declared', { behaviours: ['physical', 'bullying'], system: 'made-up', since: '2023-09-01' }],
    ['policy-set', { ...POLICY_DEFAULTS, from: '2023-09-01' }],
  ]
}

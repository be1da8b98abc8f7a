import type { Behaviour } from '@circumspect/domain'
import { PRIMARY_DAY, PRIMARY_PLACES, SECONDARY_DAY, SECONDARY_PLACES, SMALL_PLACES, type DemoPlace, type Period } from './places'

export const TRUST_ID = '6f1c3b52-7f0e-4c7e-9d0a-4a1f0f6f2b11'
export const TRUST_NAME = 'Example Trust (made up)'

export type SchoolKey = 'brook' | 'hill' | 'north' | 'south' | 'park' | 'lane'

/** A school of the made-up trust. */
export interface SchoolPlan {
  readonly key: SchoolKey
  readonly name: string
  readonly phase: 'primary' | 'secondary' | 'special' | 'pupil-referral-unit'
  /** From the youngest. */
  readonly yearGroups: readonly string[]
  /** Age on 1 September in the first of them. */
  readonly firstAge: number
  readonly pupilsPerYear: number
  /** Shares of the roll with SEN support and with an EHC plan. */
  readonly sen: { readonly K: number; readonly E: number }
  /** Cases told for each pupil in a school year. */
  readonly rate: number
  readonly places: readonly DemoPlace[]
  readonly day: readonly Period[]
  readonly behaviours: Readonly<Partial<Record<Behaviour, number>>>
}

const PRIMARY_BEHAVIOURS = {
  physical: 10,
  bullying: 8,
  'prejudice-related-bullying': 4,
  'online-bullying': 1,
  'sexual-harassment.comments': 2,
  'harmful-sexual-behaviour.language': 2,
  'harmful-sexual-behaviour.touching': 2,
  'hate-crime': 1,
} as const
const SECONDARY_BEHAVIOURS = {
  physical: 8,
  bullying: 7,
  'online-bullying': 3,
  'prejudice-related-bullying': 4,
  'sexual-harassment.comments': 7,
  'sexual-harassment.physical-behaviour': 4,
  'image-sharing.non-consensual': 4,
  'sexual-violence.sexual-assault': 3,
} as const

const primary = { phase: 'primary', yearGroups: ['R', '1', '2', '3', '4', '5', '6'], firstAge: 4, sen: { K: 0.14, E: 0.03 }, rate: 0.06, places: PRIMARY_PLACES, day: PRIMARY_DAY, behaviours: PRIMARY_BEHAVIOURS } as const
const secondary = { phase: 'secondary', yearGroups: ['7', '8', '9', '10', '11'], firstAge: 11, sen: { K: 0.12, E: 0.03 }, rate: 0.1, places: SECONDARY_PLACES, day: SECONDARY_DAY, behaviours: SECONDARY_BEHAVIOURS } as const

/** Six schools. None of them, and no child in them, is real. */
export const TRUST: readonly SchoolPlan[] = [
  { ...primary, key: 'brook', name: 'Example Brook Primary (made up)', pupilsPerYear: 60 },
  { ...primary, key: 'hill', name: 'Example Hill Primary (made up)', pupilsPerYear: 60 },
  { ...secondary, key: 'north', name: 'Example North High (made up)', pupilsPerYear: 240 },
  { ...secondary, key: 'south', name: 'Example South High (made up)', pupilsPerYear: 180 },
  { ...secondary, key: 'park', name: 'Example Park Special School (made up)', phase: 'special', pupilsPerYear: 28, sen: { K: 0.04, E: 0.96 }, rate: 0.3, places: SMALL_PLACES },
  { ...secondary, key: 'lane', name: 'Example Lane Pupil Referral Unit (made up)', phase: 'pupil-referral-unit', yearGroups: ['9', '10', '11'], firstAge: 13, pupilsPerYear: 20, sen: { K: 0.4, E: 0.1 }, rate: 0.5, places: SMALL_PLACES },
]

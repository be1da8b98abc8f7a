import type { Behaviour } from '@circumspect/domain'

/** A place of a school, and how often something is reported there, by slot: relative to the others. */
export interface MadeUpPlace {
  readonly key: string
  readonly kind: string
  readonly setting: string
  readonly supervised: 'yes' | 'no'
  readonly openToView: 'yes' | 'no'
  readonly slots: Readonly<Record<string, number>>
}

/** The clock times of a day's slots. */
export const DAY: readonly { from: string; to: string; slot: string }[] = [
  { from: '08:20', to: '08:40', slot: 'arrival' },
  { from: '08:40', to: '09:00', slot: 'registration' },
  { from: '09:00', to: '10:00', slot: 'lesson' },
  { from: '10:00', to: '10:10', slot: 'lesson-change' },
  { from: '10:10', to: '11:10', slot: 'lesson' },
  { from: '11:10', to: '11:30', slot: 'break' },
  { from: '11:30', to: '12:30', slot: 'lesson' },
  { from: '12:30', to: '13:20', slot: 'lunch' },
  { from: '13:20', to: '14:20', slot: 'lesson' },
  { from: '14:20', to: '14:30', slot: 'lesson-change' },
  { from: '14:30', to: '15:20', slot: 'lesson' },
  { from: '15:20', to: '15:45', slot: 'departure' },
]

export const TERMS = [
  { from: '2025-09-03', to: '2025-10-24' },
  { from: '2025-11-03', to: '2025-12-19' },
  { from: '2026-01-05', to: '2026-02-13' },
  { from: '2026-02-23', to: '2026-03-27' },
  { from: '2026-04-13', to: '2026-05-22' },
  { from: '2026-06-01', to: '2026-07-21' },
]

/** One corridor at lesson change stands out. */
export const PLACES: readonly MadeUpPlace[] = [
  {
    key: 'north',
    kind: 'corridor',
    setting: 'on-site',
    supervised: 'no',
    openToView: 'no',
    slots: { 'lesson-change': 22, arrival: 1, break: 1 },
  },
  {
    key: 'south',
    kind: 'corridor',
    setting: 'on-site',
    supervised: 'yes',
    openToView: 'yes',
    slots: { 'lesson-change': 2, arrival: 1 },
  },
  {
    key: 'stairs',
    kind: 'stairs',
    setting: 'on-site',
    supervised: 'no',
    openToView: 'yes',
    slots: { 'lesson-change': 2, lunch: 1 },
  },
  {
    key: 'toilets',
    kind: 'toilets',
    setting: 'on-site',
    supervised: 'no',
    openToView: 'no',
    slots: { break: 3, lunch: 3, lesson: 2 },
  },
  {
    key: 'yard',
    kind: 'playground',
    setting: 'on-site',
    supervised: 'yes',
    openToView: 'yes',
    slots: { break: 5, lunch: 6 },
  },
  { key: 'field', kind: 'field', setting: 'on-site', supervised: 'no', openToView: 'yes', slots: { lunch: 4 } },
  {
    key: 'dining',
    kind: 'dining-hall',
    setting: 'on-site',
    supervised: 'yes',
    openToView: 'yes',
    slots: { lunch: 3 },
  },
  {
    key: 'changing',
    kind: 'changing-room',
    setting: 'on-site',
    supervised: 'no',
    openToView: 'no',
    slots: { lesson: 3 },
  },
  {
    key: 'room',
    kind: 'classroom',
    setting: 'on-site',
    supervised: 'yes',
    openToView: 'yes',
    slots: { lesson: 5, registration: 1 },
  },
  {
    key: 'gate',
    kind: 'school-gate',
    setting: 'on-site',
    supervised: 'yes',
    openToView: 'yes',
    slots: { departure: 3, arrival: 1 },
  },
]

export const OFF_SITE = [
  { setting: 'journey', kind: 'bus', mode: 'in-person' },
  { setting: 'community', kind: 'park', mode: 'in-person' },
  { setting: 'online-only', kind: 'other', mode: 'online' },
] as const

export const BEHAVIOUR_WEIGHTS: Readonly<Partial<Record<Behaviour, number>>> = {
  physical: 8,
  bullying: 7,
  'online-bullying': 3,
  'prejudice-related-bullying': 4,
  'sexual-harassment.comments': 7,
  'sexual-harassment.physical-behaviour': 4,
  'image-sharing.non-consensual': 2,
  'sexual-violence.sexual-assault': 1.5,
}

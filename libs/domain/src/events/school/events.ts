import { z } from 'zod'
import {
  BEHAVIOURS, ETHNICITIES, LESSON_THEMES, LOCATION_KINDS, PHASES, POLICY_DEFAULTS, POLICY_REVIEWERS, PREVENTION_ACTIVITIES, SCHOOL_TERMS,
  SEN_PROVISIONS, SETTINGS, SEXES, TIME_SLOTS, YEAR_GROUPS, AGENCIES,
} from '../../codes'
import { definer } from '../../define'
import { clock, code, codes, date, flag, names, refers, registerNumber, schoolYear, slug, text, whole, yesNo } from '../../fields'

/** What a school says of itself. Its own id stays; number, name and trust are dated attributes. */
const event = definer('school')

const description = z.strictObject({
  name: text('school', 200),
  phase: code(PHASES),
  urn: registerNumber(6).optional(),
  laestab: registerNumber(7).optional(),
  trust: refers('trust').optional(),
  trustName: text('school', 200).optional(),
  from: date(),
})

const placeAttributes = {
  name: text('school', 200),
  setting: code(SETTINGS),
  kind: code(LOCATION_KINDS),
  openToView: yesNo().default('not-known'),
  supervised: yesNo().default('not-known'),
  camera: yesNo().default('not-known'),
  /** How many pupils it holds. */
  capacity: whole('pupils', 0, 5000).optional(),
  /** Places next to it. */
  neighbours: z.array(refers('place')).max(50).default([]),
}

const period = z
  .strictObject({
    weekdays: z
      .array(whole('ISO weekday', 1, 7))
      .min(1)
      .max(7),
    from: clock(),
    to: clock(),
    slot: code(TIME_SLOTS),
  })
  .refine((p) => p.from < p.to, { path: ['to'], message: 'A period ends after it starts.' })

const dates = z
  .strictObject({ from: date(), to: date() })
  .refine((d) => d.from <= d.to, { path: ['to'], message: 'It ends on or after the day it starts.' })

/** Within how many school days something is due. */
const due = (what: keyof typeof POLICY_DEFAULTS) => whole('school days', 0, 200).default(POLICY_DEFAULTS[what])

export const schoolEvents = [
  event('school-registered', 'A school was registered', description),
  event('school-described', 'A school changed its name, number, phase or trust', description),
  event('place-named', 'A place was named', z.strictObject({ place: names('place'), ...placeAttributes })),
  event('place-changed', 'A place changed', z.strictObject({ place: refers('place'), from: date(), ...placeAttributes })),
  event('timetable-set', 'The timetable was set', z.strictObject({ from: date(), periods: z.array(period).min(1).max(100) })),
  event(
    'terms-set',
    'The terms of a school year were set',
    z.strictObject({
      schoolYear: schoolYear(),
      terms: z.array(dates).min(1).max(8),
      /** Bank holidays, training days and other days within the terms on which the school is closed. */
      closedDays: z.array(date()).max(60).default([]),
    }),
  ),
  event(
    'roll-counted',
    'The pupils on roll were counted',
    z.strictObject({
      schoolYear: schoolYear(),
      term: code(SCHOOL_TERMS),
      censusDate: date(),
      groups: z
        .array(
          z.strictObject({
            sex: code(SEXES),
            yearGroup: code(YEAR_GROUPS),
            senProvision: code(SEN_PROVISIONS),
            ethnicity: code(ETHNICITIES).optional(),
            pupils: whole('pupils', 0, 5000),
            /** Of these, on the roll of another school of the trust as well, and counted there. */
            dualElsewhere: whole('pupils', 0, 5000).default(0),
          }),
        )
        .min(1)
        .max(2000),
    }),
  ),
  event(
    'recording-scope-declared',
    'What the school records at all',
    z.strictObject({ behaviours: codes(BEHAVIOURS).min(1), system: slug(), since: date() }),
  ),
  event(
    'policy-set',
    'The days within which things are due were set',
    z.strictObject({
      from: date(),
      takenUp: due('takenUp'),
      riskAssessment: due('riskAssessment'),
      familiesTold: due('familiesTold'),
      reviewOfCircumstances: due('reviewOfCircumstances'),
      safetyPlanReview: due('safetyPlanReview'),
      referralAnswer: due('referralAnswer'),
    }),
  ),
  event(
    'policy-reviewed',
    'The policy was reviewed',
    z.strictObject({ by: code(POLICY_REVIEWERS).optional(), nextDue: date().optional(), note: text('school').optional() }),
  ),
  event(
    'prevention-activity-recorded',
    'A prevention activity took place',
    z.strictObject({
      activity: code(PREVENTION_ACTIVITIES),
      yearGroups: codes(YEAR_GROUPS).default([]),
      themes: codes(LESSON_THEMES).default([]),
      places: z.array(refers('place')).max(50).default([]),
      note: text('school').optional(),
    }),
  ),
  event(
    'community-place-alerted',
    'A place in the community was made known',
    z.strictObject({
      place: refers('place').optional(),
      setting: code(SETTINGS),
      kind: code(LOCATION_KINDS),
      to: code(AGENCIES),
      answered: flag().default(false),
      note: text('school'),
    }),
  ),
] as const

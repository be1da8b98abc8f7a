import { z } from 'zod'
import {
  BEHAVIOURS, ETHNICITIES, HARM, LOCATION_KINDS, MODES, PREJUDICE_GROUNDS, PRIMARY_NEEDS, ROLES, SEN_PROVISIONS, SETTINGS,
  SEXES, TIME_SLOTS, VULNERABILITIES, YEAR_GROUPS,
} from '../../codes'
import { definer } from '../../define'
import { code, codes, flag, names, refers, text, whole, yesNo } from '../../fields'

/** Facts of what is alleged (step 3): the incident, who was involved in which role, who is said to have acted on whom. */
const event = definer('case')

export const incidentEvents = [
  event(
    'incident-recorded',
    'An incident was recorded',
    z.strictObject({
      incident: names('incident'),
      /** The school where it happened, if another than the one whose case this is. */
      atSchool: refers('school').optional(),
      /** A place the school has named. Where one is given, setting and location kind are the place's own. */
      place: refers('place').optional(),
      setting: code(SETTINGS),
      locationKind: code(LOCATION_KINDS),
      /** Where no clock time is known, or to overrule what the timetable says of it. */
      slot: code(TIME_SLOTS).optional(),
      mode: code(MODES),
      behaviour: code(BEHAVIOURS),
      furtherBehaviours: codes(BEHAVIOURS).default([]),
      prejudiceGrounds: codes(PREJUDICE_GROUNDS).default([]),
      harm: code(HARM).default('not-known'),
      openToView: yesNo().default('not-known'),
      observed: yesNo().default('not-known'),
      supervised: yesNo().default('not-known'),
      shouldBeSupervised: yesNo().default('not-known'),
      account: text('case', 20_000).optional(),
    }),
    { afterClosing: true },
  ),
  event(
    'child-involved',
    'A child was involved',
    z.strictObject({
      incident: refers('incident'),
      child: refers('child'),
      role: code(ROLES),
      /** The school whose roll the child was on at the incident; null: of no school that uses this system. */
      onRoll: refers('school').nullable(),
      sex: code(SEXES),
      yearGroup: code(YEAR_GROUPS).optional(),
      age: whole('completed years', 0, 25).optional(),
      senProvision: code(SEN_PROVISIONS).default('unknown'),
      primaryNeed: code(PRIMARY_NEEDS).optional(),
      ethnicity: code(ETHNICITIES).optional(),
      socialWorker: flag().optional(),
      vulnerabilities: codes(VULNERABILITIES).default([]),
    }),
    { afterClosing: true },
  ),
  event(
    'act-recorded',
    'Who is said to have acted on whom',
    z.strictObject({
      incident: refers('incident'),
      /** Involved in this incident as alleged perpetrator. */
      by: refers('child'),
      /** Involved in this incident as alleged victim. */
      on: refers('child'),
      behaviours: codes(BEHAVIOURS).default([]),
    }),
    { afterClosing: true },
  ),
  event(
    'incident-appraised',
    'What is known of the circumstances of an incident',
    z.strictObject({
      incident: refers('incident'),
      repeated: yesNo(),
      persisted: yesNo(),
      intended: yesNo().default('not-known'),
      planned: yesNo(),
      coerced: yesNo(),
      powerImbalance: yesNo(),
      intimateRelationship: yesNo(),
      exploitation: yesNo(),
      otherVictimsPossible: yesNo(),
      /** The children's own understanding of what happened, as they put it. */
      understanding: text('case').optional(),
      note: text('case').optional(),
    }),
    { afterClosing: true },
  ),
] as const

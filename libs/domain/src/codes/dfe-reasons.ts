import type { Behaviour, PREJUDICE_GROUNDS } from './behaviour'

type Ground = (typeof PREJUDICE_GROUNDS)[number]

/**
 * The DfE's suspension and permanent exclusion reason codes that are about harm of one child by another, for schools whose
 * behaviour system speaks in them, and the behaviour nearest to each. A code is coarser than a behaviour: SM covers all
 * sexual misconduct, so an import that knows more says more.
 */
export const DFE_REASON_CODES: Readonly<Record<string, Behaviour>> = {
  PP: 'physical',
  VP: 'emotional',
  OW: 'gang-serious-violence',
  BU: 'bullying',
  TB: 'online-bullying',
  MT: 'online-bullying',
  RA: 'prejudice-related-bullying',
  LG: 'prejudice-related-bullying',
  DS: 'prejudice-related-bullying',
  MB: 'prejudice-related-bullying',
  AB: 'prejudice-related-bullying',
  SM: 'sexual-harassment.physical-behaviour',
  SB: 'harmful-sexual-behaviour.touching',
}

/** The prejudice that a reason code speaks of by itself. */
export const DFE_REASON_GROUNDS: Readonly<Record<string, readonly Ground[]>> = {
  RA: ['race-ethnicity'],
  LG: ['sexual-orientation', 'gender-identity'],
  DS: ['disability-sen'],
  MB: ['sex-gender'],
  AB: ['sex-gender'],
}

/**
 * The reason code a school would give for each behaviour in its return to the DfE. Prejudice-related bullying goes by its
 * ground first (see DFE_REASON_GROUNDS). Behaviours done to a child by others' coercion have none.
 */
export const DFE_REASON_OF: Readonly<Partial<Record<Behaviour, string>>> = {
  physical: 'PP',
  bullying: 'BU',
  'online-bullying': 'TB',
  'prejudice-related-bullying': 'BU',
  emotional: 'VP',
  'sexual-violence.rape': 'SM',
  'sexual-violence.assault-by-penetration': 'SM',
  'sexual-violence.sexual-assault': 'SM',
  'sexual-violence.causing-sexual-activity-without-consent': 'SM',
  'sexual-harassment.comments': 'SM',
  'sexual-harassment.jokes-taunts': 'SM',
  'sexual-harassment.physical-behaviour': 'SM',
  'sexual-harassment.displaying-images': 'SM',
  'sexual-harassment.unwanted-messages': 'SM',
  'sexual-harassment.exploitation-coercion-threats': 'SM',
  'image-sharing.consensual': 'MT',
  'image-sharing.non-consensual': 'MT',
  'image-sharing.unwanted-explicit-content': 'MT',
  upskirting: 'SM',
  'harmful-sexual-behaviour.language': 'SB',
  'harmful-sexual-behaviour.role-play': 'SB',
  'harmful-sexual-behaviour.touching': 'SB',
  'initiation-hazing': 'BU',
  'gang-serious-violence': 'OW',
}

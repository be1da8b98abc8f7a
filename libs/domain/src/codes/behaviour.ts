/** Kinds of behaviour, from the policies and KCSIE. A dot parts the kind from its finer code. */
export const BEHAVIOURS = [
  'physical',
  'bullying',
  'online-bullying',
  'prejudice-related-bullying',
  'emotional',
  'financial',
  'coercive-control',
  'sexual-violence.rape',
  'sexual-violence.assault-by-penetration',
  'sexual-violence.sexual-assault',
  'sexual-violence.causing-sexual-activity-without-consent',
  'sexual-harassment.comments',
  'sexual-harassment.jokes-taunts',
  'sexual-harassment.physical-behaviour',
  'sexual-harassment.displaying-images',
  'sexual-harassment.unwanted-messages',
  'sexual-harassment.exploitation-coercion-threats',
  'image-sharing.consensual',
  'image-sharing.non-consensual',
  'image-sharing.unwanted-explicit-content',
  'upskirting',
  'harmful-sexual-behaviour.language',
  'harmful-sexual-behaviour.role-play',
  'harmful-sexual-behaviour.touching',
  'relationship-abuse',
  'initiation-hazing',
  'hate-crime',
  'criminal-exploitation',
  'sexual-exploitation',
  'gang-serious-violence',
  'radicalisation',
] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

/** Reports to the police always start here, whatever the child's age (Leicester PRU 2025; KCSIE part five). */
export const ALWAYS_TO_POLICE: readonly Behaviour[] = [
  'sexual-violence.rape',
  'sexual-violence.assault-by-penetration',
  'sexual-violence.sexual-assault',
]

/**
 * Behaviours for which a referral to social care or the police is due, whatever else is known: sexual violence,
 * offences with images, exploitation, serious violence, radicalisation and hate crime. Recorded significant harm makes
 * one due for any behaviour (see HARM).
 */
export const REFERRAL_DUE: readonly Behaviour[] = [
  'sexual-violence.rape',
  'sexual-violence.assault-by-penetration',
  'sexual-violence.sexual-assault',
  'sexual-violence.causing-sexual-activity-without-consent',
  'image-sharing.non-consensual',
  'upskirting',
  'hate-crime',
  'criminal-exploitation',
  'sexual-exploitation',
  'gang-serious-violence',
  'radicalisation',
]

export const SEXUAL_HARASSMENT: readonly Behaviour[] = BEHAVIOURS.filter((b) => b.startsWith('sexual-harassment.'))
export const SEXUAL_VIOLENCE: readonly Behaviour[] = BEHAVIOURS.filter((b) => b.startsWith('sexual-violence.'))

export const HARM = ['none', 'some', 'significant', 'not-known'] as const
export const MODES = ['in-person', 'online', 'both'] as const
export const PREJUDICE_GROUNDS = [
  'race-ethnicity', 'religion-belief', 'sex-gender', 'sexual-orientation', 'gender-identity', 'disability-sen',
  'care-adopted', 'young-carer', 'home-circumstances', 'appearance', 'other',
] as const

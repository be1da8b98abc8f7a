export const SETTINGS = ['on-site', 'journey', 'community', 'home', 'online-only', 'other-school', 'unknown'] as const
export type Setting = (typeof SETTINGS)[number]

/** Where in a setting. The kinds a setting may have are in KINDS_OF_SETTING. */
export const LOCATION_KINDS = [
  'classroom', 'corridor', 'stairs', 'toilets', 'changing-room', 'playground', 'field', 'dining-hall', 'sports-hall',
  'swimming', 'library', 'computer-room', 'cloakroom', 'school-gate', 'boarding', 'inclusion-unit',
  'bus', 'walk', 'train', 'car',
  'home', 'street', 'park', 'shop', 'transport-hub',
  'other',
] as const
export type LocationKind = (typeof LOCATION_KINDS)[number]

const onSite: readonly LocationKind[] = LOCATION_KINDS.slice(0, 16)
/** What kind a location in each setting can be; `other` fits everywhere. */
export const KINDS_OF_SETTING: Readonly<Record<Setting, readonly LocationKind[]>> = {
  'on-site': [...onSite, 'other'],
  'other-school': [...onSite, 'other'],
  journey: ['bus', 'walk', 'train', 'car', 'other'],
  community: ['home', 'street', 'park', 'shop', 'transport-hub', 'other'],
  home: ['home', 'other'],
  'online-only': ['other'],
  unknown: ['other'],
}

export const TIME_SLOTS = [
  'arrival', 'registration', 'lesson', 'lesson-change', 'break', 'lunch', 'departure', 'journey', 'out-of-hours', 'unknown',
] as const
export type TimeSlot = (typeof TIME_SLOTS)[number]

/** Monday first. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export const PHASES = ['nursery', 'primary', 'secondary', 'all-through', 'sixteen-plus', 'special', 'pupil-referral-unit'] as const
export const SCHOOL_TERMS = ['autumn', 'spring', 'summer'] as const
export const PREVENTION_ACTIVITIES = [
  'pupil-voice', 'staff-training', 'curriculum', 'assembly', 'parents', 'environment', 'policy', 'other',
] as const

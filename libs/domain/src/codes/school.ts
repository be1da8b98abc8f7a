export const PHASES = ['nursery', 'primary', 'secondary', 'all-through', 'sixteen-plus', 'special', 'pupil-referral-unit'] as const
export const SCHOOL_TERMS = ['autumn', 'spring', 'summer'] as const
export const PREVENTION_ACTIVITIES = [
  'pupil-voice', 'staff-training', 'curriculum', 'assembly', 'parents', 'environment', 'policy', 'other',
] as const
export const POLICY_REVIEWERS = ['school', 'governors', 'trust-board'] as const

/** Within how many school days things are due, where a school has set nothing else. */
export const POLICY_DEFAULTS = {
  takenUp: 1,
  riskAssessment: 1,
  familiesTold: 1,
  reviewOfCircumstances: 20,
  safetyPlanReview: 30,
  referralAnswer: 3,
} as const
export type PolicyDays = keyof typeof POLICY_DEFAULTS

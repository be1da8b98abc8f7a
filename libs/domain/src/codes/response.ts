export const AGENCIES = [
  'police', 'childrens-social-care', 'early-help', 'camhs', 'health', 'youth-offending', 'specialist-sexual-violence',
  'education-lead', 'external-support', 'internal-support',
] as const
export type Agency = (typeof AGENCIES)[number]
/** The agencies the headline time to referral is about. */
export const STATUTORY: readonly Agency[] = ['police', 'childrens-social-care']

export const REPORTED_BY = [
  'child-harmed', 'other-child', 'parent', 'staff', 'alleged-perpetrator', 'agency', 'anonymous', 'not-known',
] as const

export const ROUTES = ['managed-internally', 'behaviour-policy', 'early-help', 'childrens-social-care', 'police'] as const
export type Route = (typeof ROUTES)[number]

export const FINDINGS = ['established', 'not-established', 'unfounded', 'false-or-malicious', 'pending'] as const
export type Finding = (typeof FINDINGS)[number]
/** Every figure says which findings it includes; by default all but these. */
export const FINDINGS_LEFT_OUT: readonly Finding[] = ['unfounded', 'false-or-malicious']

export const PROTECTIVE_ACTIONS = [
  'safe-space', 'moved-out-of-class', 'kept-apart-on-site', 'kept-apart-on-transport', 'more-supervision',
  'medical-attention', 'trusted-adult-with-child', 'other',
] as const
export const PROFESSIONALS = [
  'headteacher', 'designated-safeguarding-lead', 'chair-of-governors', 'local-authority', 'social-worker',
  'trust-safeguarding-lead', 'virtual-school-head', 'other',
] as const
export const CONSENTS = ['given', 'refused', 'not-asked'] as const
/** Grounds on which a wish not to share can be overridden (Data Protection Act 2018, schedule 1; UK GDPR article 6). */
export const LAWFUL_BASES = ['safeguarding-of-children', 'vital-interests', 'legal-obligation', 'public-task', 'consent'] as const
export const MANNERS = ['face-to-face', 'telephone', 'video', 'letter', 'other'] as const
export const NOT_TOLD_REASONS = ['more-risk', 'agency-advice', 'child-refusal', 'other'] as const
export const EVIDENCE = ['cctv', 'device', 'image', 'messages', 'clothing', 'document', 'other'] as const
export const STATEMENT_OF = ['child', 'staff', 'parent', 'other'] as const
export const CHECKLIST_ACTIONS = [
  'parents', 'police', 'multi-agency-safeguarding-hub', 'camhs', 'early-help', 'internal-support', 'external-support',
] as const

export const AGE_BANDS = ['5-9', '9-13', '13-17'] as const
export const COLOURS = ['green', 'amber', 'red'] as const
export const HACKETT_LEVELS = ['normal', 'inappropriate', 'problematic', 'abusive', 'violent'] as const
export const HACKETT_FACTORS = [
  'age-difference', 'power-imbalance', 'consent-absent', 'coercion', 'secrecy', 'repeated', 'planned', 'distress', 'force',
] as const
export const RISK_FOR = ['alleged-victim', 'alleged-perpetrator', 'other-students', 'staff'] as const
export const RISK_NATURES = ['physical', 'emotional', 'online', 'media'] as const
export const RISK_REVIEW_OUTCOMES = ['unchanged', 'lower', 'higher', 'ended'] as const

export const SUPPORT_AREAS = [
  'emotional', 'physical-health', 'education', 'friendships', 'family', 'safety', 'behaviour', 'online', 'other',
] as const
export const PLAN_OUTCOMES = ['goes-on', 'changed', 'ended'] as const
export const CONSEQUENCES = [
  'restorative-work', 'internal-exclusion', 'suspension', 'permanent-exclusion', 'managed-move', 'education-off-site',
] as const
export const CRIMINAL_STAGES = [
  'reported', 'bail-conditions', 'charged', 'no-further-action', 'not-guilty', 'caution', 'conviction',
] as const
export const TRANSFER_REQUESTED_BY = ['family', 'school', 'local-authority', 'other'] as const
export const REFERRAL_ANSWERS = ['accepted', 'declined'] as const

export const LESSON_THEMES = [
  'supervision', 'environment', 'policy', 'training', 'curriculum', 'reporting-culture', 'recording',
  'information-sharing', 'timeliness', 'support', 'online-safety', 'transport', 'multi-agency',
] as const
/** What an action's owner says beforehand should happen to the number of reports. */
export const EXPECTATIONS = ['more-reports', 'fewer-reports', 'no-change'] as const
export const FOLLOW_UPS = ['keep', 'adjust', 'stop'] as const

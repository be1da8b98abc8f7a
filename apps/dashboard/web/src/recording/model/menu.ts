import type { EventType } from '@circumspect/domain'

export interface MenuGroup {
  readonly title: string
  readonly types: readonly EventType[]
}

/** What can be recorded in a case, in the order of its life. */
export const GROUPS: readonly MenuGroup[] = [
  {
    title: 'First response',
    types: [
      'disclosure-made', 'concern-noticed', 'concern-taken-up', 'wishes-recorded', 'protective-action-taken', 'professional-notified',
      'evidence-secured',
    ],
  },
  {
    title: 'What is alleged, and who was involved',
    types: ['incident-recorded', 'child-involved', 'act-recorded', 'incident-appraised', 'statement-taken'],
  },
  { title: 'How serious it is', types: ['behaviour-assessed', 'risk-assessed', 'risk-reviewed'] },
  { title: 'What was decided', types: ['decision-recorded', 'school-action-recorded'] },
  {
    title: 'Agencies',
    types: [
      'agency-consulted', 'referral-made', 'referral-answered', 'referral-challenged', 'challenge-answered', 'strategy-meeting-held',
      'agency-agreement-recorded',
    ],
  },
  { title: 'Families', types: ['family-told', 'family-not-told'] },
  {
    title: 'Support for each child',
    types: [
      'vulnerabilities-recorded', 'named-contact-assigned', 'professional-involved', 'support-planned', 'support-reviewed',
      'safety-plan-agreed', 'safety-plan-reviewed', 'aftercare-reviewed',
    ],
  },
  {
    title: 'Conclusion and what outlasts it',
    types: [
      'school-finding-recorded', 'consequence-imposed', 'criminal-process-updated', 'information-shared', 'information-transferred',
      'chronology-entry-made', 'case-dealt-with', 'case-closed', 'case-reopened',
    ],
  },
]

/** The usual way of a case: a step, and what has to stand on record before it makes sense. */
const WAY: readonly { readonly type: EventType; readonly after?: EventType; readonly unless?: readonly EventType[] }[] = [
  { type: 'concern-taken-up' },
  { type: 'protective-action-taken' },
  { type: 'wishes-recorded' },
  { type: 'incident-recorded' },
  { type: 'child-involved', after: 'incident-recorded' },
  { type: 'act-recorded', after: 'child-involved' },
  { type: 'behaviour-assessed', after: 'child-involved' },
  { type: 'risk-assessed', after: 'incident-recorded' },
  { type: 'decision-recorded', after: 'incident-recorded' },
  { type: 'referral-made', after: 'decision-recorded' },
  { type: 'referral-answered', after: 'referral-made' },
  { type: 'family-told', after: 'child-involved', unless: ['family-not-told'] },
  { type: 'safety-plan-agreed', after: 'decision-recorded' },
  { type: 'school-finding-recorded', after: 'decision-recorded' },
  { type: 'case-dealt-with', after: 'school-finding-recorded' },
  { type: 'case-closed', after: 'decision-recorded' },
]

const AT_ONCE = 6

/**
 * What usually comes next, the first steps of the way that have not been taken, given what stands on record. Only a suggestion: what
 * a case needs is for people to judge. A child is involved once for each child, so that step stays until two are recorded.
 */
export function nextSteps(standing: readonly { readonly type: string; readonly data: unknown }[]): readonly EventType[] {
  const closing = standing.map((e) => e.type).filter((type) => type === 'case-closed' || type === 'case-reopened')
  if (closing.at(-1) === 'case-closed') return ['case-reopened']
  const count = (type: EventType) => standing.filter((e) => e.type === type).length
  const taken = ({ type, unless = [] }: (typeof WAY)[number]) => count(type) >= (type === 'child-involved' ? 2 : 1) || unless.some((t) => count(t) > 0)
  return WAY.filter((step) => !taken(step) && (step.after === undefined || count(step.after) > 0))
    .slice(0, AT_ONCE)
    .map((step) => step.type)
}

import { definitionOf, type EventType } from '@circumspect/domain'

/**
 * What a person does who opens the form of a record: its title there, and in every list that leads to it. What is on record says its own
 * title instead, in the past tense.
 */
const TASKS: Partial<Readonly<Record<EventType, string>>> = {
  'disclosure-made': 'Record a disclosure',
  'concern-noticed': 'Record something that was noticed',
  'concern-taken-up': 'Take the concern up',
  'wishes-recorded': 'Record what the child wishes',
  'protective-action-taken': 'Record a protective action',
  'professional-notified': 'Record that a professional was told',
  'evidence-secured': 'Record evidence that was secured',
  'incident-recorded': 'Record an incident',
  'child-involved': 'Add a child who was involved',
  'act-recorded': 'Record who is said to have acted on whom',
  'incident-appraised': 'Record the circumstances of an incident',
  'statement-taken': 'Record a statement',
  'behaviour-assessed': 'Assess the behaviour',
  'risk-assessed': 'Assess a risk',
  'risk-reviewed': 'Review a risk assessment',
  'decision-recorded': 'Record a decision',
  'school-action-recorded': 'Tick off an action of the school',
  'agency-consulted': 'Record the advice of an agency',
  'referral-made': 'Record a referral',
  'referral-answered': 'Record the answer to a referral',
  'referral-challenged': 'Challenge a declined referral',
  'challenge-answered': 'Record the answer to a challenge',
  'strategy-meeting-held': 'Record a strategy meeting',
  'agency-agreement-recorded': 'Record what agencies agree may be asked, told and done',
  'family-told': 'Record that a family was told',
  'family-not-told': 'Record why a family was not told',
  'vulnerabilities-recorded': 'Record the vulnerabilities of a child',
  'named-contact-assigned': 'Name a contact for a child',
  'professional-involved': 'Record that a professional is involved',
  'support-planned': 'Plan support for a child',
  'support-reviewed': 'Review a plan of support',
  'safety-plan-agreed': 'Record a safety plan',
  'safety-plan-reviewed': 'Review a safety plan',
  'aftercare-reviewed': 'Record how a child is afterwards',
  'school-finding-recorded': 'Record the school’s finding for a child',
  'consequence-imposed': 'Record a consequence, with the support alongside',
  'criminal-process-updated': 'Record a step of the criminal process',
  'information-shared': 'Record that information was shared',
  'information-transferred': 'Record what went along to a new school',
  'chronology-entry-made': 'Add an entry to the chronology',
  'case-dealt-with': 'Record that the case is dealt with',
  'case-closed': 'Close the case',
  'case-reopened': 'Open the case again',
  'school-registered': 'Register a school',
  'school-described': 'Change its name, number, phase or trust',
  'place-named': 'Name a place',
  'place-changed': 'Change a place',
  'timetable-set': 'Set the timetable',
  'terms-set': 'Set the terms of a school year',
  'roll-counted': 'Record the pupils on roll',
  'recording-scope-declared': 'Say what the school records at all',
  'policy-set': 'Set within how many days things are due',
  'policy-reviewed': 'Record a review of the policy',
  'prevention-activity-recorded': 'Record a prevention activity',
  'community-place-alerted': 'Record that a place in the community was made known',
}

/** Has somebody said what a person does with this form? */
export const isTask = (type: string): boolean => type in TASKS

/** "Record a referral", of `referral-made`. */
export const taskOf = (type: string): string => TASKS[type as EventType] ?? definitionOf(type)?.title ?? type

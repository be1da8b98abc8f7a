import { createHash } from 'node:crypto'
import {
  definitionOf, parseCommand, streamId, WITHDRAWAL, type Command, type EventType, type InputOf, type OccurredAt,
} from '@circumspect/domain'

/** A UUID made from a name: the same name, the same id. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The day on which tests record, at noon in UTC. Facts happen on 2 March 2026 unless a test says otherwise. */
export const NOW = '2026-03-20T12:00:00.000Z'
export const DAY = '2026-03-02'

export const [SCHOOL, OTHER_SCHOOL, PLACE, CHILD_A, CHILD_B, CHILD_C] = [
  'school',
  'other school',
  'place',
  'Child A',
  'Child B',
  'Child C',
].map(idOf) as [string, string, string, string, string, string]
export const [INCIDENT, REFERRAL, ASSESSMENT, PLAN, LESSON, ACTION] = [
  'incident',
  'referral',
  'assessment',
  'plan',
  'lesson',
  'action',
].map(idOf) as [string, string, string, string, string, string]

export const CASE = streamId('case', idOf('case'))
export const SCHOOL_STREAM = streamId('school', SCHOOL)
export const CHILD_STREAM = streamId('child', CHILD_A)
export const REVIEW = streamId('review', idOf('review'))
export const STREAMS = {
  case: CASE,
  school: SCHOOL_STREAM,
  child: CHILD_STREAM,
  review: REVIEW,
  release: streamId('release', idOf('release')),
}

const rating = { scheme: 'severity-likelihood', before: { severity: 3, likelihood: 4 } } as const
const place = { name: 'Corridor by the hall', setting: 'on-site', kind: 'corridor' } as const
const appraised = {
  repeated: 'no',
  persisted: 'no',
  planned: 'not-known',
  coerced: 'no',
  powerImbalance: 'yes',
  intimateRelationship: 'no',
  exploitation: 'no',
  otherVictimsPossible: 'not-known',
} as const

type Minimal = { readonly [T in Exclude<EventType, typeof WITHDRAWAL>]: InputOf<T> }

/** For every type of event, the least that its schema wants. */
export const MINIMAL: Minimal = {
  'disclosure-made': { reportedBy: 'child-harmed', summary: 'What was said', verbatim: false },
  'concern-noticed': { summary: 'What was seen', verbatim: false },
  'concern-taken-up': {},
  'wishes-recorded': { child: CHILD_B, consent: 'given', anonymityAsked: false },
  'protective-action-taken': { child: CHILD_B, action: 'safe-space' },
  'professional-notified': { professional: 'headteacher' },
  'family-told': { child: CHILD_B, manner: 'face-to-face' },
  'family-not-told': { child: CHILD_A, because: 'agency-advice', detail: 'Until the agencies agree' },
  'evidence-secured': { evidence: 'cctv' },
  'statement-taken': { of: 'child', child: CHILD_B, verbatim: true, words: 'In the words of the child' },
  'agency-agreement-recorded': {
    agency: 'police',
    mayInterview: false,
    mayTellFamilies: false,
    maySanction: false,
    terms: 'What was agreed',
  },
  'incident-recorded': { incident: INCIDENT, setting: 'on-site', locationKind: 'corridor', mode: 'in-person', behaviour: 'physical' },
  'child-involved': { incident: INCIDENT, child: CHILD_A, role: 'alleged-perpetrator', onRoll: SCHOOL, sex: 'M' },
  'act-recorded': { incident: INCIDENT, by: CHILD_A, on: CHILD_B },
  'incident-appraised': { incident: INCIDENT, ...appraised },
  'behaviour-assessed': { child: CHILD_A, incident: INCIDENT, tool: { scheme: 'traffic-light', ageBand: '9-13', colour: 'amber' } },
  'risk-assessed': { assessment: ASSESSMENT, forWhom: 'alleged-victim', child: CHILD_B, natures: ['physical'], rating },
  'risk-reviewed': { assessment: ASSESSMENT, outcome: 'lower' },
  'decision-recorded': { routes: ['managed-internally'], tier: 1, reasons: 'Why' },
  'agency-consulted': { agency: 'childrens-social-care', advice: 'What was advised' },
  'referral-made': { referral: REFERRAL, agency: 'childrens-social-care' },
  'referral-answered': { referral: REFERRAL, answer: 'declined' },
  'referral-challenged': { referral: REFERRAL, grounds: 'Why we disagree' },
  'challenge-answered': { referral: REFERRAL, answer: 'accepted' },
  'strategy-meeting-held': { child: CHILD_A, agencies: ['police'], childAndFamilyAssessment: 'yes' },
  'school-action-recorded': { action: 'parents', done: true },
  'named-contact-assigned': { child: CHILD_A, contact: 'A member of staff' },
  'professional-involved': { child: CHILD_A, agency: 'camhs' },
  'vulnerabilities-recorded': { child: CHILD_A, vulnerabilities: ['young-carer'] },
  'support-planned': { plan: PLAN, child: CHILD_A, needs: [{ area: 'emotional', action: 'What is done' }] },
  'support-reviewed': { plan: PLAN, outcome: 'goes-on' },
  'safety-plan-agreed': { plan: PLAN, child: CHILD_B },
  'safety-plan-reviewed': { plan: PLAN, outcome: 'goes-on' },
  'aftercare-reviewed': { child: CHILD_B, childSaysAllIsWell: 'yes' },
  'school-finding-recorded': { child: CHILD_A, finding: 'established' },
  'consequence-imposed': { child: CHILD_A, consequence: 'restorative-work', supportAlongside: 'What support' },
  'criminal-process-updated': { child: CHILD_A, stage: 'reported' },
  'information-shared': { with: 'An agency', what: 'What was shared', why: 'Why', basis: 'safeguarding-of-children' },
  'information-transferred': { child: CHILD_A, to: 'The next school', requestedBy: 'family', fileSent: true, receiptConfirmed: false },
  'chronology-entry-made': { detail: 'What happened' },
  'case-dealt-with': {},
  'case-closed': {},
  'case-reopened': { note: 'Why' },
  'school-registered': { name: 'Example School (made up)', phase: 'secondary', from: '2020-09-01' },
  'school-described': { name: 'Example Academy (made up)', phase: 'secondary', from: '2024-09-01' },
  'place-named': { place: PLACE, ...place },
  'place-changed': { place: PLACE, from: '2026-01-05', ...place },
  'timetable-set': { from: '2025-09-01', periods: [{ weekdays: [1, 2, 3, 4, 5], from: '10:40', to: '11:00', slot: 'break' }] },
  'terms-set': { schoolYear: '202526', terms: [{ from: '2025-09-03', to: '2025-12-19' }] },
  'roll-counted': {
    schoolYear: '202526',
    term: 'autumn',
    censusDate: '2025-10-02',
    groups: [{ sex: 'F', yearGroup: '7', senProvision: 'N', pupils: 80 }],
  },
  'recording-scope-declared': { behaviours: ['physical'], system: 'circumspect', since: '2025-09-01' },
  'policy-set': { from: '2025-09-01' },
  'policy-reviewed': {},
  'prevention-activity-recorded': { activity: 'assembly' },
  'community-place-alerted': { setting: 'community', kind: 'park', to: 'police', note: 'What is known' },
  'child-enrolled': { at: SCHOOL, from: '2025-09-03' },
  'child-left': { from: SCHOOL, on: '2026-02-13' },
  'child-linked': { sameAs: CHILD_B },
  'child-unlinked': { from: CHILD_B },
  'circumstances-reviewed': { couldHaveBeenDifferent: 'What could have been', hasToChange: 'What has to change' },
  'lesson-recorded': { lesson: LESSON, theme: 'supervision', learnt: 'What was learnt' },
  'action-agreed': {
    action: ACTION,
    what: 'What will be done',
    owner: 'A member of staff',
    due: '2026-05-01',
    howWeShallKnow: 'How',
    expected: 'more-reports',
  },
  'action-completed': { action: ACTION },
  'action-followed': { action: ACTION, followUp: 'keep', found: 'What was found' },
}

export interface About {
  readonly id?: string
  /** `2026-03-02` or `2026-03-02T10:45`, or in full. */
  readonly at?: string | OccurredAt
  readonly supersedes?: string
  readonly reason?: string
}

const timeOf = (at: string | OccurredAt): object => {
  if (typeof at === 'object') return at
  const [date, time] = at.split('T')
  return time === undefined ? { date, precision: 'day' } : { date, time, precision: 'minute' }
}

let made = 0

/** A fact to be recorded: the least its type wants, with `data` laid over it. Ids count up, so a run repeats itself. */
export function fact<T extends EventType>(
  type: T,
  data: Partial<InputOf<T>> = {},
  { id = idOf(`fact ${++made}`), at = DAY, ...rest }: About = {},
): Command {
  const least: object = type === WITHDRAWAL ? {} : MINIMAL[type as keyof Minimal]
  const parsed = parseCommand(definitionOf(type)!.stream, { id, type, occurredAt: timeOf(at), ...rest, data: { ...least, ...data } })
  if ('problems' in parsed) throw new Error(`Not a fact: ${type} ${JSON.stringify(parsed.problems)}`)
  return parsed.command
}

/** The same fact said again, differently and with the reason. */
export const correction = <T extends EventType>(of: Command & { type: T }, data: Partial<InputOf<T>> = {}, about: About = {}): Command =>
  fact(of.type, { ...of.data, ...data } as Partial<InputOf<T>>, { supersedes: of.id, reason: 'It was wrong', at: of.occurredAt, ...about })

/** Takes back what an event says. */
export const withdrawal = (event: string, about: About = {}): Command => fact(WITHDRAWAL, { event }, { reason: 'It was wrong', ...about })

const START: Partial<Record<string, EventType>> = { case: 'disclosure-made', school: 'school-registered', review: 'circumstances-reviewed' }

const incident = () => fact('incident-recorded')
const referral = () => fact('referral-made')
const declined = () => [referral(), fact('referral-answered', { answer: 'declined' })]

const NEEDS: Partial<Record<EventType, () => Command[]>> = {
  'child-involved': () => [incident()],
  'act-recorded': () => [incident(), fact('child-involved'), fact('child-involved', { child: CHILD_B, role: 'alleged-victim', sex: 'F' })],
  'incident-appraised': () => [incident()],
  'behaviour-assessed': () => [incident()],
  'risk-reviewed': () => [fact('risk-assessed')],
  'referral-answered': () => [referral()],
  'referral-challenged': declined,
  'challenge-answered': () => [...declined(), fact('referral-challenged')],
  'support-reviewed': () => [fact('support-planned')],
  'safety-plan-reviewed': () => [fact('safety-plan-agreed')],
  'case-reopened': () => [fact('case-closed')],
  'place-changed': () => [fact('place-named')],
  'child-left': () => [fact('child-enrolled')],
  'child-unlinked': () => [fact('child-linked')],
  'action-completed': () => [fact('action-agreed')],
  'action-followed': () => [fact('action-agreed')],
}

/** What has to stand on a stream before a fact of this type can. */
export function factsBefore(type: EventType): Command[] {
  const start = START[definitionOf(type)!.stream]
  const first = start === undefined || start === type ? [] : [fact(start)]
  return [...first, ...(NEEDS[type]?.() ?? [])]
}

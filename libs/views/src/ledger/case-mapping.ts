import type { DataOf, EventType, RiskRating } from '@circumspect/domain'
import { riskLevels } from '@circumspect/domain'
import { NIL, type Columns } from './row'

type MappingOf<T extends EventType> = (data: DataOf<T>) => Columns | Columns[]
type CaseType =
  | 'disclosure-made' | 'concern-noticed' | 'concern-taken-up' | 'wishes-recorded' | 'protective-action-taken' | 'professional-notified'
  | 'family-told' | 'family-not-told' | 'evidence-secured' | 'statement-taken' | 'agency-agreement-recorded' | 'incident-recorded'
  | 'child-involved' | 'act-recorded' | 'incident-appraised' | 'behaviour-assessed' | 'risk-assessed' | 'risk-reviewed'
  | 'decision-recorded' | 'agency-consulted' | 'referral-made' | 'referral-answered' | 'referral-challenged' | 'challenge-answered'
  | 'strategy-meeting-held' | 'school-action-recorded' | 'named-contact-assigned' | 'professional-involved' | 'vulnerabilities-recorded'
  | 'support-planned' | 'support-reviewed' | 'safety-plan-agreed' | 'safety-plan-reviewed' | 'aftercare-reviewed'
  | 'school-finding-recorded' | 'consequence-imposed' | 'criminal-process-updated' | 'information-shared' | 'information-transferred'
  | 'chronology-entry-made' | 'case-dealt-with' | 'case-closed' | 'case-reopened'

const flag = (value: boolean | undefined): number => (value === undefined ? -1 : value ? 1 : 0)
const ofChild = (data: { child?: string | undefined }): Columns => ({ child: data.child ?? NIL })
const reviewed = (thing: string, data: { outcome: string; nextDue?: string | undefined }): Columns => ({ thing, code: data.outcome, due: data.nextDue ?? null })

const risk = (rating: RiskRating | undefined): Columns =>
  rating === undefined ? {} : { codes: [rating.scheme, riskLevels(rating).before.level], number: riskLevels(rating).before.product }

/** The facts of a case. What is left out here is text, or is asked of no figure yet. */
export const caseMappings: { [T in CaseType]: MappingOf<T> } = {
  'disclosure-made': (d) => ({ code: d.reportedBy, child: d.child ?? NIL, flag: flag(d.verbatim) }),
  'concern-noticed': (d) => ({ code: d.reportedBy, flag: flag(d.verbatim) }),
  'concern-taken-up': () => ({}),
  'wishes-recorded': (d) => ({ ...ofChild(d), code: d.consent, flag: flag(d.overridden !== undefined) }),
  'protective-action-taken': (d) => ({ ...ofChild(d), code: d.action }),
  'professional-notified': (d) => ({ code: d.professional }),
  'family-told': (d) => ({ ...ofChild(d), code: d.manner }),
  'family-not-told': (d) => ({ ...ofChild(d), code: d.because }),
  'evidence-secured': (d) => ({ code: d.evidence, flag: flag(d.viewing !== undefined) }),
  'statement-taken': (d) => ({ ...ofChild(d), code: d.of, flag: flag(d.verbatim) }),
  'agency-agreement-recorded': (d) => ({ agency: d.agency, flag: flag(d.mayTellFamilies) }),
  'incident-recorded': (d) => ({
    incident: d.incident,
    at_school: d.atSchool ?? NIL,
    place_id: d.place ?? NIL,
    setting: d.setting,
    location_kind: d.locationKind,
    slot: d.slot ?? '',
    mode: d.mode,
    behaviour: d.behaviour,
    behaviours: [...new Set([d.behaviour, ...d.furtherBehaviours])],
    grounds: d.prejudiceGrounds,
    harm: d.harm,
    open_to_view: d.openToView,
    observed: d.observed,
    supervised: d.supervised,
    should_be_supervised: d.shouldBeSupervised,
  }),
  'child-involved': (d) => ({
    child: d.child,
    incident: d.incident,
    role: d.role,
    on_roll: d.onRoll ?? NIL,
    sex: d.sex,
    year_group: d.yearGroup ?? '',
    age: d.age ?? -1,
    sen: d.senProvision,
    need: d.primaryNeed ?? '',
    ethnicity: d.ethnicity ?? '',
    flag: flag(d.socialWorker),
    vulnerabilities: d.vulnerabilities,
  }),
  'act-recorded': (d) => ({ incident: d.incident, child: d.by, other_child: d.on, behaviours: d.behaviours }),
  'incident-appraised': (d) => ({
    incident: d.incident,
    codes: (['repeated', 'persisted', 'planned', 'coerced', 'powerImbalance', 'intimateRelationship', 'exploitation', 'otherVictimsPossible'] as const).map(
      (key) => `${key}:${d[key]}`,
    ),
  }),
  'behaviour-assessed': (d) => ({
    ...ofChild(d),
    incident: d.incident,
    code: d.tool.scheme,
    codes: [d.tool.scheme === 'hackett' ? d.tool.level : d.tool.colour],
  }),
  'risk-assessed': (d) => ({ ...ofChild(d), thing: d.assessment, code: d.forWhom, due: d.reviewDue ?? null, ...risk(d.rating) }),
  'risk-reviewed': (d) => ({ ...reviewed(d.assessment, d), ...risk(d.rating) }),
  'decision-recorded': (d) => ({ codes: d.routes, tier: d.tier, agencies: d.agenciesNotInvolved.map((n) => n.agency) }),
  'agency-consulted': (d) => ({ agency: d.agency }),
  'referral-made': (d) => ({
    thing: d.referral,
    agency: d.agency,
    agencies: [...new Set([d.agency, ...d.alsoFor])],
    children: d.children,
    flag: flag(d.madeByAgency),
  }),
  'referral-answered': (d) => ({ thing: d.referral, code: d.answer }),
  'referral-challenged': (d) => ({ thing: d.referral }),
  'challenge-answered': (d) => ({ thing: d.referral, code: d.answer }),
  'strategy-meeting-held': (d) => ({ ...ofChild(d), agencies: d.agencies, code: d.childAndFamilyAssessment }),
  'school-action-recorded': (d) => ({ code: d.action, flag: flag(d.done) }),
  'named-contact-assigned': ofChild,
  'professional-involved': (d) => ({ ...ofChild(d), agency: d.agency }),
  'vulnerabilities-recorded': (d) => ({ ...ofChild(d), vulnerabilities: d.vulnerabilities }),
  'support-planned': (d) => ({ ...ofChild(d), thing: d.plan, codes: [...new Set(d.needs.map((n) => n.area))], due: d.reviewDue ?? null }),
  'support-reviewed': (d) => reviewed(d.plan, d),
  'safety-plan-agreed': (d) => ({ ...ofChild(d), thing: d.plan, places: d.safePlaces, due: d.reviewDue ?? null }),
  'safety-plan-reviewed': (d) => reviewed(d.plan, d),
  'aftercare-reviewed': (d) => ({ ...ofChild(d), code: d.childSaysAllIsWell, due: d.nextDue ?? null }),
  'school-finding-recorded': (d) => ({ ...ofChild(d), incident: d.incident ?? NIL, code: d.finding }),
  'consequence-imposed': (d) => ({ ...ofChild(d), code: d.consequence, number: d.schoolDays ?? 0 }),
  'criminal-process-updated': (d) => ({ ...ofChild(d), code: d.stage }),
  'information-shared': (d) => ({ ...ofChild(d), code: d.basis }),
  'information-transferred': (d) => ({ ...ofChild(d), code: d.requestedBy, codes: [d.fileSent ? 'sent' : 'not-sent', d.receiptConfirmed ? 'received' : 'not-confirmed'] }),
  'chronology-entry-made': (d) => ({ children: d.children }),
  'case-dealt-with': () => ({}),
  'case-closed': () => ({}),
  'case-reopened': () => ({}),
}

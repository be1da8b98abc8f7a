import { describe, expect, it } from 'vitest'
import {
  CASE, CHILD_A, CHILD_B, CHILD_C, correction, fact, idOf, INCIDENT, REFERRAL, withdrawal,
} from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import { ALWAYS_TO_POLICE, KINDS_OF_SETTING, LOCATION_KINDS, SETTINGS, SEXUAL_HARASSMENT, type Behaviour } from '../codes'
import { definitionsFor, type EventType } from '../catalogue'

const told = () => fact('disclosure-made')
const begun = (...more: Parameters<typeof given>[1] & object) => given(CASE, [told(), ...more])
const incident = (data: Parameters<typeof fact<'incident-recorded'>>[1] = {}) => fact('incident-recorded', data)
const perpetrator = () => fact('child-involved')
const victim = () => fact('child-involved', { child: CHILD_B, role: 'alleged-victim', sex: 'F' })

describe('taking up', () => {
  it('comes once', () => {
    begun().when(fact('concern-taken-up')).records()
    begun(fact('concern-taken-up')).when(fact('concern-taken-up')).refuses('already-recorded', 'type')
  })

  it('comes again after it was taken back, and then the first cannot be restored beside it', () => {
    const first = fact('concern-taken-up')
    const back = withdrawal(first.id)
    const second = fact('concern-taken-up')
    const refusal = begun(first, back, second).when(withdrawal(back.id)).refuses('depended-on', 'data.event')
    expect(refusal.message).toContain(second.id)
  })
})

describe('an incident', () => {
  it.each(SETTINGS)('in the setting %s is at a kind of location that belongs there', (setting) => {
    for (const locationKind of LOCATION_KINDS) {
      const outcome = begun().when(incident({ setting, locationKind }))
      if (KINDS_OF_SETTING[setting].includes(locationKind)) outcome.records()
      else expect(outcome.refuses('not-allowed-now', 'data.locationKind').message).toContain(KINDS_OF_SETTING[setting].join(', '))
    }
  })

  it('is not after its disclosure', () => {
    const disclosure = fact('disclosure-made', {}, { at: '2026-03-02T10:00' })
    const at = (time: string) => fact('incident-recorded', {}, { at: `2026-03-02T${time}` })
    given(CASE, [disclosure]).when(at('09:59')).records()
    given(CASE, [disclosure]).when(at('10:00')).records()
    given(CASE, [disclosure]).when(at('10:01')).refuses('out-of-order', 'occurredAt')
  })

  it('is not refused where it can have been before: the same day, a day not known', () => {
    const disclosure = fact('disclosure-made', {}, { at: '2026-03-02T10:00' })
    given(CASE, [disclosure]).when(fact('incident-recorded', {}, { at: '2026-03-02' })).records()
    const unknown = { date: '2026-03-19', precision: 'unknown', zone: 'Europe/London' } as const
    given(CASE, [disclosure]).when(fact('incident-recorded', {}, { at: unknown })).records()
    given(CASE, [disclosure]).when(fact('incident-recorded', {}, { at: '2026-03-03' })).refuses('out-of-order', 'occurredAt')
  })

  it('may come after one disclosure if not after all', () => {
    const later = fact('concern-noticed', {}, { at: '2026-03-10' })
    begun(later).when(fact('incident-recorded', {}, { at: '2026-03-09' })).records()
  })

  it('holds the disclosure to its date', () => {
    const disclosure = told()
    const happened = incident()
    const refusal = given(CASE, [disclosure, happened]).when(correction(disclosure, {}, { at: '2026-03-01' })).refuses('depended-on', 'data')
    expect(refusal.message).toContain(happened.id)
  })

  it('twice is two incidents, each with its id', () => {
    begun(incident()).when(incident({ incident: idOf('second') })).records()
    begun(incident()).when(incident()).refuses('already-named', 'data.incident')
  })
})

describe('the involvement of a child', () => {
  it('is recorded once for each role in an incident', () => {
    begun(incident(), perpetrator()).when(perpetrator()).refuses('already-recorded', 'data.child')
    begun(incident(), perpetrator()).when(fact('child-involved', { role: 'alleged-victim' })).records()
    begun(incident(), incident({ incident: idOf('second') }), perpetrator()).when(fact('child-involved', { incident: idOf('second') })).records()
  })

  it('is not corrected into one that is there', () => {
    const [a, b] = [perpetrator(), fact('child-involved', { child: CHILD_B })]
    begun(incident(), a, b).when(correction(b, { child: CHILD_A })).refuses('already-recorded', 'data.child')
    begun(incident(), a, b).when(correction(a, { child: CHILD_B })).refuses('depended-on', 'data')
  })
})

describe('an act', () => {
  const both = () => [incident(), perpetrator(), victim()]

  it('is of a child alleged to have caused harm, on a child harmed, in this incident', () => {
    begun(...both()).when(fact('act-recorded')).records()
    begun(incident(), victim()).when(fact('act-recorded')).refuses('unknown-reference', 'data.by')
    begun(incident(), perpetrator()).when(fact('act-recorded')).refuses('unknown-reference', 'data.on')
    begun(...both()).when(fact('act-recorded', { by: CHILD_B, on: CHILD_A })).refuses('unknown-reference', 'data.by')
    const second = idOf('second')
    begun(...both(), incident({ incident: second })).when(fact('act-recorded', { incident: second })).refuses('unknown-reference', 'data.by')
  })

  it('is of one child on another', () => {
    begun(...both(), fact('child-involved', { role: 'alleged-victim' })).when(fact('act-recorded', { on: CHILD_A })).refuses('not-allowed-now', 'data.on')
  })

  it('is recorded once', () => {
    begun(...both(), fact('act-recorded')).when(fact('act-recorded')).refuses('already-recorded', 'data')
  })

  it('holds the children to their roles', () => {
    const [happened, a, b] = both() as [ReturnType<typeof incident>, ReturnType<typeof perpetrator>, ReturnType<typeof victim>]
    const act = fact('act-recorded')
    const recorded = begun(happened, a, b, act)
    for (const change of [withdrawal(a.id), withdrawal(b.id)]) expect(recorded.when(change).refuses('depended-on', 'data.event').message).toContain(act.id)
    for (const change of [correction(a, { child: CHILD_C }), correction(b, { role: 'witness' })]) recorded.when(change).refuses('depended-on', 'data')
    recorded.when([withdrawal(act.id), withdrawal(a.id), withdrawal(b.id), withdrawal(happened.id)]).records()
  })
})

describe('a statement', () => {
  it('of a child says which', () => {
    begun().when(fact('statement-taken', { child: undefined })).refuses('missing-field', 'data.child')
    begun().when(fact('statement-taken', { of: 'staff', child: undefined })).records()
  })

  it('can be given again by the same child', () => {
    begun(fact('statement-taken')).when(fact('statement-taken')).records()
  })
})

describe('a risk assessment', () => {
  it.each(['alleged-victim', 'alleged-perpetrator'] as const)('for an %s says which child', (forWhom) => {
    begun().when(fact('risk-assessed', { forWhom, child: undefined })).refuses('missing-field', 'data.child')
  })

  it.each(['other-students', 'staff'] as const)('for %s need not', (forWhom) => {
    begun().when(fact('risk-assessed', { forWhom, child: undefined })).records()
  })
})

describe('a decision', () => {
  const decision = (data: Parameters<typeof fact<'decision-recorded'>>[1]) => fact('decision-recorded', data)
  const after = (behaviour: Behaviour, furtherBehaviours: Behaviour[] = []) => begun(incident({ behaviour, furtherBehaviours }))
  const because = (agency: 'police' | 'childrens-social-care' | 'camhs') => ({ agency, reason: 'Why not' })

  it.each(ALWAYS_TO_POLICE)('on %s goes to the police and social care, or says why not', (behaviour) => {
    const case_ = after(behaviour)
    case_.when(decision({ routes: ['police', 'childrens-social-care'] })).records()
    case_.when(decision({ routes: ['early-help'] })).refuses('missing-field', 'data.agenciesNotInvolved')
    expect(case_.when(decision({ routes: ['police'] })).refuses('missing-field', 'data.agenciesNotInvolved').message).toContain('childrens-social-care')
    expect(case_.when(decision({ routes: ['childrens-social-care'] })).refuses('missing-field', 'data.agenciesNotInvolved').message).toContain('police')
    case_.when(decision({ routes: ['police'], agenciesNotInvolved: [because('childrens-social-care')] })).records()
    case_.when(decision({ routes: ['police'], agenciesNotInvolved: [because('police'), because('camhs')] })).refuses('missing-field', 'data.agenciesNotInvolved')
    case_.when(decision({ routes: ['early-help'], agenciesNotInvolved: [because('childrens-social-care'), because('police')] })).records()
  })

  it('looks at further behaviours and at every incident, but not at one taken back', () => {
    after('physical', ['sexual-violence.rape']).when(decision({ routes: ['early-help'] })).refuses('missing-field', 'data.agenciesNotInvolved')
    const second = incident({ incident: idOf('second'), behaviour: 'sexual-violence.rape' })
    begun(incident(), second).when(decision({ routes: ['early-help'] })).refuses('missing-field', 'data.agenciesNotInvolved')
    begun(incident(), second, withdrawal(second.id)).when(decision({ routes: ['early-help'] })).records()
  })

  it.each(SEXUAL_HARASSMENT)('on %s managed internally says that the test for it is met', (behaviour) => {
    const test = { oneOff: true, noOffence: true, noEarlyHelpNeeded: true }
    const case_ = after(behaviour)
    case_.when(decision({ routes: ['managed-internally'], internalManagementTest: test })).records()
    for (const routes of [['managed-internally'], ['behaviour-policy'], ['managed-internally', 'behaviour-policy']] as const) {
      case_.when(decision({ routes: [...routes] })).refuses('missing-field', 'data.internalManagementTest')
      for (const part of Object.keys(test))
        case_.when(decision({ routes: [...routes], internalManagementTest: { ...test, [part]: false } })).refuses('missing-field', 'data.internalManagementTest')
    }
    case_.when(decision({ routes: ['managed-internally', 'early-help'] })).records()
  })

  it('on other behaviour is free', () => {
    after('bullying').when(decision({ routes: ['behaviour-policy'] })).records()
    begun().when(decision({ routes: ['managed-internally'] })).records()
  })

  it('is judged by what was known when it was recorded, and when it is corrected', () => {
    const early = decision({ routes: ['managed-internally'] })
    const grave = incident({ behaviour: 'sexual-violence.rape' })
    begun(early).when(grave).records()
    begun(early, grave).when(correction(early)).refuses('missing-field', 'data.agenciesNotInvolved')
  })

  it('can be taken again', () => {
    after('bullying').when([decision({ routes: ['early-help'] }), decision({ routes: ['police'], tier: 4 })]).records()
  })
})

describe('a professional challenge', () => {
  const made = () => fact('referral-made')
  const answer = (answer: 'accepted' | 'declined') => fact('referral-answered', { answer })
  const challenge = () => fact('referral-challenged')

  it('is of a referral that was declined', () => {
    begun(made()).when(challenge()).refuses('not-allowed-now', 'data.referral')
    begun(made(), answer('accepted')).when(challenge()).refuses('not-allowed-now', 'data.referral')
    begun(made(), answer('declined')).when(challenge()).records()
    begun(made(), answer('declined'), answer('accepted')).when(challenge()).refuses('not-allowed-now', 'data.referral')
  })

  it('of another referral does not count', () => {
    const other = fact('referral-made', { referral: idOf('second'), agency: 'police' })
    begun(made(), answer('declined'), other).when(fact('referral-challenged', { referral: idOf('second') })).refuses('not-allowed-now', 'data.referral')
  })

  it('is answered after it was made, and can be made again if declined again', () => {
    begun(made(), answer('declined')).when(fact('challenge-answered')).refuses('not-allowed-now', 'data.referral')
    begun(made(), answer('declined'), challenge()).when(fact('challenge-answered')).records()
    begun(made(), answer('declined'), challenge(), fact('challenge-answered', { answer: 'declined' })).when(challenge()).records()
    begun(made(), answer('declined'), challenge(), fact('challenge-answered')).when(challenge()).refuses('not-allowed-now', 'data.referral')
  })

  it('can be pressed twice before it is answered', () => {
    begun(made(), answer('declined'), challenge()).when(challenge()).records()
  })

  it('holds the answer it is about', () => {
    const declined = answer('declined')
    const pressed = challenge()
    const case_ = begun(made(), declined, pressed)
    expect(case_.when(correction(declined, { answer: 'accepted' })).refuses('depended-on', 'data').message).toContain(pressed.id)
    case_.when(withdrawal(declined.id)).refuses('depended-on', 'data.event')
    const answered = fact('challenge-answered')
    begun(made(), declined, pressed, answered).when(withdrawal(pressed.id)).refuses('depended-on', 'data.event')
    const declinedAgain = fact('challenge-answered', { answer: 'declined' })
    begun(made(), declined, pressed, declinedAgain, challenge()).when(withdrawal(pressed.id)).refuses('depended-on', 'data.event')
  })

  it('keeps its place: an answer recorded after it is not the one it is about', () => {
    const [declined, pressed, accepted] = [answer('declined'), challenge(), fact('challenge-answered')]
    const case_ = begun(made(), declined, pressed, accepted)
    case_.when(correction(pressed, { grounds: 'Other words' })).records()
    case_.when(correction(accepted, { answer: 'declined' })).records()
  })
})

describe('a referral', () => {
  it('may come before the disclosure: the agency told the school', () => {
    begun().when(fact('referral-made', { madeByAgency: true }, { at: '2026-02-20' })).records()
  })

  it('twice is two referrals', () => {
    begun(fact('referral-made')).when(fact('referral-made', { referral: idOf('second') })).records()
    begun(fact('referral-made')).when(fact('referral-made')).refuses('already-named', 'data.referral')
  })

  it('that was answered is not taken back', () => {
    const made = fact('referral-made')
    const answered = fact('referral-answered', { referral: REFERRAL })
    expect(begun(made, answered).when(withdrawal(made.id)).refuses('depended-on', 'data.event').message).toContain(answered.id)
  })
})

describe('the review of a plan', () => {
  it('is of a plan of its kind', () => {
    begun(fact('safety-plan-agreed')).when(fact('support-reviewed')).refuses('unknown-reference', 'data.plan')
    begun(fact('support-planned')).when(fact('safety-plan-reviewed')).refuses('unknown-reference', 'data.plan')
  })

  it('comes again and again', () => {
    begun(fact('support-planned'), fact('support-reviewed')).when(fact('support-reviewed')).records()
  })
})

describe('a transfer', () => {
  it('is confirmed only of a file that was sent', () => {
    begun().when(fact('information-transferred', { fileSent: false, receiptConfirmed: true })).refuses('missing-field', 'data.fileSent')
    begun().when(fact('information-transferred', { fileSent: false, receiptConfirmed: false })).records()
    begun(fact('information-transferred')).when(fact('information-transferred', { receiptConfirmed: true })).records()
  })
})

describe('closing', () => {
  const [closed, reopened] = [() => fact('case-closed'), () => fact('case-reopened')]
  const needs: Partial<Record<EventType, readonly ReturnType<typeof fact>[]>> = {
    'child-involved': [incident()],
    'act-recorded': [incident(), perpetrator(), victim()],
    'incident-appraised': [incident()],
    'behaviour-assessed': [incident()],
    'risk-reviewed': [fact('risk-assessed')],
    'referral-answered': [fact('referral-made')],
    'referral-challenged': [fact('referral-made'), fact('referral-answered')],
    'challenge-answered': [fact('referral-made'), fact('referral-answered'), fact('referral-challenged')],
    'support-reviewed': [fact('support-planned')],
    'safety-plan-reviewed': [fact('safety-plan-agreed')],
  }
  const types = definitionsFor('case').filter((d) => d.type !== 'fact-withdrawn')

  it.each(types.map((d) => [d.type as 'case-closed', d.afterClosing] as const))('before %s: may it still come? %s', (type, may) => {
    const outcome = begun(...(needs[type] ?? []), closed()).when(fact(type))
    if (may) outcome.records()
    else outcome.refuses('case-closed', 'type')
  })

  it('leaves out a new telling, the taking up, dealing with and closing again', () => {
    expect(types.filter((d) => !d.afterClosing).map((d) => d.type)).toEqual(['disclosure-made', 'concern-noticed', 'concern-taken-up', 'case-dealt-with', 'case-closed'])
  })

  it('can be undone by opening again, and come again', () => {
    begun(closed(), reopened()).when(fact('disclosure-made')).records()
    begun(closed(), reopened()).when(closed()).records()
    begun(closed(), reopened(), closed()).when(fact('disclosure-made')).refuses('case-closed', 'type')
  })

  it('opens again only what is closed', () => {
    begun().when(reopened()).refuses('not-allowed-now', 'type')
    begun(closed(), reopened()).when(reopened()).refuses('not-allowed-now', 'type')
  })

  it('that is taken back leaves the case open; correcting it leaves it closed', () => {
    const end = closed()
    begun(end, withdrawal(end.id)).when(fact('disclosure-made')).records()
    begun(end, correction(end)).when(fact('disclosure-made')).refuses('case-closed', 'type')
    const again = reopened()
    begun(end, again).when(correction(again)).records()
    begun(end, again, withdrawal(again.id)).when(fact('disclosure-made')).refuses('case-closed', 'type')
  })

  it('does not stop a correction or a withdrawal', () => {
    const [disclosure, up] = [told(), fact('concern-taken-up')]
    given(CASE, [disclosure, up, closed()]).when([correction(disclosure), withdrawal(up.id)]).records()
  })
})

describe('what may come any number of times', () => {
  it.each([
    'wishes-recorded', 'protective-action-taken', 'professional-notified', 'family-told', 'family-not-told', 'evidence-secured', 'agency-agreement-recorded',
    'agency-consulted', 'strategy-meeting-held', 'school-action-recorded', 'named-contact-assigned', 'professional-involved', 'vulnerabilities-recorded',
    'aftercare-reviewed', 'school-finding-recorded', 'consequence-imposed', 'criminal-process-updated', 'information-shared', 'chronology-entry-made', 'case-dealt-with',
  ] as const)('%s', (type) => {
    const state = begun(fact(type)).when(fact(type)).records()
    expect([...state.facts.values()].filter((f) => f.type === type)).toHaveLength(2)
  })

  it('and an appraisal or assessment of the same incident', () => {
    begun(incident(), fact('incident-appraised'), fact('behaviour-assessed')).when([fact('incident-appraised'), fact('behaviour-assessed', { incident: INCIDENT })]).records()
  })
})

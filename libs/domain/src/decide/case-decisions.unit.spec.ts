import { describe, expect, it } from 'vitest'
import { CASE, CHILD_B, correction, fact, idOf, REFERRAL, withdrawal } from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import { ALWAYS_TO_POLICE, SEXUAL_HARASSMENT, type Behaviour } from '../codes'
import { definitionsFor, type EventType } from '../catalogue'

const told = () => fact('disclosure-made')
const begun = (...more: Parameters<typeof given>[1] & object) => given(CASE, [told(), ...more])
const incident = (data: Parameters<typeof fact<'incident-recorded'>>[1] = {}) => fact('incident-recorded', data)
const perpetrator = () => fact('child-involved')
const victim = () => fact('child-involved', { child: CHILD_B, role: 'alleged-victim', sex: 'F' })

describe('a decision', () => {
  const decision = (data: Parameters<typeof fact<'decision-recorded'>>[1]) => fact('decision-recorded', data)
  const after = (behaviour: Behaviour, furtherBehaviours: Behaviour[] = []) => begun(incident({ behaviour, furtherBehaviours }))
  const because = (agency: 'police' | 'childrens-social-care' | 'camhs') => ({ agency, reason: 'Why not' })

  it.each(ALWAYS_TO_POLICE)('on %s goes to the police and social care, or says why not', (behaviour) => {
    const case_ = after(behaviour)
    case_.when(decision({ routes: ['police', 'childrens-social-care'] })).records()
    case_.when(decision({ routes: ['early-help'] })).refuses('missing-field', 'data.agenciesNotInvolved')
    expect(case_.when(decision({ routes: ['police'] })).refuses('missing-field', 'data.agenciesNotInvolved').message).toContain(
      'childrens-social-care',
    )
    expect(
      case_.when(decision({ routes: ['childrens-social-care'] })).refuses('missing-field', 'data.agenciesNotInvolved').message,
    ).toContain('police')
    case_.when(decision({ routes: ['police'], agenciesNotInvolved: [because('childrens-social-care')] })).records()
    case_
      .when(decision({ routes: ['police'], agenciesNotInvolved: [because('police'), because('camhs')] }))
      .refuses('missing-field', 'data.agenciesNotInvolved')
    case_.when(decision({ routes: ['early-help'], agenciesNotInvolved: [because('childrens-social-care'), because('police')] })).records()
  })

  it('looks at further behaviours and at every incident, but not at one taken back', () => {
    after('physical', ['sexual-violence.rape'])
      .when(decision({ routes: ['early-help'] }))
      .refuses('missing-field', 'data.agenciesNotInvolved')
    const second = incident({ incident: idOf('second'), behaviour: 'sexual-violence.rape' })
    begun(incident(), second)
      .when(decision({ routes: ['early-help'] }))
      .refuses('missing-field', 'data.agenciesNotInvolved')
    begun(incident(), second, withdrawal(second.id))
      .when(decision({ routes: ['early-help'] }))
      .records()
  })

  it.each(SEXUAL_HARASSMENT)('on %s managed internally says that the test for it is met', (behaviour) => {
    const test = { oneOff: true, noOffence: true, noEarlyHelpNeeded: true }
    const case_ = after(behaviour)
    case_.when(decision({ routes: ['managed-internally'], internalManagementTest: test })).records()
    for (const routes of [['managed-internally'], ['behaviour-policy'], ['managed-internally', 'behaviour-policy']] as const) {
      case_.when(decision({ routes: [...routes] })).refuses('missing-field', 'data.internalManagementTest')
      for (const part of Object.keys(test))
        case_
          .when(decision({ routes: [...routes], internalManagementTest: { ...test, [part]: false } }))
          .refuses('missing-field', 'data.internalManagementTest')
    }
    case_.when(decision({ routes: ['managed-internally', 'early-help'] })).records()
  })

  it('on other behaviour is free', () => {
    after('bullying')
      .when(decision({ routes: ['behaviour-policy'] }))
      .records()
    begun()
      .when(decision({ routes: ['managed-internally'] }))
      .records()
  })

  it('is judged by what was known when it was recorded, and when it is corrected', () => {
    const early = decision({ routes: ['managed-internally'] })
    const grave = incident({ behaviour: 'sexual-violence.rape' })
    begun(early).when(grave).records()
    begun(early, grave).when(correction(early)).refuses('missing-field', 'data.agenciesNotInvolved')
  })

  it('can be taken again', () => {
    after('bullying')
      .when([decision({ routes: ['early-help'] }), decision({ routes: ['police'], tier: 4 })])
      .records()
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
    begun(made(), answer('declined'), other)
      .when(fact('referral-challenged', { referral: idOf('second') }))
      .refuses('not-allowed-now', 'data.referral')
  })

  it('is answered after it was made, and can be made again if declined again', () => {
    begun(made(), answer('declined')).when(fact('challenge-answered')).refuses('not-allowed-now', 'data.referral')
    begun(made(), answer('declined'), challenge()).when(fact('challenge-answered')).records()
    begun(made(), answer('declined'), challenge(), fact('challenge-answered', { answer: 'declined' }))
      .when(challenge())
      .records()
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
    begun()
      .when(fact('referral-made', { madeByAgency: true }, { at: '2026-02-20' }))
      .records()
  })

  it('twice is two referrals', () => {
    begun(fact('referral-made'))
      .when(fact('referral-made', { referral: idOf('second') }))
      .records()
    begun(fact('referral-made')).when(fact('referral-made')).refuses('already-named', 'data.referral')
  })

  it('that was answered is not taken back', () => {
    const made = fact('referral-made')
    const answered = fact('referral-answered', { referral: REFERRAL })
    expect(begun(made, answered).when(withdrawal(made.id)).refuses('depended-on', 'data.event').message).toContain(answered.id)
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
    expect(types.filter((d) => !d.afterClosing).map((d) => d.type)).toEqual([
      'disclosure-made',
      'concern-noticed',
      'concern-taken-up',
      'case-dealt-with',
      'case-closed',
    ])
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
    given(CASE, [disclosure, up, closed()])
      .when([correction(disclosure), withdrawal(up.id)])
      .records()
  })
})

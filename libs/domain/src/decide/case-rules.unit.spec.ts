import { describe, expect, it } from 'vitest'
import { CASE, CHILD_A, CHILD_B, CHILD_C, correction, fact, idOf, INCIDENT, withdrawal } from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import { KINDS_OF_SETTING, LOCATION_KINDS, SETTINGS } from '../codes'

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
    given(CASE, [disclosure])
      .when(fact('incident-recorded', {}, { at: '2026-03-02' }))
      .records()
    const unknown = { date: '2026-03-19', precision: 'unknown', zone: 'Europe/London' } as const
    given(CASE, [disclosure])
      .when(fact('incident-recorded', {}, { at: unknown }))
      .records()
    given(CASE, [disclosure])
      .when(fact('incident-recorded', {}, { at: '2026-03-03' }))
      .refuses('out-of-order', 'occurredAt')
  })

  it('may come after one disclosure if not after all', () => {
    const later = fact('concern-noticed', {}, { at: '2026-03-10' })
    begun(later)
      .when(fact('incident-recorded', {}, { at: '2026-03-09' }))
      .records()
  })

  it('holds the disclosure to its date', () => {
    const disclosure = told()
    const happened = incident()
    const refusal = given(CASE, [disclosure, happened])
      .when(correction(disclosure, {}, { at: '2026-03-01' }))
      .refuses('depended-on', 'data')
    expect(refusal.message).toContain(happened.id)
  })

  it('twice is two incidents, each with its id', () => {
    begun(incident())
      .when(incident({ incident: idOf('second') }))
      .records()
    begun(incident()).when(incident()).refuses('already-named', 'data.incident')
  })
})

describe('the involvement of a child', () => {
  it('is recorded once for each role in an incident', () => {
    begun(incident(), perpetrator()).when(perpetrator()).refuses('already-recorded', 'data.child')
    begun(incident(), perpetrator())
      .when(fact('child-involved', { role: 'alleged-victim' }))
      .records()
    begun(incident(), incident({ incident: idOf('second') }), perpetrator())
      .when(fact('child-involved', { incident: idOf('second') }))
      .records()
  })

  it('is not corrected into one that is there', () => {
    const [a, b] = [perpetrator(), fact('child-involved', { child: CHILD_B })]
    begun(incident(), a, b)
      .when(correction(b, { child: CHILD_A }))
      .refuses('already-recorded', 'data.child')
    begun(incident(), a, b)
      .when(correction(a, { child: CHILD_B }))
      .refuses('depended-on', 'data')
  })
})

describe('an act', () => {
  const both = () => [incident(), perpetrator(), victim()]

  it('is of a child alleged to have caused harm, on a child harmed, in this incident', () => {
    begun(...both())
      .when(fact('act-recorded'))
      .records()
    begun(incident(), victim()).when(fact('act-recorded')).refuses('unknown-reference', 'data.by')
    begun(incident(), perpetrator()).when(fact('act-recorded')).refuses('unknown-reference', 'data.on')
    begun(...both())
      .when(fact('act-recorded', { by: CHILD_B, on: CHILD_A }))
      .refuses('unknown-reference', 'data.by')
    const second = idOf('second')
    begun(...both(), incident({ incident: second }))
      .when(fact('act-recorded', { incident: second }))
      .refuses('unknown-reference', 'data.by')
  })

  it('is of one child on another', () => {
    begun(...both(), fact('child-involved', { role: 'alleged-victim' }))
      .when(fact('act-recorded', { on: CHILD_A }))
      .refuses('not-allowed-now', 'data.on')
  })

  it('is recorded once', () => {
    begun(...both(), fact('act-recorded'))
      .when(fact('act-recorded'))
      .refuses('already-recorded', 'data')
  })

  it('holds the children to their roles', () => {
    const [happened, a, b] = both() as [ReturnType<typeof incident>, ReturnType<typeof perpetrator>, ReturnType<typeof victim>]
    const act = fact('act-recorded')
    const recorded = begun(happened, a, b, act)
    for (const change of [withdrawal(a.id), withdrawal(b.id)])
      expect(recorded.when(change).refuses('depended-on', 'data.event').message).toContain(act.id)
    for (const change of [correction(a, { child: CHILD_C }), correction(b, { role: 'witness' })])
      recorded.when(change).refuses('depended-on', 'data')
    recorded.when([withdrawal(act.id), withdrawal(a.id), withdrawal(b.id), withdrawal(happened.id)]).records()
  })
})

describe('a statement', () => {
  it('of a child says which', () => {
    begun()
      .when(fact('statement-taken', { child: undefined }))
      .refuses('missing-field', 'data.child')
    begun()
      .when(fact('statement-taken', { of: 'staff', child: undefined }))
      .records()
  })

  it('can be given again by the same child', () => {
    begun(fact('statement-taken')).when(fact('statement-taken')).records()
  })
})

describe('a risk assessment', () => {
  it.each(['alleged-victim', 'alleged-perpetrator'] as const)('for an %s says which child', (forWhom) => {
    begun()
      .when(fact('risk-assessed', { forWhom, child: undefined }))
      .refuses('missing-field', 'data.child')
  })

  it.each(['other-students', 'staff'] as const)('for %s need not', (forWhom) => {
    begun()
      .when(fact('risk-assessed', { forWhom, child: undefined }))
      .records()
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
    begun()
      .when(fact('information-transferred', { fileSent: false, receiptConfirmed: true }))
      .refuses('missing-field', 'data.fileSent')
    begun()
      .when(fact('information-transferred', { fileSent: false, receiptConfirmed: false }))
      .records()
    begun(fact('information-transferred'))
      .when(fact('information-transferred', { receiptConfirmed: true }))
      .records()
  })
})

describe('what may come any number of times', () => {
  it.each([
    'wishes-recorded',
    'protective-action-taken',
    'professional-notified',
    'family-told',
    'family-not-told',
    'evidence-secured',
    'agency-agreement-recorded',
    'agency-consulted',
    'strategy-meeting-held',
    'school-action-recorded',
    'named-contact-assigned',
    'professional-involved',
    'vulnerabilities-recorded',
    'aftercare-reviewed',
    'school-finding-recorded',
    'consequence-imposed',
    'criminal-process-updated',
    'information-shared',
    'chronology-entry-made',
    'case-dealt-with',
  ] as const)('%s', (type) => {
    const state = begun(fact(type)).when(fact(type)).records()
    expect([...state.facts.values()].filter((f) => f.type === type)).toHaveLength(2)
  })

  it('and an appraisal or assessment of the same incident', () => {
    begun(incident(), fact('incident-appraised'), fact('behaviour-assessed'))
      .when([fact('incident-appraised'), fact('behaviour-assessed', { incident: INCIDENT })])
      .records()
  })
})

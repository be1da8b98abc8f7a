import { describe, expect, it } from 'vitest'
import {
  CASE, CHILD_A, CHILD_B, CHILD_STREAM, correction, fact, factsBefore, idOf, INCIDENT, OTHER_SCHOOL, PLACE, REVIEW, SCHOOL, SCHOOL_STREAM,
} from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import { definitionsFor, eventTypes } from '../catalogue'

const told = () => fact('disclosure-made')

describe('the start of a stream', () => {
  it.each(['disclosure-made', 'concern-noticed'] as const)('a case starts with %s', (type) => {
    given(CASE).when(fact(type)).then({ type })
  })

  it('a school starts with its registration, a review with a review of circumstances, a child with anything', () => {
    given(SCHOOL_STREAM).when(fact('school-registered')).records()
    given(REVIEW).when(fact('circumstances-reviewed')).records()
    given(CHILD_STREAM).when(fact('child-enrolled')).records()
    given(CHILD_STREAM).when(fact('child-linked')).records()
  })

  it('nothing else comes first', () => {
    const firsts = ['disclosure-made', 'concern-noticed', 'school-registered', 'circumstances-reviewed', 'fact-withdrawn']
    const kinds = { case: CASE, school: SCHOOL_STREAM, review: REVIEW } as const
    for (const kind of ['case', 'school', 'review'] as const)
      for (const { type } of definitionsFor(kind).filter((d) => !firsts.includes(d.type)))
        given(kinds[kind])
          .when(fact(type as 'case-closed'))
          .refuses('not-started', 'type')
  })

  it('what has been taken back starts nothing', () => {
    const disclosure = told()
    const withdrawn = fact('fact-withdrawn', { event: disclosure.id }, { reason: 'It was wrong' })
    given(CASE, [disclosure, withdrawn]).when(fact('case-closed')).refuses('not-started', 'type')
    given(CASE, [disclosure, withdrawn])
      .when([fact('concern-noticed'), fact('case-closed')])
      .then({ type: 'concern-noticed' }, { type: 'case-closed' })
  })

  it('the first fact may come in the same batch, but not after', () => {
    given(CASE)
      .when([told(), fact('incident-recorded')])
      .then({ type: 'disclosure-made' }, { type: 'incident-recorded' })
    given(CASE)
      .when([fact('incident-recorded'), told()])
      .refuses('not-started', 'type', 0)
  })
})

describe('what a fact refers to', () => {
  const unknown = idOf('unknown')
  const case_ = () => given(CASE, [told(), fact('incident-recorded')])

  it.each([
    ['a child', fact('wishes-recorded', { child: unknown }), 'data.child', { isChild: () => false }],
    [
      'a child of a list',
      fact('referral-made', { children: [CHILD_A, unknown] }),
      'data.children.1',
      { isChild: (id: string) => id !== unknown },
    ],
    ['a school', fact('child-involved', { onRoll: unknown }), 'data.onRoll', { isSchool: () => false }],
    ['a place', fact('incident-recorded', { incident: idOf('another'), place: unknown }), 'data.place', { isPlace: () => false }],
    ['an incident', fact('child-involved', { incident: unknown }), 'data.incident', {}],
    ['an assessment', fact('risk-reviewed', { assessment: unknown }), 'data.assessment', {}],
    ['a referral', fact('referral-answered', { referral: unknown }), 'data.referral', {}],
    ['a plan', fact('support-reviewed', { plan: unknown }), 'data.plan', {}],
  ])('has to be there: %s', (_, command, field, context) => {
    case_().when(command, context).refuses('unknown-reference', field)
  })

  it('has to be there: a case, a lesson, an action', () => {
    given(REVIEW)
      .when(fact('circumstances-reviewed', { case: unknown }), { isCase: () => false })
      .refuses('unknown-reference', 'data.case')
    const review = given(REVIEW, [fact('circumstances-reviewed')])
    review.when(fact('action-agreed', { lesson: unknown })).refuses('unknown-reference', 'data.lesson')
    review.when(fact('action-completed', { action: unknown })).refuses('unknown-reference', 'data.action')
  })

  it('may be no school at all: a child of no school that uses the system', () => {
    case_()
      .when(fact('child-involved', { onRoll: null }), { isSchool: () => false })
      .records()
  })

  it('may be named earlier in the same batch, not later', () => {
    const [incident, involved] = [fact('incident-recorded'), fact('child-involved')]
    given(CASE, [told()]).when([incident, involved]).records()
    given(CASE, [told()]).when([involved, incident]).refuses('unknown-reference', 'data.incident', 0)
  })

  it('may be a place named in the same batch on the stream of the school', () => {
    const nowhere = { isPlace: () => false }
    given(SCHOOL_STREAM, factsBefore('place-named'))
      .when([fact('place-named'), fact('place-changed')], nowhere)
      .records()
    given(SCHOOL_STREAM, factsBefore('place-named')).when(fact('place-changed'), nowhere).refuses('unknown-reference', 'data.place')
  })

  it('is asked of the incidents of other streams by nobody: an action can be prompted by any', () => {
    given(REVIEW, [fact('circumstances-reviewed')])
      .when(fact('action-agreed', { promptedBy: [INCIDENT] }))
      .records()
  })

  it('is not asked again of the other facts of a stream when one is corrected: they were looked up in their time', () => {
    const dealt = fact('case-dealt-with')
    const facts = [...factsBefore('act-recorded'), fact('act-recorded'), fact('wishes-recorded'), dealt]
    const elsewhere = { isChild: () => false, isSchool: () => false, isPlace: () => false, isCase: () => false }
    given(CASE, facts).when(correction(dealt), elsewhere).records()
  })
})

describe('the ids of things', () => {
  it('are used once, even by what has been taken back', () => {
    const incident = fact('incident-recorded')
    given(CASE, [told(), incident])
      .when(fact('incident-recorded', { behaviour: 'bullying' }))
      .refuses('already-named', 'data.incident')
    const withdrawn = fact('fact-withdrawn', { event: incident.id }, { reason: 'It was wrong' })
    given(CASE, [told(), incident, withdrawn]).when(fact('incident-recorded')).refuses('already-named', 'data.incident')
  })

  it('may be shared by things of different kinds', () => {
    given(CASE, [told(), fact('incident-recorded')])
      .when(fact('referral-made', { referral: INCIDENT }))
      .records()
  })

  it('are kept by a correction', () => {
    const incident = fact('incident-recorded')
    given(CASE, [told(), incident])
      .when(correction(incident, { incident: idOf('another') }))
      .refuses('already-named', 'data.incident')
  })
})

describe('the future', () => {
  const at = (date: string, precision: 'day' | 'month' | 'unknown' | 'slot') => ({ date, precision, zone: 'Europe/London' }) as const

  it.each([
    ['a minute that has come', '2026-03-20T12:00'],
    ['today', at('2026-03-20', 'day')],
    ['this month, whatever its day', at('2026-03-31', 'month')],
    ['some time until today', at('2026-03-20', 'unknown')],
  ])('%s is none', (_, when) => {
    given(CASE)
      .when(fact('disclosure-made', {}, { at: when }))
      .records()
  })

  it.each([
    ['the next minute', '2026-03-20T12:01'],
    ['tomorrow', at('2026-03-21', 'day')],
    ['a slot of tomorrow', at('2026-03-21', 'slot')],
    ['next month', at('2026-04-01', 'month')],
    ['some time until tomorrow', at('2026-03-21', 'unknown')],
  ])('%s is one', (_, when) => {
    given(CASE)
      .when(fact('disclosure-made', {}, { at: when }))
      .refuses('in-the-future', 'occurredAt')
  })

  it('is told by the clock of the zone: 08:00 in Chicago is 13:00 in London', () => {
    const chicago = { date: '2026-03-20', time: '08:00', precision: 'minute', zone: 'America/Chicago' } as const
    given(CASE)
      .when(fact('disclosure-made', {}, { at: chicago }))
      .refuses('in-the-future', 'occurredAt')
    given(CASE)
      .when(fact('disclosure-made', {}, { at: chicago }), { now: '2026-03-20T13:00:00.000Z' })
      .records()
  })
})

describe('a batch', () => {
  const incident = fact('incident-recorded')
  const good = [told(), incident, fact('child-involved')]

  it('of nothing records nothing', () => {
    given(CASE).when([]).nothing()
  })

  it('lands whole, in its order', () => {
    const state = given(CASE).when(good).then({ type: 'disclosure-made' }, { type: 'incident-recorded' }, { type: 'child-involved' })
    expect([...state.facts.keys()]).toEqual(good.map((c) => c.id))
    expect(state.revision).toBe(2)
  })

  it('is refused whole, saying which of it', () => {
    given(CASE)
      .when([...good, fact('child-involved', { incident: idOf('unknown') }), fact('case-closed')])
      .refuses('unknown-reference', 'data.incident', 3)
  })

  it('may not say the same id twice', () => {
    given(CASE)
      .when([...good, incident])
      .refuses('already-recorded', 'id', 3)
  })

  it('can correct and take back what it records itself', () => {
    const again = correction(incident, { behaviour: 'bullying' })
    const back = fact('fact-withdrawn', { event: again.id }, { reason: 'It was wrong' })
    const state = given(CASE).when([told(), incident, again, back]).records()
    expect(state.facts.get(incident.id)).toMatchObject({ withdrawn: true, data: { behaviour: 'bullying' }, revision: 1 })
  })
})

describe('the school of a stream', () => {
  it('is that of its first event', () => {
    expect(given(CASE, [told()]).state.school).toBe(SCHOOL)
    expect(given(CASE, [told()], { school: OTHER_SCHOOL }).state.school).toBe(OTHER_SCHOOL)
    expect(given(CASE).state.school).toBeUndefined()
    expect(given(CASE, [told()]).when(fact('case-closed'), { school: OTHER_SCHOOL }).state.school).toBe(SCHOOL)
  })
})

describe('every type of event', () => {
  it('is at home on one kind of stream', () => {
    const homes = (['case', 'school', 'child', 'review'] as const).flatMap((kind) => definitionsFor(kind).map((d) => d.type))
    for (const type of eventTypes) expect(homes.filter((t) => t === type).length).toBe(type === 'fact-withdrawn' ? 4 : 1)
  })

  it('names and refers to things by ids of different fields', () => {
    given(CASE, [told(), fact('incident-recorded', { place: PLACE }), fact('child-involved', { child: CHILD_B })])
      .when(fact('incident-appraised'))
      .records()
  })
})

import { describe, expect, it } from 'vitest'
import {
  ACTION, CHILD_A, CHILD_B, CHILD_C, CHILD_STREAM, correction, fact, idOf, LESSON, OTHER_SCHOOL, PLACE, REVIEW, SCHOOL, SCHOOL_STREAM,
  withdrawal,
} from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import type { TimeSlot } from '../codes'
import { linkNow } from './other-rules'

const school = (...facts: Parameters<typeof given>[1] & object) => given(SCHOOL_STREAM, [fact('school-registered'), ...facts])
const review = (...facts: Parameters<typeof given>[1] & object) => given(REVIEW, [fact('circumstances-reviewed'), ...facts])
const child = (...facts: Parameters<typeof given>[1] & object) => given(CHILD_STREAM, facts)

describe('a school', () => {
  it('is registered once', () => {
    school().when(fact('school-registered')).refuses('already-recorded', 'type')
  })

  it('changes as often as it likes, each time from another day', () => {
    school(fact('school-described'))
      .when(fact('school-described', { from: '2025-09-01' }))
      .records()
    school(fact('school-described'))
      .when(fact('school-described', { name: 'Another name' }))
      .refuses('already-recorded', 'data.from')
  })

  it('is not unregistered while anything rests on it', () => {
    const registered = fact('school-registered')
    const place = fact('place-named')
    expect(
      given(SCHOOL_STREAM, [registered, place]).when(withdrawal(registered.id)).refuses('depended-on', 'data.event').message,
    ).toContain(place.id)
    given(SCHOOL_STREAM, [registered]).when(withdrawal(registered.id)).records()
  })
})

describe('a place', () => {
  it('is of a kind that its setting can have', () => {
    school()
      .when(fact('place-named', { setting: 'journey', kind: 'bus' }))
      .records()
    school()
      .when(fact('place-named', { setting: 'journey', kind: 'corridor' }))
      .refuses('not-allowed-now', 'data.kind')
    school(fact('place-named'))
      .when(fact('place-changed', { kind: 'street' }))
      .refuses('not-allowed-now', 'data.kind')
    school()
      .when(fact('community-place-alerted', { setting: 'home', kind: 'park' }))
      .refuses('not-allowed-now', 'data.kind')
  })

  it('is named once and changes once from the same day', () => {
    school(fact('place-named')).when(fact('place-named')).refuses('already-named', 'data.place')
    school(fact('place-named'), fact('place-changed')).when(fact('place-changed')).refuses('already-recorded', 'data.from')
    school(fact('place-named'), fact('place-changed'))
      .when(fact('place-changed', { from: '2026-02-01' }))
      .records()
    const second = idOf('second place')
    school(fact('place-named'), fact('place-changed'), fact('place-named', { place: second }))
      .when(fact('place-changed', { place: second }))
      .records()
  })

  it('is not taken back while a fact of the school speaks of it, though other streams know it', () => {
    const named = fact('place-named')
    const changed = fact('place-changed')
    expect(school(named, changed).when(withdrawal(named.id)).refuses('depended-on', 'data.event').message).toContain(changed.id)
    school(named, fact('prevention-activity-recorded', { places: [PLACE] }))
      .when(withdrawal(named.id))
      .refuses('depended-on', 'data.event')
    school(named, withdrawal(named.id)).when(changed).refuses('unknown-reference', 'data.place')
  })

  it('has neighbours that are known', () => {
    const second = idOf('second place')
    const nowhere = { isPlace: () => false }
    school(fact('place-named'))
      .when(fact('place-named', { place: second, neighbours: [PLACE] }), nowhere)
      .records()
    school()
      .when(fact('place-named', { place: second, neighbours: [PLACE] }), nowhere)
      .refuses('unknown-reference', 'data.neighbours.0')
  })
})

describe('a timetable', () => {
  const period = (from: string, to: string, weekdays = [1, 2, 3, 4, 5], slot: TimeSlot = 'lesson') => ({ weekdays, from, to, slot })

  it('has one slot for each minute', () => {
    school()
      .when(fact('timetable-set', { periods: [period('09:00', '10:00'), period('10:00', '10:20')] }))
      .records()
    school()
      .when(fact('timetable-set', { periods: [period('09:00', '10:00'), period('09:30', '09:45', [5])] }))
      .refuses('not-allowed-now', 'data.periods.1')
    school()
      .when(fact('timetable-set', { periods: [period('09:00', '10:00', [1]), period('09:30', '11:00', [2])] }))
      .records()
    school()
      .when(fact('timetable-set', { periods: [period('10:00', '11:00'), period('11:00', '12:00'), period('09:00', '10:01', [3])] }))
      .refuses('not-allowed-now', 'data.periods.2')
  })

  it('is set once from the same day', () => {
    school(fact('timetable-set')).when(fact('timetable-set')).refuses('already-recorded', 'data.from')
    school(fact('timetable-set'))
      .when(fact('timetable-set', { from: '2026-01-05' }))
      .records()
  })
})

describe('terms', () => {
  const terms = (...terms: [string, string][]) => fact('terms-set', { terms: terms.map(([from, to]) => ({ from, to })) })

  it('follow each other', () => {
    school()
      .when(terms(['2025-09-03', '2025-12-19'], ['2026-01-05', '2026-03-27']))
      .records()
    school()
      .when(terms(['2025-09-03', '2025-12-19'], ['2025-12-19', '2026-03-27']))
      .refuses('out-of-order', 'data.terms.1.from')
    school()
      .when(terms(['2026-01-05', '2026-03-27'], ['2025-09-03', '2025-12-19']))
      .refuses('out-of-order', 'data.terms.1.from')
  })

  it('lie in their school year, which may start in August', () => {
    school()
      .when(terms(['2025-08-27', '2026-07-10']))
      .records()
    school()
      .when(terms(['2025-07-31', '2025-12-19']))
      .refuses('out-of-order', 'data.terms.0.from')
    school()
      .when(terms(['2025-09-03', '2026-09-01']))
      .refuses('out-of-order', 'data.terms.0.from')
  })

  it('are set once for a school year', () => {
    school(fact('terms-set')).when(fact('terms-set')).refuses('already-recorded', 'data.schoolYear')
    school(fact('terms-set'))
      .when(fact('terms-set', { schoolYear: '202627', terms: [{ from: '2026-09-02', to: '2026-12-18' }] }))
      .records()
  })
})

describe('a roll', () => {
  it('has no more pupils counted elsewhere than it has', () => {
    const group = { sex: 'F', yearGroup: '7', senProvision: 'N', pupils: 3 } as const
    school()
      .when(fact('roll-counted', { groups: [{ ...group, dualElsewhere: 3 }] }))
      .records()
    school()
      .when(fact('roll-counted', { groups: [group, { ...group, dualElsewhere: 4 }] }))
      .refuses('not-allowed-now', 'data.groups.1.dualElsewhere')
  })

  it('is counted once a term', () => {
    school(fact('roll-counted'))
      .when(fact('roll-counted', { censusDate: '2025-10-03' }))
      .refuses('already-recorded', 'data.term')
    school(fact('roll-counted'))
      .when([fact('roll-counted', { term: 'spring' }), fact('roll-counted', { schoolYear: '202425' })])
      .records()
  })
})

describe('policy and scope', () => {
  it('are set once from the same day', () => {
    school(fact('policy-set'))
      .when(fact('policy-set', { takenUp: 2 }))
      .refuses('already-recorded', 'data.from')
    school(fact('policy-set'))
      .when(fact('policy-set', { from: '2026-01-01' }))
      .records()
    school(fact('recording-scope-declared'))
      .when(fact('recording-scope-declared', { system: 'another' }))
      .refuses('already-recorded', 'data.since')
    school(fact('recording-scope-declared'))
      .when(fact('recording-scope-declared', { since: '2026-01-01' }))
      .records()
  })

  it('are corrected to another day only where none is', () => {
    const [first, second] = [fact('policy-set'), fact('policy-set', { from: '2026-01-01' })]
    school(first, second)
      .when(correction(second, { from: '2025-09-01' }))
      .refuses('already-recorded', 'data.from')
    school(first, second)
      .when(correction(second, { from: '2026-02-01' }))
      .records()
  })

  it('are reviewed, and activities and alerts recorded, any number of times', () => {
    for (const type of ['policy-reviewed', 'prevention-activity-recorded', 'community-place-alerted'] as const)
      school(fact(type)).when(fact(type)).records()
  })
})

describe('a child on roll', () => {
  it('comes once on the same day to the same school', () => {
    child(fact('child-enrolled')).when(fact('child-enrolled')).refuses('already-recorded', 'data.from')
    child(fact('child-enrolled'))
      .when(fact('child-enrolled', { at: OTHER_SCHOOL, dual: true }))
      .records()
  })

  it('leaves a school after it came', () => {
    child().when(fact('child-left')).refuses('out-of-order', 'data.on')
    child(fact('child-enrolled', { at: OTHER_SCHOOL }))
      .when(fact('child-left'))
      .refuses('out-of-order', 'data.on')
    child(fact('child-enrolled'))
      .when(fact('child-left', { on: '2025-09-02' }))
      .refuses('out-of-order', 'data.on')
    child(fact('child-enrolled'))
      .when(fact('child-left', { on: '2025-09-03' }))
      .records()
    const enrolled = fact('child-enrolled')
    child(enrolled, fact('child-left')).when(withdrawal(enrolled.id)).refuses('depended-on', 'data.event')
  })
})

describe('links between records of one child', () => {
  const linkedTo = (sameAs: string) => fact('child-linked', { sameAs })

  it('go to one other record at a time', () => {
    child().when(linkedTo(CHILD_B)).records()
    child(linkedTo(CHILD_B)).when(linkedTo(CHILD_C)).refuses('already-recorded', 'data.sameAs')
    child(linkedTo(CHILD_B), fact('child-unlinked', { from: CHILD_B }))
      .when(linkedTo(CHILD_C))
      .records()
  })

  it('never lead back to where they start', () => {
    child().when(linkedTo(CHILD_A)).refuses('not-allowed-now', 'data.sameAs')
    const backHere = { canonicalChild: (id: string) => (id === CHILD_C ? CHILD_A : id) }
    child().when(linkedTo(CHILD_C), backHere).refuses('not-allowed-now', 'data.sameAs')
  })

  it('end only where they are', () => {
    child().when(fact('child-unlinked')).refuses('not-allowed-now', 'data.from')
    child(linkedTo(CHILD_B))
      .when(fact('child-unlinked', { from: CHILD_C }))
      .refuses('not-allowed-now', 'data.from')
    child(linkedTo(CHILD_B), fact('child-unlinked')).when(fact('child-unlinked')).refuses('not-allowed-now', 'data.from')
  })

  it('can be corrected, but not from under an unlinking', () => {
    const link = linkedTo(CHILD_B)
    child(link)
      .when(correction(link, { sameAs: CHILD_C }))
      .records()
    child(link, fact('child-unlinked'))
      .when(correction(link, { sameAs: CHILD_C }))
      .refuses('depended-on', 'data')
  })

  it('are told as they stand', () => {
    expect(linkNow(child().state)).toBeUndefined()
    const link = linkedTo(CHILD_B)
    expect(linkNow(child(link).state)).toBe(CHILD_B)
    expect(linkNow(child(link, fact('child-unlinked')).state)).toBeUndefined()
    expect(linkNow(child(link, withdrawal(link.id)).state)).toBeUndefined()
    expect(linkNow(child(link, fact('child-unlinked'), linkedTo(CHILD_C)).state)).toBe(CHILD_C)
  })
})

describe('a review', () => {
  it('has its lessons and actions, each with its id', () => {
    review(fact('lesson-recorded')).when(fact('lesson-recorded')).refuses('already-named', 'data.lesson')
    review(fact('action-agreed')).when(fact('action-agreed')).refuses('already-named', 'data.action')
    const lesson = fact('lesson-recorded')
    review(lesson, fact('action-agreed', { lesson: LESSON }))
      .when(withdrawal(lesson.id))
      .refuses('depended-on', 'data.event')
  })

  it('of the same case can come again', () => {
    review()
      .when(fact('circumstances-reviewed', { case: idOf('case') }))
      .records()
  })

  it('completes an action once and follows it any number of times', () => {
    review(fact('action-agreed'), fact('action-completed')).when(fact('action-completed')).refuses('already-recorded', 'data.action')
    review(fact('action-agreed'), fact('action-followed')).when(fact('action-followed')).records()
    const second = idOf('second action')
    review(fact('action-agreed'), fact('action-completed'), fact('action-agreed', { action: second }))
      .when(fact('action-completed', { action: second }))
      .records()
  })

  it('looks at an action after it was agreed', () => {
    const agreed = fact('action-agreed', { action: ACTION }, { at: '2026-03-05' })
    review(agreed)
      .when(fact('action-followed', {}, { at: '2026-03-04' }))
      .refuses('out-of-order', 'occurredAt')
    review(agreed)
      .when(fact('action-followed', {}, { at: '2026-03-05' }))
      .records()
    const inTheMorning = fact('action-agreed', {}, { at: '2026-03-05T10:00' })
    review(inTheMorning)
      .when(fact('action-followed', {}, { at: '2026-03-05' }))
      .records()
    review(inTheMorning)
      .when(fact('action-followed', {}, { at: '2026-03-05T09:58' }))
      .refuses('out-of-order', 'occurredAt')
  })

  it('asks whether schools are known of a case elsewhere, not of its own', () => {
    review()
      .when(fact('lesson-recorded', { places: [PLACE] }), { isPlace: () => false })
      .refuses('unknown-reference', 'data.places.0')
    review()
      .when(fact('lesson-recorded', { places: [PLACE] }), { isPlace: (id) => id === PLACE, school: SCHOOL })
      .records()
  })
})

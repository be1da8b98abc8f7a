import { describe, expect, it } from 'vitest'
import { CASE, CHILD_B, correction, fact, idOf, withdrawal } from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import type { Command } from './command'
import { livingOf, type StreamState } from './state'

const told = fact('disclosure-made')
const incident = fact('incident-recorded')
const involved = fact('child-involved')
const entry = fact('chronology-entry-made')
const begun = (...facts: Command[]) => given(CASE, [told, incident, involved, entry, ...facts])

const data = (state: StreamState, of: Command) => state.facts.get(of.id)!.data as Record<string, unknown>

describe('a correction', () => {
  it('replaces the whole fact and takes the place of the original', () => {
    const first = fact('chronology-entry-made', { detail: 'Before', action: 'An action' })
    const later = fact('chronology-entry-made', { detail: 'Later' })
    const corrected = correction(first, { detail: 'After', action: undefined })
    const state = begun(first, later).when(corrected).records()
    expect(data(state, first)).toEqual({ detail: 'After', children: [] })
    expect(livingOf(state, 'chronology-entry-made').map((f) => f.data.detail)).toEqual(['What happened', 'After', 'Later'])
    expect(state.factOf.get(corrected.id)).toBe(first.id)
    expect(state.revision).toBe(begun(first, later).state.revision + 1)
  })

  it('of something unknown is refused', () => {
    begun()
      .when(fact('chronology-entry-made', {}, { supersedes: idOf('unknown'), reason: 'It was wrong' }))
      .refuses('unknown-reference', 'supersedes')
  })

  it('of an event of another stream is refused', () => {
    given(CASE, [told]).when(correction(entry)).refuses('unknown-reference', 'supersedes')
  })

  it('goes to the end of the chain', () => {
    const first = correction(entry, { detail: 'First' })
    const second = correction(first, { detail: 'Second' })
    const third = correction(second, { detail: 'Third' })
    const state = begun(first, second)
      .when(third)
      .then({ type: entry.type, supersedes: second.id, original: { id: entry.id, revision: 3 } })
    expect(data(state, entry).detail).toBe('Third')
    for (const passed of [entry, first, second]) {
      const refusal = begun(first, second, third).when(correction(passed)).refuses('already-superseded', 'supersedes')
      expect(refusal.message).toContain(third.id)
    }
  })

  it('has to fit as a new fact would', () => {
    begun()
      .when(correction(involved, { incident: idOf('unknown') }))
      .refuses('unknown-reference', 'data.incident')
    begun()
      .when(correction(involved, { child: CHILD_B }), { isChild: () => false })
      .refuses('unknown-reference', 'data.child')
    begun()
      .when(correction(incident, { setting: 'journey' }))
      .refuses('not-allowed-now', 'data.locationKind')
  })

  it('says when it happened, which may not be in the future', () => {
    begun()
      .when(correction(entry, {}, { at: '2026-03-21' }))
      .refuses('in-the-future', 'occurredAt')
  })
})

describe('a withdrawal', () => {
  it('is of an event that is there, as it stands', () => {
    begun()
      .when(withdrawal(idOf('unknown')))
      .refuses('unknown-reference', 'data.event')
    const corrected = correction(entry)
    begun(corrected).when(withdrawal(entry.id)).refuses('already-superseded', 'data.event')
    const state = begun(corrected)
      .when(withdrawal(corrected.id))
      .then({ type: 'fact-withdrawn', original: { id: entry.id, revision: 3 } })
    expect(livingOf(state, 'chronology-entry-made')).toEqual([])
  })

  it('is refused where living facts rest on what it takes back, and names the first', () => {
    const refusal = begun().when(withdrawal(incident.id)).refuses('depended-on', 'data.event')
    expect(refusal.message).toContain(involved.id)
    expect(begun().when(withdrawal(told.id)).refuses('depended-on', 'data.event').message).toContain(incident.id)
  })

  it('names the event that stands for the fact, so that it can be taken back first', () => {
    const corrected = correction(involved)
    expect(begun(corrected).when(withdrawal(incident.id)).refuses('depended-on', 'data.event').message).toContain(corrected.id)
  })

  it('is accepted once nothing rests on it, from the last to the first', () => {
    const state = begun()
      .when([involved, incident, entry, told].map((f) => withdrawal(f.id)))
      .records()
    expect([...state.facts.values()].filter((f) => f.type !== 'fact-withdrawn').every((f) => f.withdrawn)).toBe(true)
  })

  it('says its effect itself, whatever the caller says', () => {
    const lying = fact('fact-withdrawn', { event: entry.id, effect: 'restored' }, { reason: 'It was wrong' })
    begun()
      .when(lying)
      .then({ type: 'fact-withdrawn', data: { event: entry.id, effect: 'withdrawn' } })
  })

  it('can be of a fact taken back before and restored', () => {
    const [back] = [withdrawal(entry.id)]
    const restored = withdrawal(back.id)
    const again = withdrawal(entry.id)
    const state = begun(back, restored)
      .when(again)
      .then({ type: 'fact-withdrawn', data: { event: entry.id, effect: 'withdrawn' } })
    expect(state.facts.get(entry.id)!.withdrawn).toBe(true)
  })

  it('that stands beside another keeps a fact back when the other is taken back', () => {
    const first = withdrawal(entry.id)
    const restored = withdrawal(first.id)
    const second = withdrawal(entry.id)
    const firstStandsAgain = withdrawal(restored.id)
    const secondTakenBack = withdrawal(second.id)
    const state = begun(first, restored, second, firstStandsAgain)
      .when(secondTakenBack)
      .then({ type: 'fact-withdrawn', original: { id: entry.id, revision: 3 }, data: { event: second.id, effect: 'withdrawn' } })
    expect(state.facts.get(entry.id)!.withdrawn).toBe(true)
  })
})

describe('restoring', () => {
  it('puts a fact back in its place, as it was corrected', () => {
    const later = fact('chronology-entry-made', { detail: 'Later' })
    const corrected = correction(entry, { detail: 'After' })
    const back = withdrawal(corrected.id)
    const state = begun(later, corrected, back).when(withdrawal(back.id)).records()
    expect(livingOf(state, 'chronology-entry-made').map((f) => f.data.detail)).toEqual(['After', 'Later'])
  })

  it('is refused where what the fact rests on has gone meanwhile', () => {
    const back = withdrawal(involved.id)
    const gone = withdrawal(incident.id)
    begun(back, gone).when(withdrawal(back.id)).refuses('unknown-reference', 'data.event')
    begun(back, gone, withdrawal(gone.id)).when(withdrawal(back.id)).records()
  })

  it('is refused where another fact has taken its place meanwhile, and names it', () => {
    const back = withdrawal(involved.id)
    const instead = fact('child-involved')
    const refusal = begun(back, instead).when(withdrawal(back.id)).refuses('depended-on', 'data.event')
    expect(refusal.message).toContain(instead.id)
  })
})

describe('the wording of a withdrawal', () => {
  const back = withdrawal(entry.id)

  it('can be corrected, which changes nothing else', () => {
    const reworded = correction(back, {}, { reason: 'In better words' })
    const state = begun(back)
      .when(reworded)
      .then({
        type: 'fact-withdrawn',
        supersedes: back.id,
        original: { id: back.id, revision: 4 },
        reason: 'In better words',
        data: { event: entry.id, effect: 'withdrawn' },
      })
    expect(state.facts.get(entry.id)!.withdrawn).toBe(true)
    begun(back, reworded)
      .when(withdrawal(reworded.id))
      .then({ type: 'fact-withdrawn', original: { id: entry.id, revision: 3 }, data: { event: reworded.id, effect: 'restored' } })
    begun(back, reworded).when(withdrawal(back.id)).refuses('already-superseded', 'data.event')
  })

  it('cannot be turned to another fact', () => {
    begun(back)
      .when(correction(back, { event: incident.id }))
      .refuses('not-allowed-now', 'data.event')
  })

  it('cannot be corrected once the withdrawal has been taken back', () => {
    begun(back, withdrawal(back.id)).when(correction(back)).refuses('already-withdrawn', 'supersedes')
  })
})

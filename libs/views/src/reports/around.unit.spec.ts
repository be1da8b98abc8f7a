import { describe, expect, it } from 'vitest'
import { agreedAround, incidentAround } from './around'

const incident = incidentAround({
  incident: 'i', school: 's', setting: 'on-site', place: 'p', location_kind: 'corridor', slot: 'break', behaviour: 'physical',
  day: '2026-03-02', precision: 'minute', there: '2', there_then: '1', of_behaviour: '3', at_school: '9',
})
const action = (name: string, where: object = {}) => ({
  action: name, review: 'r', school: 's', agreed: '2026-01-05', state: 'open', theme: null, places: [], kinds: [], slots: [], ...where,
})
const namesOf = (...rows: object[]) => agreedAround(rows as Record<string, unknown>[], [incident]).map((a) => a.action)

describe('what was agreed before where an incident happened', () => {
  it('is what names the place, its kind or the slot, before what is for everywhere', () => {
    expect(namesOf(action('all'), action('place', { places: ['p'] }), action('kind', { kinds: ['corridor'] }), action('slot', { slots: ['break'] }))).toEqual([
      'place', 'kind', 'slot', 'all',
    ])
  })

  it('is not what is for another place, slot or school', () => {
    expect(namesOf(action('a', { places: ['q'] }), action('b', { places: ['p'], slots: ['lunch'] }), action('c', { school: 't' }))).toEqual([])
  })

  it('has counts as numbers, and no day where none is known', () => {
    expect(incident).toMatchObject({ there: 2, thereThen: 1, ofBehaviour: 3, atSchool: 9, day: '2026-03-02' })
    expect(incidentAround({ precision: 'unknown', day: '2026-03-02' }).day).toBeNull()
  })
})

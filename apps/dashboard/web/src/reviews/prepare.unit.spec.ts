import { describe, expect, it } from 'vitest'
import { whereInWords } from '../shared/where'
import { aroundShown, stateOf } from './prepare'

const incident = {
  incident: 'i', school: 's', setting: 'on-site', place: 'p', locationKind: 'corridor', slot: 'break', behaviour: 'physical', day: '2026-03-02',
  there: 4, thereThen: 1, ofBehaviour: 3, atSchool: 20,
}
const around = { from: '2025-03-21', to: '2026-03-20', position: 7, incidents: [incident], agreed: [], reviews: [] }
const names = { p: 'Long corridor', s: 'Example School' }

describe('what is known around a case', () => {
  it('is said with the figure, and leads to the cases it was counted from', () => {
    const [shown] = aroundShown({ around, names, school: 's' })
    expect(shown!.heading).toBe('Physical, Long corridor, Break, 2 March 2026'.replace('Break', 'break'))
    expect(shown!.figures.map((f) => f.words)).toEqual([
      '4 incidents were reported at this place',
      '1 incident was reported at this place at this time of the day (break)',
      '3 incidents were of this behaviour, of 20 at this school in all',
    ])
    const behind = new URL(shown!.figures[1]!.to!, 'http://x')
    expect(Object.fromEntries(behind.searchParams)).toEqual({
      school: 's', from: '2025-03-21', to: '2026-03-20', table: 'on-site', column: 'incidents',
      'row.setting': 'on-site', 'row.place': 'p', 'row.location_kind': 'corridor', 'row.slot': 'break',
    })
  })

  it('leads nowhere where nothing was counted, and says no time where none is known', () => {
    const none = { ...incident, there: 0, thereThen: 0, slot: 'unknown', day: null, place: null }
    const [shown] = aroundShown({ around: { ...around, incidents: [none] }, names, school: 's' })
    expect(shown!.heading).toBe('Physical, Corridor')
    expect(shown!.figures.map((f) => f.to)).toEqual([undefined, undefined])
  })
})

describe('an action', () => {
  it('is overdue from the day after it was due, until it is done', () => {
    expect(stateOf({ done: null, due: '2026-03-20' }, '2026-03-20')).toBe('open')
    expect(stateOf({ done: null, due: '2026-03-20' }, '2026-03-21')).toBe('overdue')
    expect(stateOf({ done: { on: '2026-03-25', note: null }, due: '2026-03-20' }, '2026-03-26')).toBe('done')
  })

  it('applies where it says, or everywhere', () => {
    expect(whereInWords({ places: [], locationKinds: [], slots: [] }, names)).toBe('Everywhere')
    expect(whereInWords({ places: ['p'], locationKinds: ['stairs'], slots: ['lunch'] }, names)).toBe('Long corridor, Stairs – lunch')
  })
})

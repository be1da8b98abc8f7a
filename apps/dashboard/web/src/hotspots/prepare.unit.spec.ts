import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareGrid, prepareKey, prepareWeekdays, shorten } from './prepare'

const row = (place: string | null, slot: string, incidents: number, rest: object = {}) => ({
  school: 'school-1',
  setting: 'on-site',
  place,
  location_kind: 'corridor',
  slot,
  weekday: 1,
  incidents,
  ...rest,
})
const NAMES = { p1: 'North corridor', p2: 'Field', 'school-1': 'Example Primary', 'school-2': 'Example High' }

describe('the grid of places and time slots', () => {
  it('has the places with most reports first, the slots in the order of the day, and every total', () => {
    const grid = prepareGrid(
      [row('p2', 'lunch', 2), row('p1', 'lesson-change', 3), row('p2', 'arrival', 2), row('p1', 'unknown', 4)],
      NAMES,
      false,
    )
    expect(grid.slots).toEqual([
      { code: 'arrival', label: 'Arrival', total: 2 },
      { code: 'lesson-change', label: 'Between lessons', total: 3 },
      { code: 'lunch', label: 'Lunch', total: 2 },
      { code: 'unknown', label: 'Not known', total: 4 },
    ])
    expect(grid.rows.map((r) => [r.place, ...r.cells.map((c) => c.incidents), r.total])).toEqual([
      ['North corridor', 0, 3, 0, 4, 7],
      ['Field', 2, 0, 2, 0, 4],
    ])
    expect([grid.total, grid.largest]).toEqual([11, 4])
  })

  it('adds up the weekdays of a cell', () => {
    const grid = prepareGrid([row('p1', 'break', 1), row('p1', 'break', 2, { weekday: 5 })], NAMES, false)
    expect(grid.rows).toMatchObject([{ cells: [{ incidents: 3 }], total: 3 }])
  })

  it('keeps the same place name of two schools apart, and says whose each is', () => {
    const grid = prepareGrid(
      [row('p1', 'break', 1), row('p3', 'break', 1, { school: 'school-2' })],
      { ...NAMES, p3: 'North corridor' },
      true,
    )
    expect(grid.rows.map((r) => [r.place, r.note])).toEqual([
      ['North corridor', 'Example Primary'],
      ['North corridor', 'Example High'],
    ])
  })

  it('says what kind of place it was where it has no name, and keeps journeys, the community and online apart', () => {
    const away = (setting: string, kind: string) => row(null, 'journey', 1, { setting, location_kind: kind })
    const grid = prepareGrid(
      [row(null, 'break', 1), away('journey', 'bus'), away('community', 'other'), away('online-only', 'other'), away('home', 'other')],
      {},
      false,
    )
    expect(grid.rows.map((r) => r.place)).toEqual(['Community', 'Corridor, no named place', 'Home', 'Journey: bus', 'Online'])
  })

  it('never shows an id where a name is not known', () => {
    expect(prepareGrid([row('p9', 'break', 1)], {}, false).rows[0]!.place).toBe('Place without a name')
  })

  it('names where most was reported, if it is one place and a time that is known', () => {
    expect(prepareGrid([row('p1', 'break', 3), row('p2', 'break', 2), row('p2', 'unknown', 9)], NAMES, false).most).toEqual({
      incidents: 3,
      cells: 1,
      place: 'North corridor',
      note: '',
      slot: 'break',
    })
    expect(prepareGrid([row('p1', 'break', 3), row('p2', 'lunch', 3)], NAMES, false).most).toMatchObject({ incidents: 3, cells: 2 })
    expect(prepareGrid([row('p1', 'unknown', 3)], NAMES, false).most).toBeUndefined()
    expect(prepareGrid([], NAMES, false)).toEqual({ slots: [], rows: [], total: 0, largest: 0, most: undefined })
  })

  it('has a shade for every number but none, darker for more, and the key says the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }), (counts) => {
        const grid = prepareGrid(
          counts.map((n, i) => row(`p${i}`, 'break', n)),
          {},
          false,
        )
        const key = prepareKey(grid.largest)
        for (const { incidents, level } of grid.rows.flatMap((r) => r.cells)) {
          expect(key.filter((k) => k.from <= incidents && incidents <= k.to).map((k) => k.level)).toEqual([level])
        }
      }),
    )
  })

  it('has its darkest shade for the largest figure, but not for a single report', () => {
    const levels = (...counts: number[]) =>
      prepareGrid(
        counts.map((n, i) => row(`p${i}`, 'break', n)),
        {},
        false,
      ).rows.map((r) => r.cells[0]!.level)
    expect(levels(30, 6, 1)).toEqual([5, 1, 1])
    expect(levels(3, 1)).toEqual([3, 1])
    expect(prepareKey(3)).toEqual([
      { level: 1, from: 1, to: 1 },
      { level: 2, from: 2, to: 2 },
      { level: 3, from: 3, to: 3 },
    ])
  })

  it('has no shade where nothing was reported', () => {
    expect(prepareGrid([row('p1', 'break', 1), row('p2', 'lunch', 1)], NAMES, false).rows[0]!.cells).toMatchObject([
      { incidents: 0, level: 0 },
      { incidents: 1 },
    ])
  })
})

describe('a long grid', () => {
  const gridOf = (places: number) =>
    prepareGrid(
      Array.from({ length: places }, (_, i) => row(`p${i}`, i % 2 === 0 ? 'break' : 'lunch', i + 1)),
      {},
      false,
    )

  it('begins with the places with most reports and one row for the others, so that the columns still add up', () => {
    const grid = gridOf(40)
    const { rows, others, hidden } = shorten(grid)
    expect([rows.length, hidden, others!.place]).toEqual([15, 25, 'The other 25 places'])
    const shown = [...rows, others!]
    expect(grid.slots.map((_, i) => shown.reduce((sum, r) => sum + r.cells[i]!.incidents, 0))).toEqual(grid.slots.map((s) => s.total))
    expect(shown.reduce((sum, r) => sum + r.total, 0)).toBe(grid.total)
  })

  it('is left as it is where little would be gained', () => {
    expect(shorten(gridOf(20))).toMatchObject({ others: undefined, hidden: 0 })
    expect(shorten(gridOf(21)).hidden).toBe(6)
  })
})

describe('the weekdays', () => {
  it('are Monday to Friday always, the others where something was reported', () => {
    expect(prepareWeekdays([]).map((b) => b.weekday)).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    const bars = prepareWeekdays([
      row('p1', 'break', 2, { weekday: 6 }),
      row('p1', 'lunch', 1, { weekday: 6 }),
      row('p1', 'break', 1, { weekday: 0 }),
    ])
    expect(bars.slice(5)).toEqual([
      { weekday: 'Saturday', incidents: 3 },
      { weekday: 'Not known', incidents: 1 },
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { CellSource, Mapping, WhenSource } from './mapping-schema'
import type { SourceRow } from './read-csv'
import { Values } from './values'

const row = (cells: Record<string, string>, n = 2): SourceRow => ({ row: n, cells })
const cell = (rest: Partial<CellSource> = {}): CellSource => ({ column: 'a', as: 'text', prefer: [], take: 'one', ...rest })

function read(cells: string[], source: Partial<CellSource>) {
  const values = new Values({ zone: 'Europe/London', dateFormat: 'dd/mm/yyyy' })
  const value = values.read(
    cells.map((a, i) => row({ a }, i + 2)),
    cell(source),
  )
  return { value, wrong: values.problems.map((p) => p.row) }
}

function when(cells: Record<string, string>, source: WhenSource, dateFormat: Mapping['dateFormat'] = 'dd/mm/yyyy') {
  const values = new Values({ zone: 'Europe/London', dateFormat })
  const at = values.when([row(cells)], source)
  return values.problems.length > 0 ? values.problems.map((p) => p.column) : at && [at.date, at.time, at.precision]
}

describe('a value of a cell', () => {
  it.each<[string, string[], Partial<CellSource>, unknown, number[]]>([
    ['a text as it stands', ['x'], {}, 'x', []],
    ['nothing for an empty cell', [''], {}, undefined, []],
    ['a whole number', ['15'], { as: 'number' }, 15, []],
    ['no number but a whole one', ['1.5'], { as: 'number' }, undefined, [2]],
    ['a day', ['31/01/2026'], { as: 'date' }, '2026-01-31', []],
    ['no day there is not', ['31/02/2026'], { as: 'date' }, undefined, [2]],
    ['our code for its text', ['Yes'], { map: { Yes: true } }, true, []],
    ['a problem for a text without a code', ['Perhaps'], { map: { Yes: true } }, undefined, [2]],
    ['what to take otherwise', ['Perhaps'], { map: { Yes: true }, otherwise: false }, false, []],
    ['nothing for an empty cell, whatever is taken otherwise', [''], { map: { Yes: true }, otherwise: false }, undefined, []],
    ['a code for an empty cell', [''], { map: { '': 'not-known' } }, 'not-known', []],
    ['no code by way of a name that means something in JavaScript', ['constructor'], { map: {} }, undefined, [2]],
    ['a problem where rows that should agree do not', ['x', 'y'], {}, 'x', [3]],
    ['a problem where a cell holds several and one is wanted', ['x; y'], { split: ';' }, 'x', [2]],
    ['the first of several', ['x; y'], { split: ';', take: 'first' }, 'x', []],
    ['the first as preferred, whichever row it stands in', ['x', 'y', 'z'], { take: 'first', prefer: ['z', 'x'] }, 'z', []],
    ['the others, in the same order whatever that of the rows', ['y', 'x', 'z'], { take: 'others', prefer: ['z'] }, ['x', 'y'], []],
    ['all, each once', ['x;y', 'y'], { split: ';', take: 'all' }, ['x', 'y'], []],
    ['an empty list for no rows that say anything', ['', ''], { take: 'all' }, [], []],
  ])('gives %s', (_, cells, source, value, wrong) => {
    expect(read(cells, source)).toEqual({ value, wrong })
  })
})

describe('when', () => {
  it.each<[string, Record<string, string>, WhenSource, unknown]>([
    ['a day', { d: '05/03/2026' }, { date: 'd' }, ['2026-03-05', undefined, 'day']],
    ['a day with fewer digits', { d: '5/3/2026' }, { date: 'd' }, ['2026-03-05', undefined, 'day']],
    ['a minute', { d: '05/03/2026', t: '9:05' }, { date: 'd', time: 't' }, ['2026-03-05', '09:05', 'minute']],
    ['a day and a minute in one cell', { d: '05/03/2026 09:05:30' }, { date: 'd', time: 'd' }, ['2026-03-05', '09:05', 'minute']],
    ['a day of a cell with a time', { d: '05/03/2026 09:05' }, { date: 'd' }, ['2026-03-05', undefined, 'day']],
    ['an hour', { d: '05/03/2026', h: '0' }, { date: 'd', hour: 'h' }, ['2026-03-05', '00:00', 'hour']],
    [
      'a day where the time is empty',
      { d: '05/03/2026', t: '', h: '' },
      { date: 'd', time: 't', hour: 'h' },
      ['2026-03-05', undefined, 'day'],
    ],
    ['a problem without a day', { d: '' }, { date: 'd' }, ['d']],
    ['a problem with another format', { d: '2026-03-05' }, { date: 'd' }, ['d']],
    ['a problem with words behind the day', { d: '05/03/2026 or so' }, { date: 'd' }, ['d']],
    ['a problem with a time there is not', { d: '05/03/2026', t: '24:00' }, { date: 'd', time: 't' }, ['t']],
    ['a problem with an hour there is not', { d: '05/03/2026', h: '24' }, { date: 'd', hour: 'h' }, ['h']],
  ])('gives %s', (_, cells, source, expected) => {
    expect(when(cells, source)).toEqual(expected)
  })

  it.each<[Mapping['dateFormat'], string]>([
    ['yyyy-mm-dd', '2026-03-05'],
    ['dd/mm/yyyy', '05/03/2026'],
    ['mm/dd/yyyy', '03/05/2026'],
    ['dd.mm.yyyy', '5.3.2026'],
  ])('reads %s', (format, text) => {
    expect(when({ d: text }, { date: 'd' }, format)).toEqual(['2026-03-05', undefined, 'day'])
  })

  it('takes the earliest instant that rows give for having been recorded, in the zone of the file', () => {
    const values = new Values({ zone: 'America/Chicago', dateFormat: 'yyyy-mm-dd' })
    const rows = ['2018-08-21', '2018-08-20', ''].map((d, i) => row({ d }, i + 2))
    expect(values.recordedInSource(rows, { date: 'd' })).toBe('2018-08-20T05:00:00.000Z')
    expect(values.recordedInSource(rows.slice(2), { date: 'd' })).toBeUndefined()
    expect(values.problems).toEqual([])
  })
})

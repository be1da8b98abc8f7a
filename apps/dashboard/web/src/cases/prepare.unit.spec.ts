import type { Chronology, ChronologyEntry } from '@circumspect/dashboard'
import { describe, expect, it } from 'vitest'
import { prepareChronology } from './prepare'

const CHILD = '00000000-0000-4000-8000-00000000000a'
const OTHER = '00000000-0000-4000-8000-00000000000b'
const INCIDENT = '00000000-0000-4000-8000-0000000000f1'

const entry = (revision: number, type: string, date: string, fields: ChronologyEntry['fields'], rest: Partial<ChronologyEntry> = {}): ChronologyEntry => ({
  id: `event-${revision}`,
  type,
  title: type,
  revision,
  occurredAt: { date, zone: 'Europe/London', precision: 'day' },
  recordedAt: '2026-03-01T10:00:00Z',
  school: 'school-1',
  data: {},
  fields,
  state: 'holds',
  ...rest,
})
const chronologyOf = (entries: ChronologyEntry[]): Chronology => ({
  case: 'case-1',
  school: 'school-1',
  revision: entries.length - 1,
  children: [CHILD, OTHER],
  entries,
  names: { [CHILD]: 'Child A1' },
})
const involved = (revision: number, child: string, role: string, rest: Partial<ChronologyEntry> = {}) =>
  entry(
    revision,
    'child-involved',
    '2026-02-02',
    [
      { path: 'incident', class: 'id', of: 'incident', value: INCIDENT },
      { path: 'child', class: 'id', of: 'child', value: child },
      { path: 'role', class: 'code', value: role },
      { path: 'sex', class: 'code', value: 'F' },
      { path: 'age', class: 'measure', of: 'completed years', value: 12 },
      { path: 'yearGroup', class: 'code', value: '8' },
    ],
    rest,
  )

describe('a chronology', () => {
  it('is in the order in which things happened, by the clock and then as recorded', () => {
    const timed = (revision: number, time: string) =>
      entry(revision, `at ${time}`, '2026-02-02', [], { occurredAt: { date: '2026-02-02', time, zone: 'Europe/London', precision: 'minute' } })
    const { entries } = prepareChronology(chronologyOf([entry(0, 'told', '2026-02-03', []), timed(1, '14:00'), timed(2, '09:00'), entry(3, 'that day', '2026-02-02', [])]))
    expect(entries.map((e) => [e.title, e.when])).toEqual([
      ['that day', '2 February 2026'],
      ['at 09:00', '2 February 2026, 09:00'],
      ['at 14:00', '2 February 2026, 14:00'],
      ['told', '3 February 2026'],
    ])
  })

  it('calls children by their names, numbers one whose name is not kept, and things that have none', () => {
    const { children, entries } = prepareChronology(chronologyOf([involved(0, CHILD, 'alleged-victim'), involved(1, OTHER, 'alleged-perpetrator')]))
    expect(children).toEqual([
      { name: 'Child A1', roles: ['Child harmed'], about: 'Girl, Year 8, 12 years old' },
      { name: 'Child 2 (no name kept)', roles: ['Child alleged to have caused harm'], about: 'Girl, Year 8, 12 years old' },
    ])
    expect(entries[1]!.said.slice(0, 3)).toEqual([
      { term: 'Incident', words: 'Incident 1' },
      { term: 'Child', words: 'Child 2 (no name kept)' },
      { term: 'Role', words: 'Child alleged to have caused harm' },
    ])
  })

  it('knows a child by what holds, and shows what was corrected as corrected, with the reason', () => {
    const former = involved(0, CHILD, 'alleged-perpetrator', { state: 'corrected' })
    const { children, entries } = prepareChronology(chronologyOf([former, involved(1, CHILD, 'alleged-victim', { supersedes: 'event-0', reason: 'Mixed up.' })]))
    expect(children[0]!.roles).toEqual(['Child harmed'])
    expect(entries.map((e) => [e.state, e.reason])).toEqual([
      ['corrected', ''],
      ['holds', 'Mixed up.'],
    ])
  })

  it('puts the codes of a list together, says yes and no, and that a text was erased', () => {
    const fields: ChronologyEntry['fields'] = [
      { path: 'behaviours.0', class: 'code', value: 'physical' },
      { path: 'behaviours.1', class: 'code', value: 'sexual-harassment.comments' },
      { path: 'verbatim', class: 'code', value: true },
      { path: 'rating.before.severity', class: 'measure', of: 'of 5', value: 4 },
      { path: 'summary', class: 'text', value: { v: 1 } },
    ]
    expect(prepareChronology(chronologyOf([entry(0, 'x', '2026-02-02', fields)])).entries[0]!.said).toEqual([
      { term: 'Behaviours', words: 'Physical, Sexual harassment: comments' },
      { term: 'Verbatim', words: 'Yes' },
      { term: 'Rating, before, severity', words: '4 (of 5)' },
      { term: 'Summary', words: 'Erased' },
    ])
  })
})

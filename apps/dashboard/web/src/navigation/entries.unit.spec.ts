import { describe, expect, it } from 'vitest'
import { entriesFor, isIn, type Group } from './entries'

const names = (opens: Parameters<typeof entriesFor>[0]) => entriesFor(opens).map(({ label }) => label)
const figuresOf = (opens: Parameters<typeof entriesFor>[0]) => entriesFor(opens).find((entry): entry is Group => 'entries' in entry)!

describe('the navigation', () => {
  const lead = { cases: true, figures: true, recording: true, everySchool: true }
  const governor = { cases: false, figures: true, recording: false, everySchool: false }

  it('is one row, of what is open', () => {
    expect(names(lead)).toEqual(['Today', 'Find', 'Figures', 'Lessons learnt', 'Annual report', 'Schools'])
    expect(names(governor)).toEqual(['Start', 'Figures', 'Annual report'])
    expect(names({ ...governor, figures: false })).toEqual(['Start'])
  })

  it('has no report of few children where cases are not open', () => {
    const reports = (opens: typeof lead) => figuresOf(opens).entries.map(({ to }) => to)
    expect(reports(lead)).toContain('/reports/repeats')
    expect(reports(governor)).not.toContain('/reports/repeats')
    expect(reports(governor)).toHaveLength(reports(lead).length - 1)
  })

  it('knows what is of a group: its pages and those below them', () => {
    const figures = figuresOf(lead)
    for (const path of ['/overview', '/reports/trend', '/reports/trend/compare', '/reports/hotspots/cases']) expect(isIn(figures, path), path).toBe(true)
    for (const path of ['/', '/cases', '/lessons', '/reports/lessons-of-others', '/overviews']) expect(isIn(figures, path), path).toBe(false)
  })
})

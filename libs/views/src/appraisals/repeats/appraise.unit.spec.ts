import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { repeats } from './appraise'

const child = (days: number[], followed = 400, role = 'alleged-perpetrator'): Row => ({ role, days, followed })
const many = (n: number, days: number[], followed = 400) => Array.from({ length: n }, () => child(days, followed))
const rolls = ['202425', '202526'].map((school_year) => ({ school: 'a', school_year, dimension: 'sex', value: 'F', pupil_terms: school_year === '202526' ? '400' : '90', terms: '2' }))
const appraise = (children: Row[], pairs = { pairs: 9, again: 0, persisted: 0, retaliated: 0 }) => repeats.appraise(inputOf('repeats', { pairs: [pairs] }, { children, rolls }))

describe('what can be said of repeats', () => {
  it('is the share with a later incident by a time; of all followed long enough it is the plain share', () => {
    const { findings, tables } = appraise([...many(10, [0, 20]), ...many(30, [0])])
    expect(findings[0]!.text).toMatch(/^Of 40 children alleged to have caused harm, a later incident in the same role is recorded for 25 % \(between \d+ % and \d+ %\) within 30 days, 25 %/)
    expect(tables[0]!.rows.map((r) => [r.days, r.share])).toEqual([[30, 0.25], [90, 0.25], [365, 0.25]])
  })

  it('counts children followed a short time for as long as they were', () => {
    const { tables } = appraise([...many(10, [0, 60]), ...many(10, [0]), ...many(20, [0], 10)])
    expect(tables[0]!.rows.map((r) => r.share)).toEqual([0, 0.5, 0.5])
  })

  it('takes a second incident on the same day for a repeat', () => {
    expect(appraise([...many(5, [0, 0]), ...many(5, [0])]).tables[0]!.rows[0]!.share).toBe(0.5)
  })

  it('says nothing of few children, nor of a time that nobody was followed for', () => {
    expect(appraise(many(9, [0, 5])).findings).toMatchObject([{ code: 'few-children', kind: 'unsure' }])
    expect(appraise(many(12, [0], 20)).findings[0]!.text).toBe('No child alleged to have caused harm has been followed for 30 days yet.')
    expect(appraise([])).toEqual({ findings: [], tables: [] })
  })

  it('counts the later incidents of a child, two on one day as two, and one after the child had left', () => {
    const { tables } = appraise([child([0, 10, 10]), child([0, 300], 200), ...many(8, [0])])
    expect(tables[0]!.rows.map((r) => r.mean)).toEqual([0.2, 0.2, 0.3])
  })

  it('says how far incidents gather in few, among the involved and over the roll of the last year', () => {
    const { findings, tables } = appraise([child([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), ...many(19, [0])])
    expect(findings.at(-1)!.text).toBe(
      'Of all incidents, 34 % are of the one child in twenty with most, among the 20 children alleged to have caused harm; over all 200 pupils on roll the top 5 % account for 66 %.',
    )
    expect(tables[1]!.rows.map((r) => [r.subjects, r.top_share])).toEqual([[20, 0.3448], [200, 0.6552]])
    // 19 children with one incident, one with ten; on the roll 180 with none. Only where the curve bends.
    expect(tables[2]!.rows.map((r) => [r.subjects, r.events])).toEqual([[0, 0], [0.95, 0.6552], [1, 1], [0, 0], [0.9, 0], [0.995, 0.6552], [1, 1]])
  })

  it('names pairs that came again after it was dealt with', () => {
    const found = (again: number, persisted: number) => appraise([], { pairs: 9, again, persisted, retaliated: 0 }).findings.map((f) => [f.code, f.kind])
    expect(found(0, 0)).toEqual([])
    expect(found(2, 0)).toEqual([['again', 'note']])
    expect(found(2, 1)).toEqual([['persisted', 'stands-out']])
  })
})

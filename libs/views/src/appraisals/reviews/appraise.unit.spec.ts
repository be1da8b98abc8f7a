import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { reviews } from './appraise'

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const school = (n: number, cases_reviewed: number, overdue: number, not_yet_due = 0): Row => ({
  school: id(n), decided: cases_reviewed + overdue + not_yet_due, cases_reviewed, overdue, not_yet_due,
})
const appraise = (schools: Row[], awaiting: Row[] = []) => reviews.appraise(inputOf('reviews', { state: schools, awaiting }))

describe('what can be said of reviews of circumstances', () => {
  it('is how many are overdue of those due, and the longest', () => {
    const { findings, tables } = appraise([school(1, 6, 2, 5)], [{ school_days_overdue: 4 }, { school_days_overdue: 31 }])
    expect(findings).toMatchObject([{ code: 'reviews-overdue', kind: 'note' }])
    expect(findings[0]!.text).toBe('In 2 cases of 8 in which one was due the circumstances have not been reviewed (25 %); the longest has been overdue for 31 school days.')
    expect(tables[0]!.rows).toMatchObject([{ overdue: 2, due: 8, share: 0.25, q: null }])
  })

  it('names a school that is behind the others, and only that one', () => {
    const { findings } = appraise([school(1, 10, 30), school(2, 38, 2), school(3, 37, 3)])
    const found = findings.filter((f) => f.kind === 'stands-out')
    expect(found.map((f) => [f.code, f.text.includes(id(1))])).toEqual([['school-overdue', true]])
    expect(found[0]!.text).toMatch(/\(75 % of 40\) than at the other schools together \(6 % of 80\)/)
  })

  it('names none where chance explains it or there are few cases', () => {
    expect(appraise([school(1, 18, 4), school(2, 20, 2)]).findings.map((f) => f.code)).toEqual(['reviews-overdue'])
    expect(appraise([school(1, 0, 9), school(2, 40, 0)]).findings.map((f) => f.code)).toEqual(['reviews-overdue'])
    expect(appraise([school(1, 0, 40)]).findings.map((f) => f.code)).toEqual(['reviews-overdue'])
  })

  it('says so where none is overdue, and where none was due', () => {
    expect(appraise([school(1, 5, 0)]).findings).toMatchObject([{ code: 'none-overdue', kind: 'ordinary' }])
    expect(appraise([school(1, 0, 0, 3)])).toMatchObject({ findings: [{ code: 'none-due', kind: 'unsure' }], tables: [] })
    expect(appraise([]).findings).toMatchObject([{ code: 'none-due' }])
  })
})

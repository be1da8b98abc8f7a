import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { trend } from './appraise'

const month = (name: string, cases: number, school_days = 20): Row => ({ month: name, cases: String(cases), school_days: String(school_days) })
const year = (from: number, counts: number[]): Row[] => counts.map((n, i) => month(`${from + Math.floor((8 + i) / 12)}-${String(((8 + i) % 12) + 1).padStart(2, '0')}`, n))
const appraise = (rows: Row[]) => trend.appraise(inputOf('trend', {}, { 'school-days': rows }))
const EVEN = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12]

describe('what can be said of the trend', () => {
  it('is that a month within the limits is ordinary variation', () => {
    const { findings, tables } = appraise(year(2025, [...EVEN, 13]))
    expect(findings).toMatchObject([{ code: 'ordinary-variation', kind: 'ordinary' }])
    expect(findings[0]!.text).toMatch(/^July 2026, with 65 cases for each 100 school days, is within what varies from month to month anyway \(between \d/)
    expect(tables[0]!.rows).toHaveLength(11)
  })

  it('is that a month beyond them is a signal, with the share of charts that show one by chance', () => {
    const { findings, tables } = appraise(year(2025, [...EVEN, 40]))
    expect(findings[0]).toMatchObject({ code: 'signal-up', kind: 'stands-out' })
    expect(findings[0]!.caution).toMatch(/Of charts of pure chance like this one, \d+ % show a signal somewhere/)
    expect(tables[0]!.rows.at(-1)!.signal).not.toBeNull()
    expect(appraise(year(2025, [...EVEN.map((n) => n * 4), 2])).findings[0]).toMatchObject({ code: 'signal-down' })
  })

  it('counts by the school day, and leaves out a month with hardly any', () => {
    const rows = [...year(2025, EVEN), month('2026-07', 6, 12), month('2026-08', 3, 1)]
    const { tables } = appraise(rows)
    expect(tables[0]!.rows.map((r) => r.period)).not.toContain('August 2026')
    expect(tables[0]!.rows.at(-1)).toMatchObject({ period: 'July 2026', rate: 50 })
  })

  it('goes by the term where a month holds too few', () => {
    const rows = [2023, 2024, 2025].flatMap((from) => year(from, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]))
    const { findings, tables } = appraise(rows)
    expect(tables[0]!.rows.map((r) => [r.period, r.cases]).slice(0, 3)).toEqual([
      ['the autumn term of 2023/24', 8],
      ['the spring term of 2023/24', 6],
      ['the summer term of 2023/24', 8],
    ])
    expect(findings[0]!.code).toBe('ordinary-variation')
  })

  it('says nothing of few cases or a short time', () => {
    expect(appraise(year(2025, [10, 12, 11])).findings).toMatchObject([{ code: 'few-cases', kind: 'unsure' }])
    expect(appraise(year(2025, [1, 0, 1, 0, 1, 0, 0, 1, 0])).findings).toMatchObject([{ code: 'few-cases' }])
    expect(appraise([]).findings).toMatchObject([{ code: 'few-cases' }])
  })

  it('notes a slow change over the whole time', () => {
    const { findings } = appraise(year(2025, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]))
    expect(findings.map((f) => f.code)).toContain('rising')
    expect(findings.find((f) => f.code === 'rising')!.text).toContain('risen by about 50 cases for each 100 school days a school year')
  })
})

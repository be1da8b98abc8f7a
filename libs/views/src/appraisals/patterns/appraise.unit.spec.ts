import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { patterns } from './appraise'

const A = '00000000-0000-4000-8000-0000000000aa'
const B = '00000000-0000-4000-8000-0000000000bb'

const child = (school: string, value: string, children: number, rest: Row = {}): Row => ({
  school, school_year: '202526', role: 'alleged-victim', dimension: 'sen-provision', value, children: String(children), ...rest,
})
const roll = (school: string, value: string, pupils: number, rest: Row = {}): Row => ({
  school, school_year: '202526', dimension: 'sen-provision', value, pupil_terms: String(pupils * 2), terms: '2', ...rest,
})
const rolls = (school: string) => [roll(school, 'sen', 100), roll(school, 'no-sen', 900)]
const appraise = (children: Row[], onRoll: Row[]) => patterns.appraise(inputOf('patterns', {}, { children, rolls: onRoll }))

describe('what can be said of patterns', () => {
  it('names a group recorded far more often than the others on roll, with the interval, at the school where it is', () => {
    const { findings, tables } = appraise([child(A, 'sen', 30), child(A, 'no-sen', 45), child(B, 'sen', 10), child(B, 'no-sen', 90)], [...rolls(A), ...rolls(B)])
    expect(findings[0]!.kind).toBe('stands-out')
    expect(findings[0]!.text).toMatch(new RegExp(`^At \\{${A}\\}, pupils with SEN were recorded as harmed 6 times as often as all others on roll \\(from \\d\\.?\\d* to \\d+(\\.\\d)? times\\)\\. Chance alone would hardly ever do that\\.$`))
    expect(findings.some((f) => f.text.includes(B))).toBe(false)
    const row = tables[0]!.rows.find((r) => r.school === A && r.value === 'sen' && r.role === 'alleged-victim')!
    expect([row.children_per_1000, row.others_per_1000, row.ratio, row.withheld]).toEqual([300, 50, 6, null])
  })

  it('gives no ratio of few children, and says why; no finding either', () => {
    const { findings, tables } = appraise([child(A, 'sen', 9), child(A, 'no-sen', 1)], rolls(A))
    expect(findings.map((f) => f.code)).toEqual(['few-children'])
    expect(tables[0]!.rows.find((r) => r.value === 'sen' && r.role === 'alleged-victim')).toMatchObject({ ratio: null, withheld: expect.stringContaining('fewer than 10 children') as string })
  })

  it('finds nothing where a group has its share, and says that this is not the same as no difference', () => {
    const { findings } = appraise([child(A, 'sen', 11), child(A, 'no-sen', 95)], rolls(A))
    expect(findings).toMatchObject([{ code: 'no-disproportion', kind: 'ordinary' }])
    expect(findings[0]!.caution).toContain('does not mean')
  })

  it('has no rate without a roll, and leaves out the children of a year without one', () => {
    expect(appraise([child(A, 'sen', 30)], []).findings).toMatchObject([{ code: 'no-roll', kind: 'unsure' }])
    const { tables } = appraise([child(A, 'sen', 30, { school_year: '202425' }), child(A, 'sen', 12)], rolls(A))
    expect(tables[0]!.rows.find((r) => r.value === 'sen')!.children).toBe(12)
  })

  it('adds school years up: children of each year against the roll of each year', () => {
    const earlier = { school_year: '202425' }
    const { tables } = appraise(
      [child(A, 'sen', 10), child(A, 'sen', 20, earlier), child(A, 'no-sen', 60), child(A, 'no-sen', 30, earlier)],
      [...rolls(A), ...rolls(A).map((r) => ({ ...r, ...earlier }))],
    )
    expect(tables[0]!.rows.find((r) => r.value === 'sen')).toMatchObject({ children: 30, roll: 200, children_per_1000: 150, others_per_1000: 50, ratio: 3 })
  })
})

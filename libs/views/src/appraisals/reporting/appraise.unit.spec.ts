import { describe, expect, it } from 'vitest'
import { inputOf } from '../input-for-tests'
import { reporting } from './appraise'

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const school = (n: number, cases: number, roll: number, group = 'secondary: bullying') => ({
  school: id(n), phase: group.split(':')[0]!, compared_with: group, cases, roll,
})
const appraise = (...schools: ReturnType<typeof school>[]) => reporting.appraise(inputOf('reporting', { schools }))

describe('what can be said of reporting itself', () => {
  it('names the school that reports far less than its peers for its roll, as a question about telling', () => {
    const { findings, tables } = appraise(school(1, 12, 1000), school(2, 60, 1000), school(3, 55, 900))
    expect(findings.map((f) => [f.code, f.text.includes(id(1))])).toContainEqual(['low-reporting', true])
    expect(findings.find((f) => f.code === 'low-reporting')!.caution).toContain('Few reports do not mean that little happens')
    expect(tables[0]!.rows[0]).toMatchObject({ cases: 12, expected: 60.53 })
  })

  it('names one of two schools only: the one that reports less', () => {
    expect(appraise(school(1, 12, 1000), school(2, 60, 1000)).findings.map((f) => f.code)).toEqual(['low-reporting'])
  })

  it('finds nothing where the difference is one that chance makes', () => {
    expect(appraise(school(1, 50, 1000), school(2, 60, 1000)).findings).toMatchObject([{ code: 'ordinary-reporting', kind: 'ordinary' }])
    expect(appraise(school(1, 1, 200), school(2, 3, 200)).findings).toMatchObject([{ code: 'few-cases', kind: 'unsure' }])
  })

  it('never compares schools of another phase or scope', () => {
    expect(appraise(school(1, 1, 1000), school(2, 90, 1000, 'primary: bullying'), school(3, 90, 1000, 'not comparable')).findings).toMatchObject([{ code: 'not-comparable' }])
    expect(appraise(school(1, 9, 1000)).findings).toMatchObject([{ text: 'One school alone cannot be compared.' }])
  })
})

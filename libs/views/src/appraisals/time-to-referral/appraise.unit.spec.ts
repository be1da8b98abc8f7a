import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { timeToReferral } from './appraise'

const A = '00000000-0000-4000-8000-0000000000aa'
const B = '00000000-0000-4000-8000-0000000000bb'
const HOUR = 3_600_000
const wait = (school: string, hours: number | null, cause: 0 | 1 | 2 = 1, cases = 1): Row => ({
  school, behaviour: 'sexual-violence.rape', cause, ms: hours === null ? null : String(hours * HOUR), cases: String(cases),
})
const spread = (school: string, from: number, n: number): Row[] => Array.from({ length: n }, (_, i) => wait(school, from + i))
const appraise = (...waits: Row[]) => timeToReferral.appraise(inputOf('time-to-referral', {}, { waits, answers: [] }))

describe('what can be said of the time to referral', () => {
  it('is the share referred by a time, what was decided against not being treated as still to come', () => {
    const { findings, tables } = appraise(...spread(A, 1, 10), ...Array.from({ length: 10 }, () => wait(A, 5.5, 2)))
    const row = (hours: number) => tables[0]!.rows.find((r) => r.hours === hours)!
    expect([row(0).referred, row(24).referred, row(24).decided_against]).toEqual([0, 0.5, 0.5])
    expect(findings[0]!.text).toMatch(/^Of 20 cases where a referral was due, 50 % \(between \d+ % and \d+ %\) were referred within 24 hours/)
  })

  it('names the school where it took longer, and no other', () => {
    const { findings, tables } = appraise(...spread(A, 1, 30), ...spread(B, 70, 15))
    const slow = findings.filter((f) => f.kind === 'stands-out')
    expect(slow.map((f) => f.code)).toEqual(['slow-school'])
    expect(slow[0]!.text).toContain(`At {${B}}, referrals took longer: 0 % of 15 cases were referred within 24 hours`)
    expect(tables[1]!.rows.find((r) => r.of === B)).toMatchObject({ cases: 15, open: 0, within_24_hours: 0, median: 77 })
  })

  it('counts open cases for as long as they have been open, and says how many there are', () => {
    const { findings, tables } = appraise(...spread(A, 1, 8), wait(A, 100, 0, 4))
    expect(findings[0]!.text).toContain('4 cases are neither referred nor decided against')
    // Nobody has been followed longer: no more can be said.
    expect(Math.max(...tables[0]!.rows.map((r) => Number(r.hours)))).toBeLessThanOrEqual(100)
  })

  it('says nothing of few cases, nor of times that are coarse', () => {
    expect(appraise(...spread(A, 1, 9), wait(A, null, 1, 20)).findings).toMatchObject([{ code: 'few-cases', kind: 'unsure' }])
    expect(appraise(...spread(A, 1, 12), wait(A, null, 1, 3)).findings[0]!.caution).toContain('3 cases are not known to the hour')
    expect(appraise().findings).toMatchObject([{ code: 'few-cases' }])
  })

  it('compares no school with too few cases', () => {
    const { findings, tables } = appraise(...spread(A, 1, 30), ...spread(B, 70, 9))
    expect(findings.filter((f) => f.kind === 'stands-out')).toEqual([])
    expect(tables[1]!.rows.find((r) => r.of === B)!.q).toBeNull()
  })

  it('is by agency the time to the first answer, those still waiting counted in', () => {
    const answer = (hours: number | null, answered: boolean, referrals = 1): Row => ({
      agency: 'police', answered: answered ? 1 : 0, ms: hours === null ? null : String(hours * HOUR), referrals: String(referrals),
    })
    const { tables } = timeToReferral.appraise(inputOf('time-to-referral', {}, { waits: [], answers: [answer(10, true, 2), answer(30, true), answer(300, false), answer(null, true)] }))
    expect(tables.map((t) => [t.name, t.rows])).toEqual([
      ['by-agency', [expect.objectContaining({ agency: 'police', referrals: 4, unanswered: 1, median: 20, within_a_week: 0.75 })]],
    ])
  })
})

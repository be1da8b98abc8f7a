import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { responses } from './appraise'

const role = (name: string, children_in_cases: number, named_contact: number, rest: Row = {}) => ({
  role: name, children_in_cases, risk_assessed: 0, named_contact, plan: 0, strategy_meeting: 0, aftercare: 0, family_told: children_in_cases, ...rest,
}) as Row
const appraise = (...rows: Row[]) => responses.appraise(inputOf('responses', { 'by-role': rows }))

describe('what can be said of responses', () => {
  it('names what children in one role are given more often, whichever role it is', () => {
    const { findings, tables } = appraise(role('alleged-victim', 60, 42), role('alleged-perpetrator', 60, 16))
    expect(findings.map((f) => f.text)).toEqual([
      'A named contact is recorded for children harmed (70 % of 60) more often than for children alleged to have caused harm (27 % of 60). Chance alone would hardly ever do that.',
    ])
    expect(tables[0]!.rows.find((r) => r.care === 'named-contact')).toMatchObject({ harmed_share: 0.7, alleged_share: 0.2667 })
    expect(appraise(role('alleged-victim', 60, 16), role('alleged-perpetrator', 60, 42)).findings[0]!.text).toContain('for children alleged to have caused harm (70 % of 60) more often')
  })

  it('finds no difference that chance explains, and nothing of few children', () => {
    expect(appraise(role('alleged-victim', 60, 30), role('alleged-perpetrator', 60, 26)).findings).toMatchObject([{ code: 'no-difference', kind: 'ordinary' }])
    expect(appraise(role('alleged-victim', 9, 9), role('alleged-perpetrator', 60, 0)).findings).toMatchObject([{ code: 'few-children', kind: 'unsure' }])
    expect(appraise().findings).toMatchObject([{ code: 'few-children' }])
  })
})

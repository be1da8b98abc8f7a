import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { lessons } from './appraise'

const ACTION = '00000000-0000-4000-8000-0000000000ac'
const SCHOOL = '00000000-0000-4000-8000-0000000000aa'
const action = (incidents_before: number, incidents_after: number, rest: Row = {}): Row => ({
  action: ACTION, school: SCHOOL, review: 'r', state: 'done', expected: 'fewer-reports', incidents_before, incidents_after, ...rest,
})
const appraise = (row: Row, days_before = 190, days_after = 190) =>
  lessons.appraise(inputOf('lessons', { actions: [row] }, { exposure: [{ action: ACTION, days_before: String(days_before), days_after: String(days_after) }] }))

describe('what can be said of actions', () => {
  it('is how much was reported after, against before and what was expected, never that the action did it', () => {
    const { findings, tables } = appraise(action(40, 8))
    expect(findings[0]!.text).toMatch(/0\.2 times as much has been reported for each school day as before \(from 0\.1 to 0\.4 times\); fewer reports had been expected\.$/)
    expect(findings[0]!.caution).toContain('does not show that the action did it')
    expect(tables[0]!.rows[0]).toMatchObject({ before: 21.05, after: 4.21, ratio: 0.2, finding: 'in-expected-direction' })
    expect(appraise(action(8, 40)).tables[0]!.rows[0]).toMatchObject({ finding: 'in-other-direction' })
  })

  it('says that it cannot be told where chance explains it or too little was reported', () => {
    expect(appraise(action(10, 8)).findings).toMatchObject([{ code: 'either-possible', kind: 'unsure' }])
    expect(appraise(action(0, 0)).findings).toMatchObject([{ code: 'either-possible' }])
    expect(appraise(action(3, 1), 190, 0).tables[0]!.rows[0]).toMatchObject({ after: null, finding: 'not-observed' })
  })

  it('leaves out actions not done', () => {
    expect(appraise(action(40, 0, { state: 'open' }))).toEqual({ findings: [], tables: [] })
  })
})

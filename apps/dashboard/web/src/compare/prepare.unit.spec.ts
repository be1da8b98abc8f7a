import { describe, expect, it } from 'vitest'
import type { NamedReport } from '../shared/api'
import { compareReports } from './prepare'

const columns = [{ key: 'school', label: 'School', ref: 'school' as const }, { key: 'month', label: 'Month' }, { key: 'cases', label: 'Cases', unit: 'cases' }]
const report = (schools: string[], rows: Record<string, string | number | null>[], more: NamedReport['tables'] = []): NamedReport => ({
  report: 'trend', title: '', definition: '', request: { schools }, position: 1, at: '', names: {}, tables: [{ name: 'months', title: 'By month', columns, rows }, ...more],
})

describe('two choices of one report', () => {
  it('stand row beside row, one school beside another', () => {
    const [table] = compareReports(
      report(['a'], [{ school: 'a', month: '2026-01', cases: 3 }, { school: 'a', month: '2026-02', cases: 0 }]),
      report(['b'], [{ school: 'b', month: '2026-01', cases: 5 }, { school: 'b', month: '2026-03', cases: 1 }]),
    )
    expect(table!.keys.map((c) => c.key)).toEqual(['month'])
    expect(table!.rows).toEqual([
      { keys: ['2026-01'], figures: [[3, 5]] },
      { keys: ['2026-02'], figures: [[0, null]] },
      { keys: ['2026-03'], figures: [[null, 1]] },
    ])
  })

  it('keep schools apart where there are several on a side', () => {
    const [table] = compareReports(report(['a', 'b'], [{ school: 'a', month: '2026-01', cases: 3 }]), report(['a', 'b'], [{ school: 'b', month: '2026-01', cases: 5 }]))
    expect(table!.rows).toEqual([{ keys: ['a', '2026-01'], figures: [[3, null]] }, { keys: ['b', '2026-01'], figures: [[null, 5]] }])
  })

  it('leave lists of cases out', () => {
    const list = { name: 'awaiting', title: 'Awaiting', columns: [{ key: 'case_id', label: 'Case', ref: 'case' as const }], rows: [] }
    expect(compareReports(report(['a'], [], [list]), report(['b'], [], [list])).map((t) => t.name)).toEqual(['months'])
  })
})

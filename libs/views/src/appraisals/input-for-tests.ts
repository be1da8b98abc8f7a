import type { ReportName } from '../report'
import type { Row } from '../reports/definition'
import type { AppraisalInput } from './definition'

/** The input of an appraisal, for tests: a report with these tables, and the rows of its own questions. */
export const inputOf = (name: ReportName, tables: Record<string, Row[]>, rows: Record<string, Row[]> = {}): AppraisalInput => ({
  report: {
    report: name,
    title: '',
    definition: '',
    request: { schools: [] },
    position: 1,
    at: '2026-11-20T12:00:00.000Z',
    tables: Object.entries(tables).map(([table, tableRows]) => ({ name: table, title: table, columns: [], rows: tableRows as Record<string, string | number | null>[] })),
  },
  rows,
  assumed: [],
})

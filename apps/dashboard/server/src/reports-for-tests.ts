import type { Assumption, CaseListed, ReportRequest, ReportResult, Reports } from '@circumspect/views'
import { ACTION, idOf, PLACE, SCHOOL } from '../../../../test/support/least-facts'

export const REVIEW_ID = idOf('a review')

/** What was asked, the last at the end; and what was assumed of places. */
export const asked: ReportRequest[] = []
export const assumptions: (readonly Assumption[])[] = []
export const listed: CaseListed[] = ['2026-03-03', '2026-03-02', '2026-03-01'].map((told) => ({
  case: idOf(told),
  school: SCHOOL,
  told,
  kind: 'disclosure-made',
}))
/** Answers every question with the question and one place. */
export const reports: Reports = {
  together: () => reports,
  run: (report, request): Promise<ReportResult> => {
    asked.push(request)
    const columns = [
      { key: 'place', label: 'Place', ref: 'place' as const },
      { key: 'incidents', label: 'Incidents', unit: 'incidents' },
    ]
    const rows = [{ place: PLACE, incidents: 3 }]
    const actions = {
      columns: [
        { key: 'action', label: 'Action', ref: 'action' as const },
        { key: 'review', label: 'Review', ref: 'review' as const },
      ],
      rows: [{ action: ACTION, review: REVIEW_ID }],
    }
    const tables = [
      { name: 'first', title: 'First', columns, rows },
      { name: 'second', title: 'Second', columns, rows: [] },
      { name: 'actions', title: 'Actions', ...actions },
    ]
    return Promise.resolve({
      report,
      title: 'A title',
      definition: 'What it means – “so”.',
      request,
      position: 7,
      at: '2026-03-20T12:00:00.000Z',
      tables,
    })
  },
  appraise: (report, request, assuming = []) => {
    asked.push(request)
    assumptions.push(assuming)
    const text = `Most in {${PLACE}} of {${SCHOOL}}, and {${idOf('nobody')}}.`
    const finding = { code: 'cluster', kind: 'stands-out' as const, text, caution: 'Look at {${PLACE}}.'.replace('${PLACE}', PLACE), how: '' }
    return Promise.resolve({ report, request, position: 7, at: '2026-03-20T12:00:00.000Z', findings: [finding], tables: [] })
  },
  behind: (_report, request, figure) => {
    asked.push(request)
    const column = {
      key: 'incidents',
      label: 'Incidents',
      unit: 'incidents',
      cases: true,
    }
    const cases = [{ ...listed[0]!, figure: 3 }]
    const found = {
      table: { name: 'first', title: 'First' },
      column,
      cases,
      total: 1,
      position: 7,
    }
    return Promise.resolve(figure.column === 'incidents' && figure.row.place === PLACE ? found : undefined)
  },
  schools: () => Promise.resolve([SCHOOL]),
  cases: (_schools, limit, after) => {
    const from = after === undefined ? 0 : listed.findIndex((c) => c.case === after.case) + 1
    return Promise.resolve(listed.slice(from, from + limit))
  },
  around: (_case, school) =>
    Promise.resolve({
      from: '2025-03-21',
      to: '2026-03-20',
      position: 7,
      incidents: [],
      agreed: [{ action: ACTION, review: REVIEW_ID, school, agreed: '2026-03-02', state: 'open', theme: null, everywhere: true }],
      reviews: [REVIEW_ID],
    }),
  find: (sought) =>
    Promise.resolve({
      position: 7,
      cases: sought.children?.length === 0 ? [] : listed.slice(0, 1).map((one) => ({ ...one, state: 'open' as const, places: [PLACE], behaviours: ['bullying'], roles: [] })),
      total: sought.children?.length === 0 ? 0 : 1,
    }),
  today: (schools) =>
    Promise.resolve({
      position: 7,
      day: '2026-03-20',
      groups: schools.map((school) => ({ what: 'action', total: 1, items: [{ what: 'action', school, case: null, child: null, thing: ACTION, agency: '', review: REVIEW_ID, since: '2026-03-02', due: '2026-03-19', late: 1 }] })),
    }),
  reviews: () => Promise.resolve([{ review: REVIEW_ID, school: SCHOOL }]),
  watermark: () => Promise.resolve(7),
  /** All but the event at position 5. */
  notCarried: (events) => Promise.resolve(events.filter(({ position }) => position !== 5)),
}

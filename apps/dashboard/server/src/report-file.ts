import type { ReportResult } from '@circumspect/views'
import type { ParkedReason } from './parked'
import { shownCell } from './csv'
import type { WorkbookSheet } from './workbook'

/** What a file of a report is called: report, table, period and position, so that two of them can be told apart. */
export function fileName({ report, request: { from, to, asOf }, position }: ReportResult, table?: string): string {
  const period = from === undefined && to === undefined ? 'all' : `${from ?? ''}_${to ?? ''}`
  const known = asOf === undefined ? [] : [`as-of-${asOf.slice(0, 10)}`]
  return ['circumspect', report, ...(table === undefined ? [] : [table]), period, ...known, `position-${position}`].join('-')
}

/** The tables of a report as sheets, the first of them saying what the figures mean and what they were computed from. */
export function reportSheets(result: ReportResult, parked: readonly ParkedReason[], names: ReadonlyMap<string, string>): WorkbookSheet[] {
  const { title, definition, request, position, tables } = result
  const about: WorkbookSheet = {
    name: 'About',
    rows: [
      ['Report', title],
      ['What it means', definition],
      ['Schools', request.schools.map((id) => names.get(id) ?? id).join('; ')],
      ['From', request.from ?? 'the beginning'],
      ['To', request.to ?? 'the end'],
      ['As known on', request.asOf ?? 'now'],
      ['Store position', position],
      ...parked.map(({ reason, events }) => ['Recorded, but in no figure', `${events} ${events === 1 ? 'event' : 'events'}: ${reason}`]),
    ],
  }
  return [
    about,
    ...tables.map(({ name, columns, rows }): WorkbookSheet => ({
      name,
      head: columns.map(({ label }) => label),
      rows: rows.map((row) => columns.map((column) => shownCell(column, row, names))),
    })),
  ]
}

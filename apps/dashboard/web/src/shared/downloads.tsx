import { Anchor } from '@mantine/core'
import type { Table } from '@circumspect/views'
import { reportAddress, useLeaving, type NamedReport } from './api'
import type { Filters } from './filters'

interface Props {
  readonly report: Pick<NamedReport, 'report'>
  readonly filters: Filters
}

/** A table of a report as a file, of what is shown; nothing where files are switched off. */
export function DownloadTable({ table, report, filters }: Props & { readonly table: Table }) {
  if (useLeaving().data?.allowed !== true) return null
  return (
    <p className="no-print">
      <Anchor href={reportAddress(report.report, filters, { format: 'csv', table: table.name })}>Download “{table.title}” (CSV)</Anchor>
    </p>
  )
}

/** The whole report as a file; where files are switched off, why. */
export function DownloadAll({ report, filters }: Props) {
  const leaving = useLeaving().data
  if (leaving === undefined) return null
  if (!leaving.allowed) return <p className="quiet no-print">There is nothing to download. {leaving.why}</p>
  return (
    <p className="no-print">
      <Anchor href={reportAddress(report.report, filters, { format: 'xlsx' })}>Download all tables of this report (XLSX)</Anchor>
    </p>
  )
}

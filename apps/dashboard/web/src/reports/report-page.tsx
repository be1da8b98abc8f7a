import type { ReportName, Table } from '@circumspect/views'
import { memo, useEffect, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useSeesCases } from '../people/use-me'
import { picturesOf } from '../pictures'
import { Draw } from '../pictures/draw'
import type { Picture } from '../pictures/picture'
import { useFiltersOf, useReport, useSchools, type ChosenReport } from '../shared/api'
import { CopyLink } from '../shared/copy-link'
import { DownloadAll, DownloadTable } from '../shared/downloads'
import { FiguresTable } from '../shared/figures-table'
import { FilterBar, searchOf } from '../shared/filters'
import { Folded } from '../shared/folded'
import { Provenance, provenanceInWords } from '../shared/provenance'
import { Loaded } from '../shared/states'
import { useSeenFirst } from '../shared/use-seen-first'
import { Findings } from './findings'

const BY_OCCURRENCE: readonly string[] = ['patterns', 'repeats', 'hotspots']

/** Any report: each of its tables, with the pictures of it. */
export function ReportPage() {
  const { name } = useParams() as { name: ReportName }
  const [filters, change] = useFiltersOf(name)
  const schools = useSchools()
  const report = useReport(name, filters)
  const seesCases = useSeesCases()
  const title = report.data?.title
  const periodOf = BY_OCCURRENCE.includes(name) ? 'day it happened' : 'day it was told'
  useEffect(() => {
    document.title = title === undefined ? 'Circumspect' : `${title} – Circumspect`
  }, [title])
  return (
    <>
      <h1>{title ?? 'Report'}</h1>
      <Loaded query={schools} what="The schools">
        {(all) => <FilterBar schools={all} filters={filters} onChange={change} periodOf={periodOf} />}
      </Loaded>
      <p className="no-print">
        <Link to={`/reports/${name}/compare${searchOf(filters)}`}>Compare schools or periods</Link> <CopyLink at={report.data?.at} />
      </p>
      {name === 'lessons' && seesCases && (
        <p className="no-print">
          <Link to={`/lessons${searchOf(filters)}`}>What was learnt and agreed, in words</Link>
        </p>
      )}
      <Findings report={name} filters={filters} after={!report.isPending && !report.isPlaceholderData} />
      <Loaded query={report} what="The figures">
        {(data) => <Figures report={data} />}
      </Loaded>
    </>
  )
}

/** A table longer than this begins closed. */
const MANY_ROWS = 25

/** Drawn again for another report, not for another choice that is still being asked for. */
const Figures = memo(function Figures({ report }: { report: ChosenReport }) {
  const pictures = useMemo(() => picturesOf(report), [report])
  return (
    <>
      {report.tables.map((table) => (
        <Section key={table.name} of={{ table, report, pictures: pictures[table.name] ?? [] }} />
      ))}
      <DownloadAll report={report} filters={report.filters} />
      <Provenance report={report} />
    </>
  )
})

interface Shown {
  readonly table: Table
  readonly report: ChosenReport
  readonly pictures: readonly Picture[]
}

/** One table of a report, with its pictures. */
function Section({ of }: { of: Shown }) {
  const { ref, shown } = useSeenFirst(of)
  return (
    <div ref={ref}>
      <TableWithPictures shown={shown} />
    </div>
  )
}

const TableWithPictures = memo(function TableWithPictures({ shown: { table, report, pictures } }: { shown: Shown }) {
  const { filters } = report
  const figures = () => <FiguresTable table={table} report={report} filters={filters} />
  const from = provenanceInWords(report)
  return (
    <>
      <h2>{table.title}</h2>
      {pictures.map((picture) => (
        <Draw key={picture.title} picture={picture} from={from} />
      ))}
      {table.rows.length > MANY_ROWS ? <Folded summary={`The figures: ${table.rows.length} rows`}>{figures}</Folded> : figures()}
      <DownloadTable table={table} report={report} filters={filters} />
    </>
  )
})

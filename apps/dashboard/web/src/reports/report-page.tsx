import type { ReportName } from '@circumspect/views'
import { useEffect } from 'react'
import { useParams } from 'react-router'
import { useReport, useSchools } from '../shared/api'
import { Download, FiguresTable } from '../shared/figures-table'
import { FilterBar, useFilters } from '../shared/filters'
import { Provenance } from '../shared/provenance'
import { Loaded } from '../shared/states'

const BY_OCCURRENCE: readonly string[] = ['patterns', 'repeats', 'hotspots']

/** Any report as its tables. */
export function ReportPage() {
  const { name } = useParams() as { name: ReportName }
  const [filters, change] = useFilters()
  const schools = useSchools()
  const report = useReport(name, filters)
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
      <Loaded query={report} what="The figures">
        {(data) => (
          <>
            {data.tables.map((table) => (
              <div key={table.name}>
                <FiguresTable table={table} report={data} />
                <p className="no-print">
                  <Download report={name} filters={filters} table={table} />
                </p>
              </div>
            ))}
            <Provenance report={data} />
          </>
        )}
      </Loaded>
    </>
  )
}

import { memo, useEffect, useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Findings } from '../reports/findings'
import { useFiltersOf, useReport, useSchools, type ChosenReport } from '../shared/api'
import { CopyLink } from '../shared/copy-link'
import { DownloadAll, DownloadTable } from '../shared/downloads'
import { FiguresTable } from '../shared/figures-table'
import { FilterBar, searchOf } from '../shared/filters'
import { Folded } from '../shared/folded'
import { periodInWords } from '../shared/labels'
import { Provenance } from '../shared/provenance'
import { FirstSteps, Loaded } from '../shared/states'
import { Busier, BUSY } from './busier'
import { HeatGrid } from './heat-grid'
import { mostInWords, prepareGrid, prepareWeekdays, type Grid } from './prepare'
import { WeekdayChart } from './weekday-chart'

/** Where and when: the place × time-slot grid of a school, with its table. */
export function HotspotsPage() {
  const [filters, change] = useFiltersOf('hotspots')
  const busy = useSearchParams()[0].get(BUSY)
  const schools = useSchools()
  const report = useReport('hotspots', filters)
  useEffect(() => {
    document.title = 'Places and times – Circumspect'
  }, [])
  return (
    <>
      <h1>Where and when incidents are reported</h1>
      <Loaded query={schools} what="The schools">
        {(all) =>
          all.length === 0 ? (
            <FirstSteps />
          ) : (
            <>
              <FilterBar schools={all} filters={filters} onChange={change} periodOf="day it happened" />
              <p className="no-print">
                <Link to={`/reports/hotspots/compare${searchOf(filters)}`}>Compare schools or periods</Link> <CopyLink at={report.data?.at} />
              </p>
              <Findings
                report="hotspots"
                filters={filters}
                after={!report.isPending && !report.isPlaceholderData}
                {...(busy !== null && { assumed: { [BUSY]: busy } })}
              />
              <Busier schools={filters.school === '' ? all : all.filter((s) => s.id === filters.school)} />
              <Loaded query={report} what="The figures">
                {(data) => <Figures report={data} />}
              </Loaded>
            </>
          )
        }
      </Loaded>
    </>
  )
}

/** Drawn again for another report, not for another choice that is still being asked for. */
const Figures = memo(function Figures({ report }: { report: ChosenReport }) {
  const { filters } = report
  const schools = report.request.schools.join()
  const severalSchools = report.request.schools.length > 1
  const [onSite, elsewhere, places, leftOut] = report.tables as [Table, Table, Table, Table]
  const grid = useMemo(() => prepareGrid(onSite.rows, report.names, severalSchools), [onSite, report.names, severalSchools])
  const away = useMemo(() => prepareGrid(elsewhere.rows, report.names, severalSchools), [elsewhere, report.names, severalSchools])
  const weekdays = useMemo(() => prepareWeekdays(onSite.rows), [onSite])
  const period = periodInWords(report.request)
  return (
    <>
      <p role="status" className="lead">
        {inWords(grid, away.total, period)}
      </p>
      {grid.total > 0 && (
        <p className="quiet">More reports can mean more incidents, or a place where children are seen and heard: look at both.</p>
      )}
      {grid.total > 0 && (
        <>
          <h2>On site</h2>
          <HeatGrid key={schools} grid={grid} caption={`Incidents reported on site, by place and time slot${period}`} table="on-site" filters={filters} />
          <h2>On site, by weekday</h2>
          <WeekdayChart bars={weekdays} />
        </>
      )}
      {away.total > 0 && (
        <>
          <h2>Away from the site</h2>
          <p className="quiet">Journeys, the community, home and online: counted apart, because supervision there is another matter.</p>
          <HeatGrid
            key={schools}
            grid={away}
            caption={`Incidents reported away from the site, by place and time slot${period}`}
            table="elsewhere"
            filters={filters}
          />
        </>
      )}
      <h2>The figures</h2>
      {[onSite, elsewhere, places, leftOut].map((table) => (
        <Folded key={table.name} summary={`${table.title} (${table.rows.length} ${table.rows.length === 1 ? 'row' : 'rows'})`}>
          {() => (
            <>
              <FiguresTable table={table} report={report} filters={filters} />
              <DownloadTable table={table} report={report} filters={filters} />
            </>
          )}
        </Folded>
      ))}
      <DownloadAll report={report} filters={filters} />
      <Provenance report={report} />
    </>
  )
})

type Table = ChosenReport['tables'][number]

function inWords(grid: Grid, away: number, period: string): string {
  if (grid.total + away === 0) return `No incident is recorded${period}. That does not mean that none happened.`
  const incidents = grid.total === 1 ? 'incident' : 'incidents'
  return `${grid.total} ${incidents} reported on site and ${away} away from it${period}. ${mostInWords(grid.most)}`
}

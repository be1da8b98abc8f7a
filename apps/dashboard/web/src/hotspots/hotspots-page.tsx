import { Alert, Anchor } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { reportAddress, useReport, useSchools, type NamedReport } from '../shared/api'
import { FiguresTable } from '../shared/figures-table'
import { FilterBar, useFilters, type Filters } from '../shared/filters'
import { dayInWords, label } from '../shared/labels'
import { Provenance } from '../shared/provenance'
import { Loaded } from '../shared/states'
import { GridKey, HeatGrid } from './heat-grid'
import { prepareGrid, prepareWeekdays } from './prepare'
import { WeekdayChart } from './weekday-chart'

/** Where and when: the place × time-slot grid of a school, with its table. */
export function HotspotsPage() {
  const [filters, change] = useFilters()
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
              <Loaded query={report} what="The figures">
                {(data) => <Figures report={data} filters={filters} severalSchools={filters.school === '' && all.length > 1} />}
              </Loaded>
            </>
          )
        }
      </Loaded>
    </>
  )
}

function Figures({ report, filters, severalSchools }: { report: NamedReport; filters: Filters; severalSchools: boolean }) {
  const [onSite, elsewhere, places, leftOut] = report.tables as [Table, Table, Table, Table]
  const grid = useMemo(() => prepareGrid(onSite.rows, report.names, severalSchools), [onSite, report.names, severalSchools])
  const away = useMemo(() => prepareGrid(elsewhere.rows, report.names, severalSchools), [elsewhere, report.names, severalSchools])
  const weekdays = useMemo(() => prepareWeekdays(onSite.rows), [onSite])
  const period = periodInWords(filters)
  return (
    <>
      <p role="status" className="quiet">
        {sentence(grid, away.total, period)}
      </p>
      {grid.total > 0 && (
        <>
          <h2>On site</h2>
          <HeatGrid grid={grid} caption={`Incidents reported on site, by place and time slot${period}`} />
          <GridKey largest={grid.largest} />
          <h2>On site, by weekday</h2>
          <WeekdayChart bars={weekdays} />
        </>
      )}
      {away.total > 0 && (
        <>
          <h2>Away from the site</h2>
          <p className="quiet">Journeys, the community, home and online: counted apart, because supervision there is another matter.</p>
          <HeatGrid grid={away} caption={`Incidents reported away from the site, by place and time slot${period}`} />
        </>
      )}
      <h2>The figures</h2>
      {[onSite, elsewhere, places, leftOut].map((table) => (
        <details key={table.name}>
          <summary>
            {table.title} ({table.rows.length} {table.rows.length === 1 ? 'row' : 'rows'})
          </summary>
          <FiguresTable table={table} names={report.names} />
          <p className="no-print">
            <Anchor href={reportAddress('hotspots', filters, { format: 'csv', table: table.name })}>Download “{table.title}” (CSV)</Anchor>
          </p>
        </details>
      ))}
      <Provenance report={report} />
    </>
  )
}

type Table = NamedReport['tables'][number]

function sentence(grid: ReturnType<typeof prepareGrid>, away: number, period: string): string {
  if (grid.total + away === 0) return `No incident is recorded${period}. That does not mean that none happened.`
  const parts = [`${grid.total} ${grid.total === 1 ? 'incident' : 'incidents'} reported on site and ${away} away from it${period}.`]
  if (grid.most && grid.most.incidents > 1) parts.push(`Most in one place and time slot: ${grid.most.incidents}, ${grid.most.place}, ${label(grid.most.slot).toLowerCase()}.`)
  parts.push('More reports can mean more incidents, or a place where children are seen and heard: look at both.')
  return parts.join(' ')
}

function periodInWords({ from, to }: Filters): string {
  if (from !== '' && to !== '') return `, ${dayInWords(from)} to ${dayInWords(to)}`
  if (from !== '') return ` since ${dayInWords(from)}`
  return to !== '' ? ` up to ${dayInWords(to)}` : ''
}

function FirstSteps() {
  return (
    <Alert color="gray" variant="outline" title="Nothing is recorded yet" my="md">
      <p>To begin, bring in what you have: export your incidents as CSV and import them with a mapping.</p>
      <p>
        <code>npm run import -- FILE --mapping MAPPING</code>
      </p>
      <p>To look around first, with a made-up school: <code>npm run demo</code></p>
    </Alert>
  )
}

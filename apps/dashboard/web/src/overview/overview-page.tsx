import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { mostInWords, prepareGrid } from '../hotspots/prepare'
import { HeatGrid } from '../hotspots/heat-grid'
import { useSeesCases } from '../people/use-me'
import { picturesOf } from '../pictures'
import { Draw } from '../pictures/draw'
import { rowsOf } from '../pictures/rows'
import { useFindings, useReport, useSchools, type NamedReport } from '../shared/api'
import { FilterBar, searchOf, useFilters, type Filters } from '../shared/filters'
import { FirstSteps, Loaded } from '../shared/states'
import { patternsInWords, referralInWords, repeatsInWords, reportingInWords, trendInWords, waiting } from './prepare'

/** What stands out, on one page; each part leads to the report it is from. */
export function OverviewPage() {
  const [filters, change] = useFilters()
  const schools = useSchools()
  useEffect(() => {
    document.title = 'Overview – Circumspect'
  }, [])
  return (
    <>
      <h1>Overview</h1>
      <Loaded query={schools} what="The schools">
        {(all) =>
          all.length === 0 ? (
            <FirstSteps />
          ) : (
            <>
              <FilterBar schools={all} filters={filters} onChange={change} periodOf="as each report says" />
              <Parts filters={filters} />
            </>
          )
        }
      </Loaded>
    </>
  )
}

function Parts({ filters }: { filters: Filters }) {
  const seesCases = useSeesCases()
  const hotspots = useReport('hotspots', filters)
  const trend = useReport('trend', filters)
  const patterns = useReport('patterns', filters)
  const reporting = useReport('reporting', filters)
  const referral = useReport('time-to-referral', filters)
  return (
    <>
      <Part title="Where and when" report="hotspots" filters={filters}>
        <Loaded query={hotspots} what="Places and times">
          {(data) => <Places report={data} filters={filters} />}
        </Loaded>
      </Part>
      <WaitingPart filters={filters} />
      <div className="parts">
        <Part title="Trend" report="trend" filters={filters}>
          <Loaded query={trend} what="The trend">
            {(data) => (
              <>
                <p>{trendInWords(data)}</p>
                {(picturesOf(data).months ?? []).slice(0, 1).map((picture) => (
                  <Draw key={picture.title} picture={picture} elsewhere />
                ))}
              </>
            )}
          </Loaded>
        </Part>
        <Part title="Time to referral" report="time-to-referral" filters={filters}>
          <Loaded query={referral} what="Time to referral">
            {(data) => <p>{referralInWords(data)}</p>}
          </Loaded>
        </Part>
        <Part title="Patterns" report="patterns" filters={filters}>
          <Loaded query={patterns} what="Patterns">
            {(data) => patternsInWords(data).map((text) => <p key={text}>{text}</p>)}
          </Loaded>
        </Part>
        {seesCases && <RepeatsPart filters={filters} />}
        <Part title="Reporting itself" report="reporting" filters={filters}>
          <Loaded query={reporting} what="Reporting itself">
            {(data) => <p>{reportingInWords(data)}</p>}
          </Loaded>
        </Part>
      </div>
      {hotspots.data && <p className="quiet">Computed from the record up to store position {hotspots.data.position}.</p>}
    </>
  )
}

function RepeatsPart({ filters }: { filters: Filters }) {
  const repeats = useReport('repeats', filters)
  return (
    <Part title="Repeats" report="repeats" filters={filters}>
      <Loaded query={repeats} what="Repeats">
        {(data) => <p>{repeatsInWords(data)}</p>}
      </Loaded>
    </Part>
  )
}

function Part({ title, report, filters, children }: { title: string; report: string; filters: Filters; children: ReactNode }) {
  return (
    <section className="part" aria-label={title}>
      <h2>{title}</h2>
      <StandsOut report={report} filters={filters} />
      {children}
      <p className="no-print">
        <Link to={`/reports/${report}${searchOf(filters)}`}>
          All figures<span className="spoken"> of {title}</span>
        </Link>
      </p>
    </section>
  )
}

/** What stands out in a report, as soon as it is worked out. The rest of the part does not wait for it. */
function StandsOut({ report, filters }: { report: string; filters: Filters }) {
  const { data } = useFindings(report, filters)
  const found = (data?.findings ?? []).filter(({ kind }) => kind === 'stands-out')
  return found.slice(0, MOST_FINDINGS).map(({ code, text }) => (
    <p key={code + text} className="stands-out">
      {text}
    </p>
  ))
}
const MOST_FINDINGS = 2

/** Places enough to see which stands out. */
const PLACES = 6

function Places({ report, filters }: { report: NamedReport; filters: Filters }) {
  const severalSchools = report.request.schools.length > 1
  const grid = prepareGrid(rowsOf(report, 'on-site'), report.names, severalSchools)
  if (grid.total === 0) return <p>No incident on site is recorded for this choice. That does not mean that none happened.</p>
  return (
    <>
      <p className="lead">{mostInWords(grid.most)}</p>
      <HeatGrid
        grid={grid}
        caption={`The places with most incidents reported, of ${grid.rows.length}`}
        table="on-site"
        filters={filters}
        first={PLACES}
      />
    </>
  )
}

function WaitingPart({ filters }: { filters: Filters }) {
  const referral = useReport('time-to-referral', filters)
  const reviews = useReport('reviews', filters)
  const responses = useReport('responses', filters)
  const lessons = useReport('lessons', filters)
  const data = referral.data && reviews.data && responses.data && lessons.data && ([referral.data, reviews.data, responses.data, lessons.data] as const)
  const error = referral.error ?? reviews.error ?? responses.error ?? lessons.error
  const refetch = () => Promise.all([referral, reviews, responses, lessons].map((query) => query.refetch()))
  return (
    <section className="part" aria-label="Waiting for somebody">
      <h2>Waiting for somebody</h2>
      <Loaded query={{ data, error, isPlaceholderData: referral.isPlaceholderData, refetch }} what="What is waiting">
        {(all) => {
          const things = waiting(...all)
          return things.length === 0 ? (
            <p>Nothing that is counted here is waiting.</p>
          ) : (
            <ul className="waiting">
              {things.map(({ what, number, report }) => (
                <li key={what}>
                  <Link to={`/reports/${report}${searchOf(filters)}`}>
                    <strong>{number}</strong> {what}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </section>
  )
}

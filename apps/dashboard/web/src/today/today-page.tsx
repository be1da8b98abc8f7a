import './today.css'
import { Alert, NativeSelect } from '@mantine/core'
import type { NamedToday } from '@circumspect/dashboard'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { get, useSchools, type School } from '../shared/api'
import { useFilters } from '../shared/filters'
import { dayInWords } from '../shared/labels'
import { FirstSteps, Loaded } from '../shared/states'
import { notTakenUp, prepareToday, type Group, type Line } from './prepare'

const useToday = (school: string) =>
  useQuery({
    queryKey: ['today', school],
    queryFn: ({ signal }) => get<NamedToday>(`/api/today${school === '' ? '' : `?school=${school}`}`, signal),
    placeholderData: (before) => before,
    staleTime: 0,
  })

/** `/`: what waits for somebody, the most urgent first. */
export function TodayPage() {
  const schools = useSchools()
  useEffect(() => {
    document.title = 'Today – Circumspect'
  }, [])
  return (
    <>
      <h1>Today</h1>
      <Loaded query={schools} what="The schools">
        {(all) => (all.length === 0 ? <FirstSteps /> : <AtSchools schools={all} />)}
      </Loaded>
    </>
  )
}

function AtSchools({ schools }: { schools: readonly School[] }) {
  const [{ school }, change] = useFilters()
  const today = useToday(school)
  return (
    <>
      {schools.length > 1 && (
        <form className="filters no-print" aria-label="Choose what is shown" onSubmit={(event) => event.preventDefault()}>
          <NativeSelect
            label="School"
            value={school}
            onChange={(event) => change({ school: event.currentTarget.value })}
            data={[{ value: '', label: `All ${schools.length} schools` }, ...schools.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </form>
      )}
      <Loaded query={today} what="What is waiting">
        {(data) => <Waiting today={data} severalSchools={schools.length > 1 && school === ''} />}
      </Loaded>
    </>
  )
}

function Waiting({ today, severalSchools }: { today: NamedToday; severalSchools: boolean }) {
  const { groups, names, day, position } = today
  const prepared = prepareToday(groups, names, day, severalSchools)
  const first = groups.find(({ what }) => what === 'take-up')
  return (
    <>
      {first && (
        <Alert color="gray" variant="outline" className="urgent" role="alert" title={notTakenUp(first)} my="md">
          <p>Read each, and see that the child is safe, before anything else.</p>
        </Alert>
      )}
      {prepared.length === 0 && (
        <p className="lead">
          Nothing that is recorded here waits for somebody. That does not mean that nothing happens: it is what is recorded.
        </p>
      )}
      {prepared.map((group) => (
        <WaitingGroup key={group.what} group={group} />
      ))}
      <details>
        <summary>What counts as waiting</summary>
        <p className="quiet">
          Open cases: told, and not closed. Days are school days of the school. Within how many of them something is due is what the school
          has set, or else what is usual: 1 to take a concern up, to assess risk and to tell families; 3 for an agency to answer; 20 for a
          review of the circumstances; 30 for a safety plan without a day of its own. A referral that is due is due at once. Plans, reviews
          and actions wait whether or not the case is closed, from 7 days before.
        </p>
        <p className="quiet">
          {dayInWords(day)}.{' '}
          {position < 0 ? 'Nothing has been recorded yet.' : `Computed from the record up to store position ${position}.`}
        </p>
      </details>
    </>
  )
}

const SHOWN = 8

function WaitingGroup({ group: { what, title, why, total, overdue, lines } }: { group: Group }) {
  const heading = `waiting-${what}`
  const more = lines.slice(SHOWN)
  return (
    <section className="part" aria-labelledby={heading}>
      <h2 id={heading}>
        {title}: {total}
      </h2>
      {why !== '' && <p className="quiet">{why}</p>}
      {overdue > 0 && overdue < lines.length && <p className="quiet">{overdue} overdue.</p>}
      <Lines lines={lines.slice(0, SHOWN)} />
      {more.length > 0 && (
        <details>
          <summary>
            {more.length} more<span className="spoken"> of: {title}</span>
          </summary>
          <Lines lines={more} />
          {total > lines.length && <p>{total - lines.length} more are not listed: these come first.</p>}
        </details>
      )}
    </section>
  )
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="waiting-lines">
      {lines.map(({ key, open, opens, about, school, due, overdue, act, to }) => (
        <li key={key}>
          <span className="which">
            {open === undefined ? opens : <Link to={open}>{opens}</Link>}
            {about !== '' && <strong>{about}</strong>}
            {school !== '' && <span className="quiet">{school}</span>}
          </span>
          <span className="when">
            {due}
            {overdue && <span className="badge">overdue</span>}
          </span>
          <Link className="act no-print" to={to} aria-label={`${act}: ${[opens, about].filter((part) => part !== '').join(', ')}`}>
            {act}
          </Link>
        </li>
      ))}
    </ul>
  )
}

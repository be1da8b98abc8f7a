import '../cases/cases.css'
import type { CaseReview, Chronology } from '@circumspect/dashboard'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { prepareSummary } from '../cases/summary'
import { prepareTimeline } from '../cases/timeline'
import { Fields } from '../cases/timeline-view'
import { useFindings } from '../shared/api'
import { searchOf } from '../shared/filters'
import { dayInWords, label } from '../shared/labels'
import { aroundShown, STATE_WORDS } from './prepare'

/** What is known about the case, from its own record. */
export function KnownOfCase({ chronology }: { chronology: Chronology }) {
  const { children } = useMemo(() => prepareSummary(chronology), [chronology])
  const days = useMemo(() => prepareTimeline(chronology), [chronology])
  const standing = days.map(({ day, entries }) => ({ day, entries: entries.filter((e) => e.holds) })).filter(({ entries }) => entries.length > 0)
  return (
    <section aria-label="The case">
      <h2>What is known about the case</h2>
      <ul className="people">
        {children.map(({ id, name, roles, about }) => (
          <li key={id}>
            <strong>{name}</strong>
            {roles.length > 0 && ` – ${roles.join('; ')}`}
            {about !== '' && <span className="quiet"> ({about})</span>}
          </li>
        ))}
      </ul>
      <details>
        <summary>What was recorded, in order ({standing.reduce((sum, { entries }) => sum + entries.length, 0)} entries)</summary>
        <ol className="days">
          {standing.map(({ day, entries }, i) => (
            <li key={`${day} ${i}`}>
              <h3>{day}</h3>
              <ol className="entries">
                {entries.map(({ id, time, sentence, said }) => (
                  <li key={id}>
                    {time !== '' && <p className="when">{time}</p>}
                    <h4>{sentence}</h4>
                    <Fields said={said} />
                  </li>
                ))}
              </ol>
            </li>
          ))}
        </ol>
      </details>
      <p className="no-print">
        <Link to={`/cases/${chronology.case}`}>The whole chronology</Link>
      </p>
    </section>
  )
}

/** What the figures say of its place, its time and its behaviour, and what was agreed there before. */
export function KnownAround({ review }: { review: CaseReview }) {
  const { around, names, reviews } = review
  const before = around.agreed.filter((action) => !reviews.some((own) => own.review === action.review)).slice(0, MOST)
  const shown = useMemo(() => aroundShown(review), [review])
  return (
    <section aria-label="Its place, time and behaviour">
      <h2>Its place, time and behaviour</h2>
      {shown.length === 0 && <p>No incident of this case is recorded yet, so nothing can be said of its place and time.</p>}
      {shown.map(({ incident, heading, figures }) => (
        <div key={incident} className="around">
          <h3>{heading}</h3>
          <ul>
            {figures.map(({ words, to }) => (
              <li key={words}>{to === undefined ? words : <Link to={to}>{words}</Link>}</li>
            ))}
          </ul>
        </div>
      ))}
      {shown.length > 0 && <Said review={review} places={shown.map((s) => s.place).filter((p) => p !== '')} />}
      <h3>What was agreed for such a place before</h3>
      {before.length === 0 ? (
        <p>Nothing was.</p>
      ) : (
        <ul>
          {before.map(({ action, state, agreed, theme, everywhere }) => (
            <li key={action}>
              {names[action] ?? 'Words erased'} <span className="badge">{STATE_WORDS[state]}</span>
              <span className="quiet">
                {' '}
                agreed on {dayInWords(agreed)}
                {theme !== null && `, ${label(theme).toLowerCase()}`}
                {everywhere && ', for the whole school'}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="no-print">
        <Link to={`/lessons?school=${review.school}`}>All lessons and actions of this school</Link>
      </p>
      <p className="quiet">
        Counted from {dayInWords(around.from)} to {dayInWords(around.to)}, this case included where it falls in those days; without incidents whose every finding is unfounded or
        false. Computed from the record up to store position {around.position}. More reports can mean more incidents, or a place where children are seen and heard.
      </p>
    </section>
  )
}
const MOST = 10

/** What can be said of the places and times of the school, as far as it names a place of this case. It may take some seconds. */
function Said({ review: { school, around }, places }: { review: CaseReview; places: readonly string[] }) {
  const filters = { school, from: around.from, to: around.to, asOf: '' }
  const findings = useFindings('hotspots', filters)
  const named = (findings.data?.findings ?? []).filter(({ text }) => places.some((place) => text.includes(place)))
  return (
    <>
      <h3>What can be said of these places</h3>
      {findings.isPending && <p role="status">Working out what can be said of these places …</p>}
      {findings.error && <p>This cannot be shown now.</p>}
      {findings.data && named.length === 0 && <p>No finding about this school names a place of this case.</p>}
      {named.map(({ code, text, caution }) => (
        <div key={code + text}>
          <p className="stands-out">{text}</p>
          {caution !== '' && <p className="quiet">{caution}</p>}
        </div>
      ))}
      <p className="no-print">
        <Link to={`/reports/hotspots${searchOf(filters)}`}>Places and times of this school in these days</Link>
      </p>
    </>
  )
}

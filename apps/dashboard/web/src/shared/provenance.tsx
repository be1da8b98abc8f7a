import type { NamedReport } from './api'
import type { ParkedReason } from './named'
import { momentInWords, periodInWords } from './labels'

const all = (parked: readonly ParkedReason[]) => parked.reduce((sum, { events }) => sum + events, 0)

/** What the figures mean and what they were computed from, with every report. */
export function Provenance({ report }: { report: NamedReport }) {
  return (
    <details open>
      <summary>What these figures mean</summary>
      <p className="quiet">{report.definition}</p>
      <p className="quiet">
        {report.position < 0 ? 'Nothing has been recorded yet.' : `Computed from the record up to store position ${report.position}`}
        {report.position >= 0 && (report.request.asOf === undefined ? '.' : `, as known on ${momentInWords(report.request.asOf)}.`)}
      </p>
      {report.parked !== undefined && report.parked.length > 0 && <Parked parked={report.parked} />}
    </details>
  )
}

/** Figures that are without something say so, and to whom it is to be told. */
function Parked({ parked }: { parked: readonly ParkedReason[] }) {
  const events = all(parked)
  return (
    <div role="note" aria-label="What is in no figure">
      <p>
        <strong>{events === 1 ? 'One event that was recorded could not be carried into the figures.' : `${events} events that were recorded could not be carried into the figures.`}</strong>{' '}
        Nothing is lost: {events === 1 ? 'it is' : 'they are'} in the record of {events === 1 ? 'its' : 'their'} case or school. Tell whoever runs this service:
      </p>
      <ul>
        {parked.map(({ reason, events: n }) => (
          <li key={reason}>
            {reason} ({n === 1 ? 'one event' : `${n} events`})
          </li>
        ))}
      </ul>
    </div>
  )
}

/** In one line, for a file: whose figures, of when, and what they were computed from. */
export function provenanceInWords({ title, request: { schools, from, to, asOf }, position, parked = [], names }: NamedReport): string {
  const whose = schools.length === 1 ? (names[schools[0]!] ?? 'One school') : `${schools.length} schools`
  const known = asOf === undefined ? '' : `, as known on ${momentInWords(asOf)}`
  const without = parked.length === 0 ? '' : `, without ${all(parked) === 1 ? 'one event' : `${all(parked)} events`} that could not be carried into the figures`
  return `${title}. ${whose}${periodInWords({ from, to })}${known}. Computed by Circumspect from the record up to store position ${position}${without}. What is reported is not all that happens.`
}

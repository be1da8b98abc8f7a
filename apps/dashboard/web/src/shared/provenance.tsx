import type { NamedReport } from './api'
import { momentInWords, periodInWords } from './labels'

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
    </details>
  )
}

/** In one line, for a file: whose figures, of when, and what they were computed from. */
export function provenanceInWords({ title, request: { schools, from, to, asOf }, position, names }: NamedReport): string {
  const whose = schools.length === 1 ? (names[schools[0]!] ?? 'One school') : `${schools.length} schools`
  const known = asOf === undefined ? '' : `, as known on ${momentInWords(asOf)}`
  return `${title}. ${whose}${periodInWords({ from, to })}${known}. Computed by Circumspect from the record up to store position ${position}. What is reported is not all that happens.`
}

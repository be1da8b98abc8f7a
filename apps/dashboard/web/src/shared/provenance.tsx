import type { NamedReport } from './api'
import { momentInWords } from './labels'

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

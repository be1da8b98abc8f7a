import { picturesForAnalysts, picturesOfAppraisal } from '../pictures/appraisals'
import { Draw } from '../pictures/draw'
import { useFindings, type NamedAppraisal } from '../shared/api'
import { FiguresTable } from '../shared/figures-table'
import type { Filters } from '../shared/filters'
import { byKind, KINDS } from '../shared/kinds'
import { Loaded } from '../shared/states'

/** What can be said of a report, in words first; how it was computed folded below. */
export function Findings({ report, filters, assumed }: { report: string; filters: Filters; assumed?: Readonly<Record<string, string>> }) {
  const findings = useFindings(report, filters, assumed)
  return (
    <Loaded query={{ ...findings, isPlaceholderData: false }} what="What can be said of these figures">
      {(data) => (data.findings.length === 0 ? null : <Said appraisal={data} filters={filters} />)}
    </Loaded>
  )
}

function Said({ appraisal, filters }: { appraisal: NamedAppraisal; filters: Filters }) {
  const { tables } = appraisal
  const findings = byKind(appraisal.findings)
  const pictures = picturesOfAppraisal(appraisal)
  return (
    <section className="findings" aria-label="What can be said">
      <h2>What can be said</h2>
      <ul>
        {findings.map(({ code, kind, text, caution }) => (
          <li key={code + text} className={kind}>
            <p className="kind">{KINDS[kind]}</p>
            <p>{text}</p>
            {caution !== '' && <p className="quiet">{caution}</p>}
          </li>
        ))}
      </ul>
      {pictures.map((picture) => (
        <Draw key={picture.title} picture={picture} />
      ))}
      <details>
        <summary>How this was computed, with its tables</summary>
        <ul>
          {[...new Set(findings.map(({ how }) => how).filter((how) => how !== ''))].map((how) => (
            <li key={how}>{how}</li>
          ))}
        </ul>
        {picturesForAnalysts(appraisal).map((picture) => (
          <Draw key={picture.title} picture={picture} />
        ))}
        {tables.map((table) => (
          <div key={table.name}>
            <h3>{table.title}</h3>
            <FiguresTable table={table} report={appraisal} filters={filters} />
          </div>
        ))}
        <p className="quiet">Computed from the record up to store position {appraisal.position}.</p>
      </details>
    </section>
  )
}

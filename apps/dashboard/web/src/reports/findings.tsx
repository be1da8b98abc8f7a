import { memo } from 'react'
import { picturesForAnalysts, picturesOfAppraisal } from '../pictures/appraisals'
import { Draw } from '../pictures/draw'
import { useFindingsAfter, type ChosenAppraisal } from '../shared/api'
import { FiguresTable } from '../shared/figures-table'
import { Folded } from '../shared/folded'
import type { Filters } from '../shared/filters'
import { byKind, KINDS } from '../shared/kinds'
import { Loaded } from '../shared/states'

interface Props {
  readonly report: string
  readonly filters: Filters
  readonly assumed?: Readonly<Record<string, string>>
  /** Whether the figures it is about are there. */
  readonly after: boolean
}

/** What can be said of a report, in words first; how it was computed folded below. */
export function Findings({ report, filters, assumed, after }: Props) {
  const findings = useFindingsAfter(after, report, filters, assumed)
  return (
    <Loaded query={findings} what="What can be said of these figures">
      {(data) => (data.findings.length === 0 ? null : <Said appraisal={data} />)}
    </Loaded>
  )
}

const Said = memo(function Said({ appraisal }: { appraisal: ChosenAppraisal }) {
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
      <Folded summary="How this was computed, with its tables">
        {() => (
          <>
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
                <FiguresTable table={table} report={appraisal} filters={appraisal.filters} />
              </div>
            ))}
            <p className="quiet">Computed from the record up to store position {appraisal.position}.</p>
          </>
        )}
      </Folded>
    </section>
  )
})

import './cases.css'
import { Button } from '@mantine/core'
import type { PrintedChronology } from '@circumspect/dashboard'
import { useEffect, useMemo } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { usePrinted } from '../shared/api'
import { HeadRow } from '../shared/head-row'
import { momentInWords } from '../shared/labels'
import { Loaded } from '../shared/states'
import { leftOutInWords, preparePrinted, shortOf, titleOf, type PrintedRow } from './printed'

/** `/cases/:id/chronology`: the serious incident chronology, for one child with the others masked, or of the whole case. */
export function ChronologyPage() {
  const { id } = useParams() as { id: string }
  const [params] = useSearchParams()
  const printed = usePrinted(id, params.get('for') ?? '')
  useEffect(() => {
    document.title = 'Serious incident chronology – Circumspect'
  }, [])
  return (
    <>
      <p className="no-print">
        <Link to={`/cases/${id}`}>Back to the case</Link>
      </p>
      <h1>Serious incident chronology</h1>
      <Loaded query={{ ...printed, isPlaceholderData: false }} what="The chronology">
        {(data) => <Printed chronology={data} />}
      </Loaded>
    </>
  )
}

function Printed({ chronology }: { chronology: PrintedChronology }) {
  const rows = useMemo(() => preparePrinted(chronology), [chronology])
  const { for: child, names, school, at } = chronology
  const about = `${names[school] ?? 'School'}. Case ${shortOf(chronology.case)}. ${titleOf(chronology)}. As of ${momentInWords(at)}.`
  return (
    <div className="printed">
      <p className="lead">{about}</p>
      {child !== null && (
        <p className="caution">
          <strong>Read it before you hand it out.</strong> No program knows every way in which a child can be recognised: by a nickname, a
          misspelt name, a place, a family, what happened. A word that is also a name of another child is replaced too.
        </p>
      )}
      <ul className="left-out">
        {leftOutInWords(chronology).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="no-print">
        <Button variant="default" onClick={() => window.print()}>Print</Button>
      </p>
      <div className="scroll" role="region" aria-label="The chronology" tabIndex={0}>
        <PrintedTable rows={rows} about={about} />
      </div>
      <p className="quiet">Confidential. Keep it with the child protection file. That it was opened to be printed is written down.</p>
    </div>
  )
}

const COLUMNS = ['Date and time', 'What happened', 'Action taken', 'By whom', 'Reference', 'Recorded']

function PrintedTable({ rows, about }: { rows: readonly PrintedRow[]; about: string }) {
  return (
    <table className="figures chronology-table">
      <thead>
        <tr className="running print-only" aria-hidden="true">
          <td colSpan={COLUMNS.length}>{about}</td>
        </tr>
        <HeadRow columns={COLUMNS} />
      </thead>
      <tbody>
        {rows.map(({ id, when, happened, done, by, reference, recorded }) => (
          <tr key={id}>
            <th scope="row">{when}</th>
            <Lines words={happened} />
            <Lines words={done} />
            <td>{by}</td>
            <Lines words={reference} />
            <Lines words={recorded} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Lines({ words }: { words: readonly string[] }) {
  return (
    <td>
      {words.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </td>
  )
}

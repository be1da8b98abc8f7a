import './cases.css'
import type { Chronology } from '@circumspect/dashboard'
import { useEffect, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { nowHere } from '../recording/now'
import { useChronology } from '../shared/api'
import { searchOf, useFilters } from '../shared/filters'
import { Loaded } from '../shared/states'
import { CaseHead } from './case-head'
import { CaseSections } from './case-sections'
import { CaseWaitingList } from './case-waiting'
import { prepareSections } from './sections'
import { prepareSummary } from './summary'
import { prepareTimeline } from './timeline'
import { Timeline } from './timeline-view'

/** `/cases/:id`: what matters of a case, then all of it day by day, then what it has come to. */
export function CasePage() {
  const { id } = useParams() as { id: string }
  const [filters] = useFilters()
  const chronology = useChronology(id)
  useEffect(() => {
    document.title = 'A case – Circumspect'
  }, [])
  return (
    <>
      <p className="no-print">
        <Link to={`/cases${searchOf(filters)}`}>Find another case or child</Link>
      </p>
      <h1>The case</h1>
      <Loaded query={{ ...chronology, isPlaceholderData: false }} what="The case">
        {(data) => <Case chronology={data} />}
      </Loaded>
    </>
  )
}

const PARTS = [
  ['waiting', 'What is waiting'],
  ['chronology', 'Chronology'],
  ['decisions', 'Decisions'],
  ['referrals', 'Referrals'],
  ['plans', 'Plans and reviews'],
  ['families', 'Families'],
  ['findings', 'Findings'],
] as const

function Case({ chronology }: { chronology: Chronology }) {
  const summary = useMemo(() => prepareSummary(chronology), [chronology])
  const days = useMemo(() => prepareTimeline(chronology), [chronology])
  const sections = useMemo(() => prepareSections(chronology, nowHere().date), [chronology])
  return (
    <div className="case">
      <CaseHead chronology={chronology} summary={summary} />
      <nav aria-label="On this page" className="on-this-page no-print">
        <ul>
          {PARTS.map(([id, words]) => (
            <li key={id}>
              <a href={`#${id}`}>{words}</a>
            </li>
          ))}
        </ul>
      </nav>
      <CaseWaitingList chronology={chronology} />
      <Timeline caseId={chronology.case} days={days} />
      <CaseSections sections={sections} />
      <p className="quiet">That you opened this case is written down.</p>
    </div>
  )
}

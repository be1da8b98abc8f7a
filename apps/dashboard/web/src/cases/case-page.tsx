import { useEffect, useMemo, useState } from 'react'
import { Checkbox } from '@mantine/core'
import type { Chronology } from '@circumspect/dashboard'
import { Link, useParams } from 'react-router'
import { useChronology } from '../shared/api'
import { searchOf, useFilters } from '../shared/filters'
import { Loaded } from '../shared/states'
import { prepareChronology, type EntryShown } from './prepare'

/** A case from its first telling on: what happened, what was said and done, in order. */
export function CasePage() {
  const { id } = useParams() as { id: string }
  const [filters] = useFilters()
  const chronology = useChronology(id)
  useEffect(() => {
    document.title = 'Chronology of a case – Circumspect'
  }, [])
  return (
    <>
      <p className="no-print">
        <Link to={`/${searchOf(filters)}`}>Overview</Link>
      </p>
      <h1>Chronology of a case</h1>
      <Loaded query={{ ...chronology, isPlaceholderData: false }} what="The case">
        {(data) => <Case chronology={data} />}
      </Loaded>
    </>
  )
}

function Case({ chronology }: { chronology: Chronology }) {
  const { children, entries } = useMemo(() => prepareChronology(chronology), [chronology])
  const [former, setFormer] = useState(false)
  const corrected = entries.filter((e) => e.state !== 'holds').length
  return (
    <>
      <p className="lead">
        {chronology.names[chronology.school] ?? 'School'}: {entries.length - corrected} {entries.length - corrected === 1 ? 'entry' : 'entries'}
        {corrected > 0 && `, and ${corrected} corrected or taken back`}.
      </p>
      <h2>Children involved</h2>
      <ul className="people">
        {children.map((child) => (
          <li key={child.name}>
            <strong>{child.name}</strong>
            {child.roles.length > 0 && ` – ${child.roles.join(', ')}`}
            {child.about !== '' && <span className="quiet"> ({child.about})</span>}
          </li>
        ))}
      </ul>
      <h2>What was recorded, in the order it happened</h2>
      {corrected > 0 && (
        <Checkbox
          className="no-print"
          label="Show what was corrected or taken back too"
          checked={former}
          onChange={(event) => setFormer(event.currentTarget.checked)}
        />
      )}
      <ol className="chronology">
        {entries
          .filter((entry) => former || entry.state === 'holds')
          .map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
      </ol>
      <p className="no-print">
        <Link to={`/cases/${chronology.case}/review`}>Review of circumstances</Link>
      </p>
      <p className="quiet">That you opened this case is written down.</p>
    </>
  )
}

const STATES = { holds: '', corrected: 'Corrected later', withdrawn: 'Taken back later' } as const

function Entry({ entry }: { entry: EntryShown }) {
  return (
    <li className={entry.state}>
      <p className="when">{entry.when}</p>
      <h3>
        {entry.title}
        {entry.state !== 'holds' && <span className="badge">{STATES[entry.state]}</span>}
      </h3>
      {entry.reason !== '' && <p className="quiet">Reason: {entry.reason}</p>}
      <dl>
        {entry.said.map(({ term, words }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

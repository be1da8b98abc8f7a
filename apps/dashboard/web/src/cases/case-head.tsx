import type { Chronology } from '@circumspect/dashboard'
import { Link } from 'react-router'
import type { CaseSummary } from './summary'

/** The top of a case: how it stands, who is in it, and where to go on. */
export function CaseHead({ chronology: { case: id, names }, summary: { lines, children } }: { chronology: Chronology; summary: CaseSummary }) {
  return (
    <>
      <p className="acts no-print">
        <Link className="act-link" to={`/cases/${id}/record`}>
          Record or correct something in this case
        </Link>
        <Link to={`/cases/${id}/review`}>Review of circumstances</Link>
      </p>
      <dl className="head-lines">
        {lines.map(({ term, words, alert }) => (
          <div key={term + words} className={alert ? 'alert' : undefined}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <h2>Children involved</h2>
      {children.length === 0 && <p>No child is named in this case yet.</p>}
      <ul className="people">
        {children.map((child) => (
          <li key={child.id}>
            <Link to={`/children/${child.id}`}>{child.name}</Link>
            {child.roles.length > 0 ? `: ${child.roles.join('; ')}` : ': named, in no role in an incident'}
            {child.about !== '' && <span className="quiet"> ({child.about})</span>}
          </li>
        ))}
      </ul>
      <p className="no-print">
        Print the chronology for:{' '}
        {children.map((child) => (
          <span key={child.id} className="choice">
            <Link to={`/cases/${id}/chronology?for=${child.id}`} aria-label={`Print the chronology for ${child.name}, the others masked`}>
              {names[child.id] ?? child.name}
            </Link>
          </span>
        ))}
        <span className="choice">
          <Link to={`/cases/${id}/chronology`} aria-label="Print the chronology of the whole case">
            the whole case
          </Link>
        </span>
      </p>
    </>
  )
}

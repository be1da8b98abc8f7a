import './find.css'
import { Link } from 'react-router'
import type { FoundLine, Waits } from './model'

/** Cases with who is involved in which role; each leads to its case, each child to the child's page, but for the one it is of. */
export function FoundList({ lines, of, waits }: { lines: readonly FoundLine[]; of?: string; waits?: ReadonlyMap<string, readonly Waits[]> }) {
  return (
    <ol className="found">
      {lines.map(({ case: id, told, school, what, where, state, children }) => (
        <li key={id}>
          <h3>
            <Link to={`/cases/${id}`}>
              Told {told}
              <span className="spoken">, {what}</span>
            </Link>{' '}
            <span className="badge">{state}</span>
          </h3>
          <p>
            {what}
            {where !== '' && `; ${where}`} <span className="quiet">{school}</span>
          </p>
          {children.length > 0 && (
            <ul className="people">
              {children.map((child) => (
                <li key={child.id}>
                  {child.id === of ? <strong>{child.name}</strong> : <Link to={`/children/${child.id}`}>{child.name}</Link>}: {child.roles}
                </li>
              ))}
            </ul>
          )}
          {(waits?.get(id) ?? []).map(({ what, due, overdue, act, to }) => (
            <p key={what + due} className="waits">
              Waiting: {what.charAt(0).toLowerCase() + what.slice(1)}, {due}
              {overdue && <span className="badge">overdue</span>}{' '}
              <Link className="no-print" to={to} aria-label={`${act}, in the case told ${told}`}>
                {act}
              </Link>
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}

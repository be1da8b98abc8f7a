import './find.css'
import { Link } from 'react-router'
import type { FoundLine } from './model'

/** Cases with who is involved in which role; each leads to its case, each child to the child's page, but for the one it is of. */
export function FoundList({ lines, of }: { lines: readonly FoundLine[]; of?: string }) {
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
        </li>
      ))}
    </ol>
  )
}

import type { Chronology } from '@circumspect/dashboard'
import { Link } from 'react-router'
import { useCaseWaiting } from '../shared/api'
import { Loaded } from '../shared/states'
import { prepareWaiting } from './waiting'

/** What waits in this case, each with the form that does it. */
export function CaseWaitingList({ chronology: { case: id, revision, names } }: { chronology: Chronology }) {
  const waiting = useCaseWaiting(id, revision)
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">What is waiting</h2>
      <Loaded query={{ ...waiting, isPlaceholderData: false }} what="What is waiting in this case">
        {(data) => {
          const lines = prepareWaiting(data, names)
          return (
            <>
              {!data.upToDate && (
                <p role="status" className="quiet">
                  What was just recorded is on its way here …
                </p>
              )}
              {lines.length === 0 ? (
                <p>Nothing in this case waits for somebody, by what is recorded.</p>
              ) : (
                <ul className="case-waiting">
                  {lines.map(({ key, what, about, due, overdue, act, to }) => (
                    <li key={key}>
                      <span>
                        {what}
                        {about !== '' && (
                          <>
                            : <strong>{about}</strong>
                          </>
                        )}
                      </span>
                      <span>
                        {due}
                        {overdue && <span className="badge">overdue</span>}
                      </span>
                      <Link className="no-print" to={to} aria-label={about === '' ? act : `${act}: ${about}`}>
                        {act}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

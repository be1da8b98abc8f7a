import { WITHDRAWAL } from '@circumspect/domain'
import type { ChronologyEntry } from '@circumspect/dashboard'
import { Link, useParams } from 'react-router'
import { dayInWords, momentInWords } from '../shared/labels'
import { GROUPS, nextSteps } from './model/menu'
import { taskOf } from './model/tasks'
import { Page, WithCase } from './pages'

/** `/cases/:id/record`: what can be recorded next. */
export function MenuPage() {
  const { id } = useParams() as { id: string }
  const link = (type: string) => (
    <li key={type}>
      <Link to={`/cases/${id}/record/${type}`}>{taskOf(type)}</Link>
    </li>
  )
  return (
    <Page title="What is to be recorded?">
      <p>
        <Link to={`/cases/${id}`}>Back to the case</Link>
      </p>
      <WithCase id={id}>
        {({ chronology, drafts }) => {
          const next = nextSteps(chronology.entries.filter((e) => e.state === 'holds'))
          const mine = drafts.filter((d) => d.case === id)
          return (
            <>
              {mine.length > 0 && (
                <section aria-labelledby="drafts">
                  <h2 id="drafts">Begun and not yet recorded</h2>
                  <ul className="steps">
                    {mine.map(({ id: draft, savedAt, content: { type, corrects } }) => (
                      <li key={draft}>
                        <Link to={corrects === undefined ? `/cases/${id}/record/${type}` : `/cases/${id}/entries/${corrects}/correct`}>
                          {taskOf(type)}
                        </Link>{' '}
                        <span className="quiet">saved {momentInWords(savedAt)}</span>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <section aria-labelledby="next">
                <h2 id="next">What usually comes next</h2>
                <p className="quiet">Worked out from what stands on record. What this case needs is for you to judge.</p>
                <ul className="steps next">{next.map(link)}</ul>
              </section>
              <div className="groups">
                {GROUPS.map(({ title, types }) => (
                  <section key={title} aria-label={title}>
                    <h2>{title}</h2>
                    <ul className="steps">{types.map(link)}</ul>
                  </section>
                ))}
              </div>
              <Standing id={id} entries={chronology.entries.filter((e) => e.state === 'holds')} />
            </>
          )
        }}
      </WithCase>
    </Page>
  )
}

/** What stands on record, each entry to be corrected or taken back. */
function Standing({ id, entries }: { id: string; entries: readonly ChronologyEntry[] }) {
  return (
    <section aria-labelledby="standing">
      <h2 id="standing">Correct or take back what is mistaken</h2>
      <ul className="steps">
        {entries.map((entry) => {
          const said = `${entry.title}, ${dayInWords(entry.occurredAt.date)}`
          const to = `/cases/${id}/entries/${entry.id}`
          return (
            <li key={entry.id}>
              {said}:{' '}
              {entry.type !== WITHDRAWAL && (
                <>
                  <Link to={`${to}/correct`} aria-label={`Correct: ${said}`}>
                    Correct
                  </Link>
                  {' · '}
                </>
              )}
              <Link to={`${to}/withdraw`} aria-label={`Take back: ${said}`}>
                Take back
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

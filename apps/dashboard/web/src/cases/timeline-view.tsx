import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Change, DayShown, EntryShown } from './timeline'
import type { Said } from './words/say'

/** A case day by day. What an entry said before it was changed is under a heading of its own, one click away. */
export function Timeline({ caseId, days }: { caseId: string; days: readonly DayShown[] }) {
  const [open, setOpen] = useState(false)
  const entries = days.flatMap((day) => day.entries)
  const changed = entries.filter((entry) => entry.changes.length > 0).length
  const standing = entries.filter((entry) => entry.holds).length
  return (
    <section aria-labelledby="chronology">
      <h2 id="chronology">Chronology</h2>
      <p>
        {standing === 1 ? '1 entry stands' : `${standing} entries stand`}
        {standing < entries.length && `, ${entries.length - standing} taken back`}, in the order in which things happened.
      </p>
      {changed > 0 && (
        <Checkbox
          className="no-print"
          label={`Open every former version (${changed === 1 ? '1 entry was' : `${changed} entries were`} changed)`}
          checked={open}
          onChange={(event) => setOpen(event.currentTarget.checked)}
        />
      )}
      <ol className="days">
        {days.map(({ day, entries }, i) => (
          <li key={`${day} ${i}`}>
            <h3>{day}</h3>
            <ol className="entries">
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} caseId={caseId} open={open} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry: { id, time, sentence, said, holds, changes, recorded }, caseId, open }: { entry: EntryShown; caseId: string; open: boolean }) {
  const to = `/cases/${caseId}/entries/${id}`
  return (
    <li className={holds ? undefined : 'taken-back'}>
      {time !== '' && <p className="when">{time}</p>}
      <h4>{holds ? sentence : 'An entry was taken back'}</h4>
      {changes.map((change, i) => (
        <Changed key={i} change={change} open={open} />
      ))}
      {holds ? (
        <Fields said={said} />
      ) : (
        <details open={open || undefined}>
          <summary>What was taken back</summary>
          <p>{sentence}</p>
          <Fields said={said} />
        </details>
      )}
      <p className="quiet recorded-when">
        Recorded {recorded}
        {holds && (
          <span className="no-print">
            {' · '}
            <Link to={`${to}/correct`} aria-label={`Correct: ${sentence}`}>
              Correct
            </Link>
            {' · '}
            <Link to={`${to}/withdraw`} aria-label={`Take back: ${sentence}`}>
              Take back
            </Link>
          </span>
        )}
      </p>
    </li>
  )
}

const DONE = { corrected: 'Corrected', withdrawn: 'Taken back', restored: 'Put back' } as const
/** `because …` as it was written; a full stop is not said twice. */
const inWords = ({ kind, on, because }: Change): string => `${DONE[kind]} on ${on}${because === '' ? '' : `, because: ${because.replace(/\.$/, '')}`}.`

function Changed({ change, open }: { change: Change; open: boolean }) {
  const { former } = change
  if (former === undefined) return <p className="change">{inWords(change)}</p>
  return (
    <details className="change" open={open || undefined}>
      <summary>
        {inWords(change)} <span className="show">What it said before</span>
      </summary>
      <div className="former">
        <p>
          {former.when}: {former.sentence}
        </p>
        <Fields said={former.said} />
      </div>
    </details>
  )
}

export function Fields({ said }: { said: readonly Said[] }) {
  if (said.length === 0) return null
  return (
    <dl className="fields">
      {said.map(({ term, words, long }) => (
        <div key={term} className={long ? 'long' : undefined}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

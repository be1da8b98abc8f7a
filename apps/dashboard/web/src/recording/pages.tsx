import './recording.css'
import { definitionsFor, WITHDRAWAL } from '@circumspect/domain'
import type { Chronology, ChronologyEntry, SchoolName } from '@circumspect/dashboard'
import { useEffect, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useChronology, useSchools } from '../shared/api'
import { Loaded } from '../shared/states'
import type { Begun, DraftKept } from './api'
import { known, type Values } from './model/values'
import { fieldsOf } from './model/fields-of'
import { taskOf } from './model/tasks'
import { RecordForm } from './record-form'
import { blank, correcting, useDrafts, useStart } from './use-start'

export function Page({ title, caseId, children }: { title: string; caseId?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Circumspect`
  }, [title])
  return (
    <div className="recording">
      {caseId !== undefined && (
        <p className="no-print">
          <Link to={`/cases/${caseId}`}>The case</Link> · <Link to={`/cases/${caseId}/record`}>What else can be recorded</Link>
        </p>
      )}
      <h1>{title}</h1>
      {children}
    </div>
  )
}

const settled = <T,>(query: { data: T; error: Error | null; refetch: () => unknown }) => ({ ...query, isPlaceholderData: false })

interface Known {
  readonly chronology: Chronology
  readonly schools: readonly SchoolName[]
  readonly drafts: readonly DraftKept[]
}

/** Waits for the case, the schools and the drafts. */
export function WithCase({ id, children }: { id: string; children: (known: Known) => ReactNode }) {
  const [chronology, schools, drafts] = [useChronology(id), useSchools(), useDrafts()]
  return (
    <Loaded query={settled(chronology)} what="The case">
      {(c) => (
        <Loaded query={settled(schools)} what="The schools">
          {(s) => (
            <Loaded query={settled(drafts)} what="Your drafts">
              {(d) => children({ chronology: c, schools: s, drafts: d })}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

const OF_CASE = new Set(definitionsFor('case').map((d) => d.type))

/** `/cases/:id/record/:type` */
export function RecordPage() {
  const { id, type } = useParams() as { id: string; type: string }
  if (!OF_CASE.has(type) || type === WITHDRAWAL)
    return (
      <Page title="There is no such record" caseId={id}>
        <p>Choose what to record from the list.</p>
      </Page>
    )
  return (
    <Page title={taskOf(type)} caseId={id}>
      <WithCase id={id} key={type}>
        {(known) => <NewRecord {...known} type={type} />}
      </WithCase>
    </Page>
  )
}

function NewRecord({ chronology, schools, drafts, type }: Known & { type: string }) {
  const mine = (d: DraftKept) => d.case === chronology.case && d.content.type === type && d.content.corrects === undefined
  const { start, again } = useStart(
    () => drafts.find(mine),
    () => ({ caseId: chronology.case, begun: blank(type, chronology) }),
  )
  return <RecordForm key={start.draft} start={start} chronology={chronology} schools={schools} again={again} />
}

/** What an entry is by now, where it cannot be corrected or taken back. */
export function NotAsItWas({ entry, id }: { entry: ChronologyEntry | undefined; id: string }) {
  const words =
    entry === undefined
      ? 'There is no such entry in this case.'
      : entry.state === 'corrected'
        ? 'This entry has been corrected already. Open the entry that stands now from the case.'
        : 'This entry has been taken back.'
  return (
    <p>
      {words} <Link to={`/cases/${id}`}>Back to the case</Link>
    </p>
  )
}

/** `/cases/:id/entries/:event/correct` */
export function CorrectPage() {
  const { id, event } = useParams() as { id: string; event: string }
  return (
    <Page title="Correct an entry" caseId={id}>
      <WithCase id={id}>
        {(known) => {
          const entry = known.chronology.entries.find((e) => e.id === event)
          return entry?.state === 'holds' && entry.type !== WITHDRAWAL ? (
            <Correction {...known} entry={entry} />
          ) : (
            <NotAsItWas entry={entry} id={id} />
          )
        }}
      </WithCase>
    </Page>
  )
}

function Correction({ chronology, schools, drafts, entry }: Known & { entry: ChronologyEntry }) {
  const { start, again } = useStart(
    () => drafts.find((d) => d.case === chronology.case && d.content.corrects === entry.id),
    () => {
      const data = known(fieldsOf(entry.type), entry.data as Values)
      return { caseId: chronology.case, begun: correcting(entry.type, entry.occurredAt as Begun['occurredAt'], data, entry.id) }
    },
  )
  return (
    <>
      <p className="lead">{entry.title}. Change what is mistaken and say why; the entry as it was stays in the record.</p>
      <RecordForm key={start.draft} start={start} chronology={chronology} schools={schools} again={again} />
    </>
  )
}

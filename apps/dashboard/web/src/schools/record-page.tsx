import '../recording/recording.css'
import type { SchoolName } from '@circumspect/dashboard'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { recordOfSchool, registerSchool, type DraftKept } from '../recording/api'
import { taskOf } from '../recording/model/tasks'
import { RecordForm } from '../recording/record-form'
import { blank, useDrafts, useStart } from '../recording/use-start'
import { useSchools } from '../shared/api'
import { Loaded } from '../shared/states'
import { FACTS, REGISTER, thingsOfSchool } from './facts'

/** `/schools/register` */
export function RegisterPage() {
  return <Recording type={REGISTER} />
}

/** `/schools/:id/record/:type` */
export function RecordOfSchoolPage() {
  const { id, type } = useParams() as { id: string; type: string }
  if (FACTS.includes(type as (typeof FACTS)[number])) return <Recording key={`${id} ${type}`} school={id} type={type} />
  return (
    <Frame title="There is no such record">
      <p>Choose what to record from the list.</p>
    </Frame>
  )
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Circumspect`
  }, [title])
  return (
    <div className="recording">
      <p className="no-print">
        <Link to="/schools">Schools and places</Link>
      </p>
      <h1>{title}</h1>
      {children}
    </div>
  )
}

function Recording({ school, type }: { school?: string; type: string }) {
  const [schools, drafts] = [useSchools(), useDrafts()]
  return (
    <Frame title={taskOf(type)}>
      <Loaded query={{ ...schools, isPlaceholderData: false }} what="The schools">
        {(all) => (
          <Loaded query={{ ...drafts, isPlaceholderData: false }} what="Your drafts">
            {(kept) => {
              const one = all.find(({ id }) => id === school)
              if (school !== undefined && !one) return <p>There is no such school.</p>
              return <Form {...(one && { school: one })} type={type} schools={all} drafts={kept} />
            }}
          </Loaded>
        )}
      </Loaded>
    </Frame>
  )
}

interface FormProps {
  readonly school?: SchoolName
  readonly type: string
  readonly schools: readonly SchoolName[]
  readonly drafts: readonly DraftKept[]
}

function Form({ school, type, schools, drafts }: FormProps) {
  const [newTrust] = useState(() => crypto.randomUUID())
  const { start, again } = useStart(
    () => drafts.find((draft) => draft.content.type === type && (school === undefined || draft.case === school.id)),
    () => ({ caseId: school?.id ?? crypto.randomUUID(), begun: blank(type) }),
  )
  const id = start.caseId
  const elsewhere = useMemo(
    () => ({
      send: (command: unknown) => (type === REGISTER ? registerSchool(id, command) : recordOfSchool(id, command)),
      then: '/schools',
      things: thingsOfSchool(schools, id, newTrust),
    }),
    [id, type, schools, newTrust],
  )
  return (
    <>
      {school && <p className="lead">{school.name}</p>}
      <RecordForm key={start.draft} start={start} elsewhere={elsewhere} schools={schools} again={again} />
    </>
  )
}

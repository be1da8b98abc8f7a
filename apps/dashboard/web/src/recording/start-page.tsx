import { NativeSelect, Radio } from '@mantine/core'
import type { SchoolName } from '@circumspect/dashboard'
import { useState } from 'react'
import { Link } from 'react-router'
import { REGISTERING } from '../people/only'
import { useRegisters } from '../people/use-me'
import { useSchools } from '../shared/api'
import { Loaded } from '../shared/states'
import type { DraftKept } from './api'
import { Page } from './pages'
import { RecordForm } from './record-form'
import { blank, useDrafts, useStart } from './use-start'

/** `/record`: a case begins with what a child told, or with what somebody noticed. */
export function StartPage() {
  const [schools, drafts] = [useSchools(), useDrafts()]
  const registers = useRegisters()
  return (
    <Page title="Record a concern">
      <Loaded query={{ ...schools, isPlaceholderData: false }} what="The schools">
        {(s) => (
          <Loaded query={{ ...drafts, isPlaceholderData: false }} what="Your drafts">
            {(d) =>
              s.length === 0 ? (
                <p>
                  No school is registered yet. A case is filed at a school
                  {registers ? (
                    <>
                      : <Link to="/schools/register">register one first</Link>.
                    </>
                  ) : (
                    `. ${REGISTERING}`
                  )}
                </p>
              ) : (
                <Choose schools={s} drafts={d} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

const FIRST = [
  ['disclosure-made', 'Somebody told: a child, a parent, an agency (a disclosure)'],
  ['concern-noticed', 'Somebody noticed something (a concern)'],
] as const

function Choose({ schools, drafts }: { schools: readonly SchoolName[]; drafts: readonly DraftKept[] }) {
  const [found, setFound] = useState(() => drafts.find((d) => d.content.school !== undefined))
  const [type, setType] = useState<string | undefined>(found?.content.type)
  const [school, setSchool] = useState(found?.content.school ?? (schools.length === 1 ? schools[0]!.id : ''))
  return (
    <>
      <p className="lead">
        If a child is in danger now, act first. Then write down what was said or seen. It becomes a case, which the designated safeguarding
        lead takes up.
      </p>
      <div className="record">
        {schools.length > 1 && (
          <NativeSelect
            className="question"
            label="At which school?"
            value={school}
            data={[{ value: '', label: 'Choose …' }, ...schools.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(event) => setSchool(event.currentTarget.value)}
          />
        )}
        <fieldset className="question">
          <legend>How did it come to be known?</legend>
          {FIRST.map(([value, label]) => (
            <Radio key={value} name="first" label={label} checked={type === value} onChange={() => setType(value)} />
          ))}
        </fieldset>
      </div>
      {type !== undefined && school !== '' && (
        <First
          key={`${type} ${school}`}
          type={type}
          school={school}
          schools={schools}
          found={found?.content.type === type && found.content.school === school ? found : undefined}
          again={() => setFound(undefined)}
        />
      )}
    </>
  )
}

interface FirstProps {
  readonly type: string
  readonly school: string
  readonly schools: readonly SchoolName[]
  readonly found: DraftKept | undefined
  readonly again: () => void
}

function First({ type, school, schools, found, again }: FirstProps) {
  const { start, again: anew } = useStart(
    () => found,
    () => ({ caseId: crypto.randomUUID(), begun: { ...blank(type), school } }),
  )
  const startAgain = () => {
    again()
    anew()
  }
  return <RecordForm key={start.draft} start={start} schools={schools} again={startAgain} />
}

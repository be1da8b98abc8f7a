import { Button, NativeSelect, TextInput } from '@mantine/core'
import { BEHAVIOURS, YEAR_GROUPS } from '@circumspect/domain'
import type { NamedCasesFound } from '@circumspect/dashboard'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { codeLabel } from '../recording/model/words'
import { post, useSchools, type School } from '../shared/api'
import { DateField } from '../shared/date-field'
import { label } from '../shared/labels'
import { FirstSteps, Loaded } from '../shared/states'
import { useAddress } from '../shared/use-address'
import { FoundList } from './found-list'
import { bodyOf, IN_ADDRESS, lineOf, STATE_WORDS, type ByName, type Sought } from './model'

const PAGE = 50
const NOBODY: ByName = { name: '', upn: '' }

/** `/cases`: cases by what is known of them. What is looked for by name is asked for once, and kept nowhere. */
export function FindPage() {
  const schools = useSchools()
  useEffect(() => {
    document.title = 'Find a case – Circumspect'
  }, [])
  return (
    <>
      <h1>Find a case or a child</h1>
      <Loaded query={schools} what="The schools">
        {(all) => (all.length === 0 ? <FirstSteps /> : <Find schools={all} />)}
      </Loaded>
    </>
  )
}

function Find({ schools }: { schools: readonly School[] }) {
  const [params, changeAddress] = useAddress()
  const sought = Object.fromEntries(IN_ADDRESS.map((key) => [key, params.get(key) ?? ''])) as Sought
  const [person, setPerson] = useState(NOBODY)
  const [typed, setTyped] = useState(NOBODY)
  const [offset, setOffset] = useState(0)
  const change = (next: Partial<Sought>) => {
    setOffset(0)
    changeAddress(next)
  }
  const look = (event: FormEvent) => {
    event.preventDefault()
    setOffset(0)
    setPerson(typed)
  }
  const forget = () => {
    setTyped(NOBODY)
    setPerson(NOBODY)
    setOffset(0)
    changeAddress(Object.fromEntries(IN_ADDRESS.map((key) => [key, ''])))
  }
  const found = useQuery({
    queryKey: ['find', sought, person, offset],
    queryFn: ({ signal }) => post<NamedCasesFound>('/api/find', bodyOf(sought, person, offset), signal),
    placeholderData: keepPreviousData,
    // Names are not kept in the page’s memory for longer than they are shown.
    gcTime: 0,
  })
  return (
    <>
      <form className="filters no-print" aria-label="What to look for" onSubmit={look}>
        <TextInput
          label="Name of a child"
          description="the beginning of each name will do"
          value={typed.name}
          autoComplete="off"
          onChange={(e) => setTyped({ ...typed, name: e.currentTarget.value })}
        />
        <TextInput label="UPN" value={typed.upn} autoComplete="off" onChange={(e) => setTyped({ ...typed, upn: e.currentTarget.value })} />
        <Button type="submit">Find</Button>
        <Choices schools={schools} sought={sought} change={change} />
        <Button variant="default" onClick={forget}>
          Start again
        </Button>
      </form>
      <Loaded query={found} what="What was found">
        {(data) => <Found data={data} offset={offset} go={setOffset} />}
      </Loaded>
    </>
  )
}

interface ChoicesProps {
  readonly schools: readonly School[]
  readonly sought: Sought
  readonly change: (next: Partial<Sought>) => void
}

function Choices({ schools, sought, change }: ChoicesProps) {
  const places = schools
    .filter(({ id }) => sought.school === '' || id === sought.school)
    .flatMap((school) => school.places.map((place) => ({ ...place, school: school.name })))
  const several = sought.school === '' && schools.length > 1
  const any = (words: string) => ({ value: '', label: words })
  return (
    <>
      {schools.length > 1 && (
        <NativeSelect
          label="School"
          value={sought.school}
          data={[any(`All ${schools.length} schools`), ...schools.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(e) => change({ school: e.currentTarget.value, place: '' })}
        />
      )}
      <NativeSelect
        label="Place"
        value={sought.place}
        data={[any('Any'), ...places.map(({ id, name, school }) => ({ value: id, label: several ? `${name} (${school})` : name }))]}
        onChange={(e) => change({ place: e.currentTarget.value })}
      />
      <NativeSelect
        label="Behaviour"
        value={sought.behaviour}
        data={[any('Any'), ...BEHAVIOURS.map((value) => ({ value, label: label(value) }))]}
        onChange={(e) => change({ behaviour: e.currentTarget.value })}
      />
      <NativeSelect
        label="Year group"
        value={sought.yearGroup}
        data={[any('Any'), ...YEAR_GROUPS.map((value) => ({ value, label: codeLabel('yearGroup', value) }))]}
        onChange={(e) => change({ yearGroup: e.currentTarget.value })}
      />
      <NativeSelect
        label="State"
        value={sought.state}
        data={[any('Any'), ...Object.entries(STATE_WORDS).map(([value, words]) => ({ value, label: words }))]}
        onChange={(e) => change({ state: e.currentTarget.value })}
      />
      <DateField label="Told from" description="first day" value={sought.from} max={sought.to || undefined} onChange={(from) => change({ from })} />
      <DateField label="Told to" description="last day" value={sought.to} min={sought.from || undefined} onChange={(to) => change({ to })} />
    </>
  )
}

function Found({
  data: { cases, names, total, tooMany },
  offset,
  go,
}: {
  data: NamedCasesFound
  offset: number
  go: (offset: number) => void
}) {
  const [first, last] = [offset + 1, offset + cases.length]
  return (
    <section aria-labelledby="found">
      <h2 id="found">{total === 0 ? 'No case was found' : total === 1 ? '1 case' : `${total.toLocaleString('en-GB')} cases`}</h2>
      {total === 0 && (
        <p>
          Try less: the beginning of a name, a longer time, any place. A child who is in no case is not found here. To write down something
          new, <Link to="/record">record a concern</Link>.
        </p>
      )}
      {tooMany && <p>Many children have such a name: not all of them were looked for. Give more of it.</p>}
      {total > cases.length && (
        <p role="status">
          {first} to {last} are shown, the last told first.
        </p>
      )}
      <FoundList lines={cases.map((one) => lineOf(one, names))} />
      {total > cases.length && (
        <p className="no-print">
          <Button variant="default" disabled={offset === 0} onClick={() => go(Math.max(0, offset - PAGE))}>
            The {PAGE} before
          </Button>{' '}
          <Button variant="default" disabled={last >= total} onClick={() => go(offset + PAGE)}>
            The next {PAGE}
          </Button>
        </p>
      )}
    </section>
  )
}

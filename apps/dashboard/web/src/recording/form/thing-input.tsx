import { Checkbox, NativeSelect } from '@mantine/core'
import { Link } from 'react-router'
import type { Field } from '../model/field'
import { taskOf } from '../model/tasks'
import { makerOf } from '../model/things'
import { valueAt } from '../model/values'
import { idOf, useFilling } from './context'
import { Question } from './question'

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>

/** "Of none of ours" in a list of ids. */
const NONE = 'none'

/** One thing that is on record already. */
export function ThingInput({ field, path, chosen }: { field: Of<'thing'>; path: string; chosen?: (id: string | undefined) => void }) {
  const { values, things, set, wrong, type, caseId } = useFilling()
  const options = things[field.of] ?? []
  const value = valueAt(values, path) as string | null | undefined
  const makes = makerOf(field.of, type)
  if (options.length === 0 && makes !== undefined && !field.optional)
    return (
      <Question path={path} legend={field.label} wrong={wrong.get(path)}>
        <p>
          None is on record yet. <Link to={`/${makes === 'place-named' ? 'schools' : 'cases'}/${caseId}/record/${makes}`}>{taskOf(makes)}</Link> first.
        </p>
      </Question>
    )
  const data = [
    { value: '', label: field.optional ? 'None' : 'Choose …' },
    ...options,
    ...(field.noneOf ? [{ value: NONE, label: 'Of none of these' }] : []),
  ]
  return (
    <NativeSelect
      id={idOf(path)}
      className="question"
      label={field.optional ? `${field.label} (optional)` : field.label}
      description={field.help}
      error={wrong.get(path)}
      value={value === null ? NONE : (value ?? '')}
      data={data}
      onChange={({ currentTarget: { value: id } }) => {
        set(path, id === NONE ? null : id || undefined)
        chosen?.(id || undefined)
      }}
    />
  )
}

/** Any number of things that are on record already. */
export function ThingsInput({ field, path }: { field: Of<'things'>; path: string }) {
  const { values, things, set, wrong } = useFilling()
  const options = things[field.of] ?? []
  const chosen = (valueAt(values, path) ?? []) as string[]
  const toggled = (id: string) => (chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  return (
    <Question path={path} legend={field.label} help={field.help} wrong={wrong.get(path)}>
      {options.length === 0 && <p className="quiet">There is none to choose from yet.</p>}
      <div className="boxes">
        {options.map(({ value, label }) => (
          <Checkbox key={value} label={label} checked={chosen.includes(value)} onChange={() => set(path, toggled(value))} />
        ))}
      </div>
    </Question>
  )
}

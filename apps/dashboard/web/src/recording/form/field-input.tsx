import { Button, Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { DateField } from '../../shared/date-field'
import { TimeField } from '../../shared/time-field'
import type { Field, Option } from '../model/field'
import { opening, valueAt, type Values } from '../model/values'
import { ChildInput } from './child-input'
import { idOf, useFilling } from './context'
import { PlaceInput } from './place-input'
import { Question } from './question'
import { RiskMatrix } from './risk-matrix'
import { ThingInput, ThingsInput } from './thing-input'

interface Props<F extends Field = Field> {
  readonly field: F
  readonly path: string
}
type Of<K extends Field['kind']> = Extract<Field, { kind: K }>

const FEW = 7
export const legendOf = ({ label, optional, fallback }: Field): string =>
  optional && fallback === undefined ? `${label} (optional)` : label

/** All fields of a group, one below the other. */
export function Fields({ fields, path }: { fields: readonly Field[]; path: string }) {
  return fields.map((field) => <FieldInput key={field.key} field={field} path={`${path}.${field.key}`} />)
}

/** One field, asked for as its kind wants. */
export function FieldInput({ field, path }: Props) {
  switch (field.kind) {
    case 'made':
      return null
    case 'choice':
      return <ChoiceInput field={field} path={path} />
    case 'choices':
      return <ChoicesInput field={field} path={path} />
    case 'flag':
      return <FlagInput field={field} path={path} />
    case 'number':
    case 'date':
    case 'time':
    case 'text':
      return <WordsInput field={field} path={path} />
    case 'thing':
      if (field.of === 'child') return <ChildInput field={field} path={path} />
      return field.of === 'place' ? <PlaceInput field={field} path={path} /> : <ThingInput field={field} path={path} />
    case 'things':
      return <ThingsInput field={field} path={path} />
    case 'dates':
      return <DatesInput field={field} path={path} />
    case 'group':
      return <GroupInput field={field} path={path} />
    case 'list':
      return <ListInput field={field} path={path} />
    case 'union':
      return <UnionInput field={field} path={path} />
  }
}

/** Choices of one family under its name, as `sexual-violence.rape`. */
function families(options: readonly Option[]): (Option | { group: string; items: Option[] })[] {
  const groups = new Map<string, Option[]>()
  for (const option of options) {
    const family = option.value.includes('.') ? option.label.split(':')[0]! : ''
    groups.set(family, [...(groups.get(family) ?? []), option])
  }
  return [...groups].flatMap(([group, items]): (Option | { group: string; items: Option[] })[] => (group === '' ? items : [{ group, items }]))
}

function ChoiceInput({ field, path }: Props<Of<'choice'>>) {
  const { values, set, wrong, type } = useFilling()
  const value = (valueAt(values, path) as string | number | undefined)?.toString()
  const choose = (chosen: string) => set(path, chosen === '' ? undefined : field.numbers ? Number(chosen) : chosen)
  if (type === 'incident-recorded' && (field.key === 'setting' || field.key === 'locationKind') && values.data.place !== undefined)
    return null
  if (field.options.length > FEW)
    return (
      <NativeSelect
        id={idOf(path)}
        className="question"
        label={legendOf(field)}
        description={field.help}
        error={wrong.get(path)}
        value={value ?? ''}
        data={[{ value: '', label: field.optional ? 'Not said' : 'Choose …' }, ...families(field.options)]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    )
  const options = field.optional && field.fallback === undefined ? [...field.options, { value: '', label: 'Not said' }] : field.options
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      {options.map((option) => (
        <Radio
          key={option.value}
          name={path}
          label={option.label}
          checked={(value ?? (field.optional ? '' : undefined)) === option.value}
          onChange={() => choose(option.value)}
        />
      ))}
    </Question>
  )
}

function ChoicesInput({ field, path }: Props<Of<'choices'>>) {
  const { values, set, wrong } = useFilling()
  const chosen = ((valueAt(values, path) ?? []) as (string | number)[]).map(String)
  const choose = (next: string[]) => set(path, field.numbers ? next.map(Number).sort((a, b) => a - b) : next)
  const boxes = field.options.map(({ value, label }) => (
    <Checkbox
      key={value}
      label={label}
      checked={chosen.includes(value)}
      onChange={() => choose(chosen.includes(value) ? chosen.filter((c) => c !== value) : [...chosen, value])}
    />
  ))
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      {field.options.length > FEW && field.least === 0 ? (
        <details open={chosen.length > 0}>
          <summary>{chosen.length === 0 ? 'None chosen: choose …' : `${chosen.length} chosen`}</summary>
          <div className="boxes">{boxes}</div>
        </details>
      ) : (
        <div className="boxes">{boxes}</div>
      )}
    </Question>
  )
}

function FlagInput({ field, path }: Props<Of<'flag'>>) {
  const { values, set, wrong } = useFilling()
  const value = valueAt(values, path)
  const options: [boolean | undefined, string][] = [
    [true, 'Yes'],
    [false, 'No'],
  ]
  if (field.optional && field.fallback === undefined) options.push([undefined, 'Not said'])
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      <div className="row">
        {options.map(([answer, words]) => (
          <Radio
            key={words}
            name={path}
            label={words}
            checked={value === answer && (answer !== undefined || field.optional)}
            onChange={() => set(path, answer)}
          />
        ))}
      </div>
    </Question>
  )
}

const LONG = 500

function WordsInput({ field, path }: Props<Of<'number' | 'date' | 'time' | 'text'>>) {
  const { values, set, wrong } = useFilling()
  const value = valueAt(values, path)
  const common = { id: idOf(path), className: 'question', label: legendOf(field), description: field.help, error: wrong.get(path) }
  if (field.kind === 'number')
    return (
      <TextInput
        {...common}
        description={field.help || `${field.min} to ${field.max} ${field.unit}`}
        inputMode="numeric"
        data-short
        value={value === undefined ? '' : String(value as string | number)}
        onChange={(event) => set(path, numberOf(event.currentTarget.value))}
      />
    )
  const typed = { ...common, value: (value ?? '') as string, onChange: (words: string) => set(path, words || undefined) }
  if (field.kind === 'date') return <DateField {...typed} unreadIsKept />
  if (field.kind === 'time') return <TimeField {...typed} />
  const text = { ...typed, maxLength: field.max }
  const change = (event: { currentTarget: { value: string } }) => set(path, event.currentTarget.value || undefined)
  return field.max <= LONG ? (
    <TextInput {...text} onChange={change} autoComplete="off" />
  ) : (
    <Textarea {...text} onChange={change} autosize minRows={3} maxRows={20} />
  )
}

/** What is not a number stays as it was typed, to be refused beside its field. */
const numberOf = (typed: string): number | string | undefined =>
  typed.trim() === '' ? undefined : /^\d+$/.test(typed.trim()) ? Number(typed) : typed

function GroupInput({ field, path }: Props<Of<'group'>>) {
  const { values, set, wrong } = useFilling()
  const there = valueAt(values, path) !== undefined
  const matrix = /\brating\.(before|after)$/.test(path)
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      {field.optional && (
        <Checkbox
          label={there ? 'Filled in below' : 'Fill this in'}
          checked={there}
          onChange={() => set(path, there ? undefined : opening(field.fields, () => crypto.randomUUID()))}
        />
      )}
      {(there || !field.optional) && (matrix ? <RiskMatrix path={path} /> : <Fields fields={field.fields} path={path} />)}
    </Question>
  )
}

function ListInput({ field, path }: Props<Of<'list'>>) {
  const { values, set, wrong } = useFilling()
  const items = (valueAt(values, path) ?? []) as Values[]
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      {items.map((_, i) => (
        // Items have no identity of their own but their place.
        <div key={i} className="item" role="group" aria-label={`${field.label}, ${i + 1}`}>
          <Fields fields={field.item} path={`${path}.${i}`} />
          {items.length > field.least && (
            <Button
              variant="default"
              size="xs"
              onClick={() =>
                set(
                  path,
                  items.filter((__, at) => at !== i),
                )
              }
            >
              Take number {i + 1} away
            </Button>
          )}
        </div>
      ))}
      {items.length < field.max && (
        <Button variant="default" onClick={() => set(path, [...items, opening(field.item, () => crypto.randomUUID())])}>
          {items.length === 0 ? 'Add one' : 'Add another'}
        </Button>
      )}
    </Question>
  )
}

/** Single days, one below the other. */
function DatesInput({ field, path }: Props<Of<'dates'>>) {
  const { values, set, wrong } = useFilling()
  const days = (valueAt(values, path) ?? []) as string[]
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path)}>
      {days.map((day, i) => (
        // Days have no identity of their own but their place.
        <div key={i} className="row">
          <DateField
            id={idOf(`${path}.${i}`)}
            aria-label={`${field.label}, ${i + 1}`}
            value={day}
            unreadIsKept
            error={wrong.get(`${path}.${i}`)}
            onChange={(value) => set(path, days.map((d, at) => (at === i ? value : d)))}
          />
          <Button variant="default" size="xs" aria-label={`Take away day ${i + 1}`} onClick={() => set(path, days.filter((_, at) => at !== i))}>
            Take away
          </Button>
        </div>
      ))}
      {days.length < field.max && (
        <Button variant="default" onClick={() => set(path, [...days, ''])}>
          {days.length === 0 ? 'Add a day' : 'Add another day'}
        </Button>
      )}
    </Question>
  )
}

function UnionInput({ field, path }: Props<Of<'union'>>) {
  const { values, set, wrong } = useFilling()
  const value = valueAt(values, `${path}.${field.by}`)
  const option = field.options.find((o) => o.value === value)
  const choose = (chosen: string) => {
    const fields = field.options.find((o) => o.value === chosen)!.fields
    set(path, { [field.by]: chosen, ...opening(fields, () => crypto.randomUUID()) })
  }
  return (
    <Question path={path} legend={legendOf(field)} help={field.help} wrong={wrong.get(path) ?? wrong.get(`${path}.${field.by}`)}>
      {field.options.map((o) => (
        <Radio key={o.value} name={path} label={o.label} checked={o.value === value} onChange={() => choose(o.value)} />
      ))}
      {field.optional && <Radio name={path} label="Not said" checked={value === undefined} onChange={() => set(path, undefined)} />}
      {option && <Fields fields={option.fields} path={path} />}
    </Question>
  )
}

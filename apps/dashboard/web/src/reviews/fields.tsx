import { Alert, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import type { SchoolName } from '@circumspect/dashboard'
import { TIME_SLOTS } from '@circumspect/domain'
import { useEffect, useRef } from 'react'
import { label } from '../shared/labels'
import type { Outcome } from './api'
import type { WhereDraft } from './draft'

interface Written {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

export const Words = ({ onChange, ...rest }: Written) => (
  <Textarea {...rest} autosize minRows={2} maxLength={4000} onChange={(event) => onChange(event.currentTarget.value)} />
)

export const Choice = ({ onChange, codes, names, ...rest }: Written & { codes: readonly string[]; names?: Readonly<Record<string, string>> }) => (
  <NativeSelect
    {...rest}
    data={[{ value: '', label: 'Choose …' }, ...codes.map((code) => ({ value: code, label: names?.[code] ?? label(code) }))]}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

const SLOTS = TIME_SLOTS.filter((slot) => slot !== 'unknown')

/** Where a lesson or an action applies: places and times of the day; nothing chosen means everywhere and always. */
export function Where({ school, where, onChange }: { school: SchoolName | undefined; where: WhereDraft; onChange: (where: WhereDraft) => void }) {
  const chosen = where.places.length + where.slots.length
  return (
    <details>
      <summary>Where it applies: {chosen === 0 ? 'everywhere, at any time of the day' : `${chosen} chosen`}</summary>
      <Checkbox.Group label="Places" value={[...where.places]} onChange={(places) => onChange({ ...where, places })}>
        <div className="choices">
          {(school?.places ?? []).map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label="Times of the day" value={[...where.slots]} onChange={(slots) => onChange({ ...where, slots })}>
        <div className="choices">
          {SLOTS.map((slot) => (
            <Checkbox key={slot} value={slot} label={label(slot)} />
          ))}
        </div>
      </Checkbox.Group>
    </details>
  )
}

/** What came of sending, said where the eye and the screen reader are taken to. */
export function Came({ outcome, recorded }: { outcome: Outcome | undefined; recorded: string }) {
  const alert = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (outcome && !outcome.recorded) alert.current?.focus()
  }, [outcome])
  if (outcome === undefined) return null
  if (outcome.recorded) return <p role="status">{recorded}</p>
  const problems = [...new Set(Object.values(outcome.problems))]
  return (
    <Alert ref={alert} tabIndex={-1} color="gray" variant="outline" role="alert" title="This was not recorded" my="md">
      <p>{outcome.message} What you wrote is still here.</p>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

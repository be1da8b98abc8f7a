import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface Props {
  readonly label: string
  readonly description: string
  /** YYYY-MM-DD, or empty. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly error?: string | undefined
}

/** A year that is being typed passes through the first century; nobody means that. */
const isWhole = (day: string): boolean => day === '' || day >= '1900'

/** A day. What is typed half way stays in the field; only a whole day goes further. */
export function DateField({ value, onChange, ...rest }: Props) {
  const [draft, setDraft] = useState({ typed: value, seen: value })
  // Changed from outside, as by "Show everything": what was typed no longer counts.
  if (draft.seen !== value) setDraft({ typed: value, seen: value })
  return (
    <TextInput
      type="date"
      {...rest}
      value={draft.typed}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setDraft({ typed, seen: value })
        if (isWhole(typed)) onChange(typed)
      }}
    />
  )
}

import { ActionIcon, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { DAY_EXPECTED, dayFrom, isWhole } from './day'
import { dayInWords } from './labels'

interface Props {
  readonly id?: string
  readonly className?: string
  readonly label?: string
  /** What it is called where no label is to be seen. */
  readonly 'aria-label'?: string
  readonly description?: string | undefined
  /** YYYY-MM-DD, or empty. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly error?: string | undefined
}

/**
 * A day, written as people here write it, whatever the browser's own language, or chosen from the browser's calendar. What cannot be read
 * as a day stays in the field, with what was expected beside it, and counts as no day: never as the one before it.
 */
export function DateField({ value, onChange, min, max, error, ...rest }: Props) {
  // What is being typed, and from which value to which: changed from outside to another, it no longer counts.
  const [draft, setDraft] = useState<{ readonly typed: string; readonly values: readonly string[]; readonly left: boolean }>()
  const typing = draft?.values.includes(value) ? draft : undefined
  const typed = typing?.typed ?? (value === '' ? '' : dayInWords(value))

  const type = (text: string) => {
    const day = text.trim() === '' ? '' : isWhole(text) ? dayFrom(text) : undefined
    setDraft({ typed: text, values: [value, day ?? value], left: false })
    if (day !== undefined && day !== value) onChange(day)
  }
  const leave = () => {
    if (!typing || typing.typed.trim() === '') return setDraft(undefined)
    const day = dayFrom(typing.typed)
    setDraft(day === undefined ? { typed: typing.typed, values: [value, ''], left: true } : undefined)
    if ((day ?? '') !== value) onChange(day ?? '')
  }
  const unread = typing?.left === true ? DAY_EXPECTED : undefined
  return (
    <TextInput
      {...rest}
      data-short
      placeholder="day/month/year"
      autoComplete="off"
      value={typed}
      error={unread ?? error ?? outside(value, min, max)}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
      rightSection={<Calendar value={value} min={min} max={max} onChange={onChange} />}
    />
  )
}

function outside(value: string, min: string | undefined, max: string | undefined): string | undefined {
  if (value !== '' && min !== undefined && value < min) return `Not before ${dayInWords(min)}.`
  if (value !== '' && max !== undefined && value > max) return `Not after ${dayInWords(max)}.`
  return undefined
}

/** The browser's own calendar, where it has one. */
function Calendar({ value, min, max, onChange }: Pick<Props, 'value' | 'min' | 'max' | 'onChange'>) {
  const picker = useRef<HTMLInputElement>(null)
  if (!('showPicker' in HTMLInputElement.prototype)) return null
  return (
    <>
      <input
        ref={picker}
        className="calendar"
        type="date"
        tabIndex={-1}
        aria-hidden
        value={value}
        min={min}
        max={max}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <ActionIcon variant="subtle" color="gray" aria-label="Calendar" onClick={() => picker.current?.showPicker()}>
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
          <path d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3" />
        </svg>
      </ActionIcon>
    </>
  )
}

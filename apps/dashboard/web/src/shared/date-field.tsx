import { ActionIcon, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { DAY_EXPECTED, dayFrom, isWhole } from './day'
import { dayInWords } from './labels'
import { useTyped } from './use-typed'

interface Props {
  readonly id?: string
  readonly className?: string
  readonly label?: string
  /** What it is called where no label is to be seen. */
  readonly 'aria-label'?: string
  readonly description?: string | undefined
  /** YYYY-MM-DD, empty, or what was typed and could not be read, where that is kept. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly error?: string | undefined
  /** Hands on what cannot be read as it was typed, for a form to refuse; otherwise it counts as no day. */
  readonly unreadIsKept?: boolean
}

const READING = { read: dayFrom, write: dayInWords, whole: isWhole }

/**
 * A day, written as people here write it, whatever the browser's own language, or chosen from the browser's calendar. What cannot be read
 * as a day stays in the field, with what was expected beside it, and counts as no day: never as the one before it.
 */
export function DateField({ value, onChange, min, max, error, unreadIsKept = false, ...rest }: Props) {
  const { read, unread, input } = useTyped(value, onChange, { ...READING, unreadIsKept })
  return (
    <TextInput
      {...rest}
      {...input}
      data-short
      placeholder="day/month/year"
      error={(unread ? DAY_EXPECTED : error) ?? outside(read, min, max)}
      rightSection={<Calendar value={read} min={min} max={max} onChange={onChange} />}
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

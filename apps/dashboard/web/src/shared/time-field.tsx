import { TextInput } from '@mantine/core'
import { TIME_EXPECTED, timeFrom } from './time'
import { useTyped } from './use-typed'

interface Props {
  readonly id?: string
  readonly className?: string
  readonly label: string
  readonly description?: string | undefined
  /** HH:MM, empty, or what was typed and could not be read. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
}

const KIND = { read: timeFrom, write: (time: string) => time, whole: () => true, unreadIsKept: true }

/** A time of the day, written as people here write it, whatever the browser's own language. */
export function TimeField({ value, onChange, error, ...rest }: Props) {
  const { unread, input } = useTyped(value, onChange, KIND)
  return <TextInput {...rest} {...input} data-short placeholder="14:30" error={unread ? TIME_EXPECTED : error} />
}

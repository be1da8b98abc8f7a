import { useState } from 'react'

interface Kind {
  /** What was meant, as it is kept; undefined where it cannot be read. Reads what it keeps, too. */
  readonly read: (text: string) => string | undefined
  /** What is kept, as people write it. */
  readonly write: (value: string) => string
  /** May it be taken while it is being typed? */
  readonly whole: (text: string) => boolean
  /** What was left unread is handed on as it was typed, for a form to refuse; otherwise it counts as nothing. */
  readonly unreadIsKept: boolean
}

/**
 * A value that is typed as people write it. What cannot be read stays in the field, is said to be `unread` once the field is left, and
 * never counts as the value before it.
 */
export function useTyped(value: string, onChange: (value: string) => void, { read, write, whole, unreadIsKept }: Kind) {
  // What is being typed, and from which value to which: changed from outside to another, it no longer counts.
  const [draft, setDraft] = useState<{ readonly typed: string; readonly values: readonly string[]; readonly left: boolean }>()
  const typing = draft?.values.includes(value) ? draft : undefined
  const isRead = value !== '' && read(value) !== undefined

  const type = (text: string) => {
    const found = text.trim() === '' ? '' : whole(text) ? read(text) : undefined
    setDraft({ typed: text, values: [value, found ?? value], left: false })
    if (found !== undefined && found !== value) onChange(found)
  }
  const leave = () => {
    if (!typing || typing.typed.trim() === '') return setDraft(undefined)
    const found = read(typing.typed)
    const next = found ?? (unreadIsKept ? typing.typed : '')
    setDraft(found === undefined ? { typed: typing.typed, values: [value, next], left: true } : undefined)
    if (next !== value) onChange(next)
  }
  return {
    /** The value, where it can be read; otherwise empty. */
    read: isRead ? value : '',
    unread: typing?.left ?? (value !== '' && !isRead),
    input: {
      autoComplete: 'off',
      value: typing?.typed ?? (isRead ? write(value) : value),
      onChange: (event: { readonly currentTarget: { readonly value: string } }) => type(event.currentTarget.value),
      onBlur: leave,
      onKeyDown: (event: { readonly key: string }) => event.key === 'Enter' && leave(),
    },
  }
}

import { useEffect, useRef } from 'react'
import type { FieldProblem } from '@circumspect/domain'
import { elementOf, focusField } from './context'

export interface Trouble {
  readonly detail: string
  readonly errors: readonly FieldProblem[]
}

/** What stands against recording, at the top, taking focus; each line leads to its field. */
export function ErrorSummary({ trouble, name }: { trouble: Trouble; name: (path: string) => string | undefined }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [trouble])
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1} aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">This is not recorded yet</h2>
      {trouble.detail !== '' && <p>{trouble.detail}</p>}
      <ul>
        {trouble.errors.map(({ field, message }) => {
          const words = `${name(field) === undefined ? '' : `${name(field)!.replace(/\?$/, '')}: `}${message}`
          return (
            <li key={field}>
              <a
                href={`#${elementOf(field)?.id ?? 'main'}`}
                onClick={(event) => {
                  event.preventDefault()
                  focusField(field)
                }}
              >
                {words}
              </a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

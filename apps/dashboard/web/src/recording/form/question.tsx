import type { ReactNode } from 'react'
import { idOf } from './context'

interface Props {
  readonly path: string
  readonly legend: string
  readonly help?: string
  readonly wrong?: string | undefined
  readonly children: ReactNode
}

/** Several inputs under one question, with its help, and what is wrong with it beside it. */
export function Question({ path, legend, help = '', wrong, children }: Props) {
  const id = idOf(path)
  const described = [help !== '' && `${id}-help`, wrong !== undefined && `${id}-wrong`].filter((part) => part !== false).join(' ')
  return (
    <fieldset id={id} className={wrong === undefined ? 'question' : 'question wrong'} aria-describedby={described || undefined}>
      <legend>{legend}</legend>
      {help !== '' && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {wrong !== undefined && (
        <p className="said-wrong" id={`${id}-wrong`}>
          <span className="spoken">Error: </span>
          {wrong}
        </p>
      )}
      {children}
    </fieldset>
  )
}

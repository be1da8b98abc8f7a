import { createContext, useContext } from 'react'
import type { Values } from '../model/values'
import type { Things } from '../model/things'

/** What every part of a form shares. Paths start at the event: `data.rating.before`. */
export interface Filling {
  readonly type: string
  readonly caseId: string
  readonly values: { readonly data: Values }
  readonly things: Things
  readonly wrong: ReadonlyMap<string, string>
  readonly set: (path: string, value: unknown) => void
  readonly addChild: (id: string, name: string) => void
}

export const FillingContext = createContext<Filling | undefined>(undefined)

export function useFilling(): Filling {
  const filling = useContext(FillingContext)
  if (!filling) throw new Error('A field stands outside its form.')
  return filling
}

export const idOf = (path: string): string => `field-${path}`

/** The element of a field, or of what it stands in where it is not shown by itself. */
export function elementOf(path: string): HTMLElement | undefined {
  const found = document.getElementById(idOf(path))
  if (found) return found
  const cut = path.lastIndexOf('.')
  return cut < 0 ? undefined : elementOf(path.slice(0, cut))
}

export function focusField(path: string): void {
  const element = elementOf(path)
  const input = element?.matches('input, select, textarea') ? element : element?.querySelector<HTMLElement>('input, select, textarea, button')
  ;(input ?? element)?.focus()
}

import { useInViewport } from '@mantine/hooks'
import { useDeferredValue } from 'react'

/** What to draw of something: what it is now, where somebody looks at it; where nobody does, as soon as what is looked at has been drawn. */
export function useSeenFirst<T>(value: T): { readonly ref: (box: HTMLElement | null) => void; readonly shown: T } {
  const { ref, inViewport } = useInViewport()
  const later = useDeferredValue(value)
  return { ref, shown: inViewport ? value : later }
}

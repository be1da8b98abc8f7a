import { useSearchParams } from 'react-router'

/**
 * What is chosen in the address, and a change of it: an empty value takes its name away. A change builds on the address as it is, which the
 * page may not have shown yet: two choices made quickly both hold. `chosen` is told what is chosen from then on, before the address changes.
 */
export function useAddress(chosen?: (address: URLSearchParams) => void): [URLSearchParams, (change: Readonly<Record<string, string>>) => void] {
  const [params, setParams] = useSearchParams()
  const change = (next: Readonly<Record<string, string>>) => {
    const after = new URLSearchParams(window.location.search)
    for (const [key, value] of Object.entries(next))
      if (value === '') after.delete(key)
      else after.set(key, value)
    chosen?.(after)
    setParams(after)
  }
  return [params, change]
}

import { useSearchParams } from 'react-router'

/**
 * What is chosen in the address, and a change of it, which gives what is chosen from then on: an empty value takes its name away. A change
 * builds on the address as it is, which the page may not have shown yet: two choices made quickly both hold.
 */
export function useAddress(): [URLSearchParams, (change: Readonly<Record<string, string>>) => URLSearchParams] {
  const [params, setParams] = useSearchParams()
  const change = (next: Readonly<Record<string, string>>) => {
    const after = new URLSearchParams(window.location.search)
    for (const [key, value] of Object.entries(next))
      if (value === '') after.delete(key)
      else after.set(key, value)
    setParams(after)
    return after
  }
  return [params, change]
}

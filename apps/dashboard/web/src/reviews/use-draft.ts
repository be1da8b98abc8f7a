import { useState } from 'react'

/**
 * What is being written, kept until it is recorded: it outlives a reload, and goes with the tab. Nothing of it is kept where a later
 * user of this computer would find it.
 */
export function useDraft<T>(key: string, fresh: () => T): [T, (draft: T) => void, () => void] {
  const [draft, setDraft] = useState<T>(() => kept<T>(key) ?? fresh())
  const keep = (next: T) => {
    sessionStorage.setItem(key, JSON.stringify(next))
    setDraft(next)
  }
  const forget = () => {
    sessionStorage.removeItem(key)
    setDraft(fresh())
  }
  return [draft, keep, forget]
}

function kept<T>(key: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, keepDraft, type Begun } from './api'

const PAUSE_MS = 800

export type DraftState =
  | { readonly is: 'untouched' | 'saving' | 'failed' }
  | { readonly is: 'saved'; readonly savedAt: string; readonly until: string }

/** Saves what is being filled in, a moment after each change, and at once when the page is left. One save at a time. */
export function useDraft(id: string, caseId: string, begun: Begun, touched: boolean) {
  const [state, setState] = useState<DraftState>({ is: 'untouched' })
  const latest = useRef({ begun, unsaved: false })
  const running = useRef<Promise<void>>(Promise.resolve())

  const save = useCallback(
    (more?: RequestInit): Promise<void> => {
      if (!latest.current.unsaved) return running.current
      latest.current.unsaved = false
      const content = latest.current.begun
      setState({ is: 'saving' })
      running.current = running.current
        .then(() => keepDraft(id, caseId, content, more))
        .then((saved) => setState({ is: 'saved', ...saved }))
        .catch(() => {
          latest.current.unsaved = true
          setState({ is: 'failed' })
        })
      return running.current
    },
    [id, caseId],
  )

  useEffect(() => {
    if (!touched) return
    latest.current = { begun, unsaved: true }
    const timer = setTimeout(() => void save(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [begun, touched, save])

  useEffect(() => {
    const leaving = () => void save({ keepalive: true })
    window.addEventListener('pagehide', leaving)
    return () => {
      window.removeEventListener('pagehide', leaving)
      leaving()
    }
  }, [save])

  /** Deletes it, and lets nothing that is still on its way bring it back. */
  const drop = useCallback(async (): Promise<void> => {
    latest.current.unsaved = false
    await running.current
    await dropDraft(id)
  }, [id])

  return { state, drop }
}

import type { Me } from '@circumspect/dashboard'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { personInWords } from './words'

/** Whose session it is, and the way out of it. */
export function Who({ me }: { me: Me }) {
  const [problem, setProblem] = useState('')
  const signOut = async () => {
    const response = await fetch('/api/sign-out', { method: 'POST' }).catch(() => undefined)
    // Where the session has come to its end already there is nothing left to end.
    if (response?.ok || response?.status === 401) location.assign('/signed-out')
    else setProblem('You are still signed in: the service did not answer. Close this browser, or try again.')
  }
  return (
    <div className="who no-print">
      <span className="quiet">{personInWords(me).replace(/^./, (c) => c.toUpperCase())}</span>
      <Button variant="default" size="compact-sm" onClick={() => void signOut()}>
        Sign out
      </Button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </div>
  )
}

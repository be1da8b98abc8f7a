import { Alert, Button, Loader } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { Link } from 'react-router'

interface Query<T> {
  readonly data: T | undefined
  readonly error: Error | null
  /** The answer to the question before, while the next is on its way. */
  readonly isPlaceholderData: boolean
  readonly refetch: () => unknown
}

/** Waiting, failing or showing: every page goes through here. */
export function Loaded<T>({ query, what, children }: { query: Query<T>; what: string; children: (data: T) => ReactNode }) {
  if (query.error && query.data === undefined)
    return (
      <Alert color="gray" variant="outline" title={`${what} cannot be shown now`} role="alert" my="md">
        <p>{query.error.message} What has been recorded is safe.</p>
        <Button variant="default" onClick={() => void query.refetch()}>
          Try again
        </Button>
      </Alert>
    )
  if (query.data === undefined) return <Waiting>Loading {what.toLowerCase()} …</Waiting>
  return (
    <div className="loaded" aria-busy={query.isPlaceholderData}>
      {query.isPlaceholderData && <Beside>Loading {what.toLowerCase()} for this choice; these are of the one before …</Beside>}
      {children(query.data)}
    </div>
  )
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <p role="status">
      <Loader size="sm" aria-hidden /> {children}
    </p>
  )
}

/** What is answered sooner needs no word. */
const NOTICED_MS = 300

/** A wait beside what is there already, which does not move. Nothing turns: drawing that takes time from what is waited for. */
function Beside({ children }: { children: ReactNode }) {
  const [noticed, setNoticed] = useState(false)
  useEffect(() => {
    const later = setTimeout(() => setNoticed(true), NOTICED_MS)
    return () => clearTimeout(later)
  }, [])
  return (
    noticed && (
      <p role="status" className="beside">
        {children}
      </p>
    )
  )
}

/** Before the first school is there. */
export function FirstSteps() {
  return (
    <Alert color="gray" variant="outline" title="Nothing is recorded yet" my="md">
      <p>To begin, bring in what you have: export your incidents as CSV and import them with a mapping.</p>
      <p>
        <code>npm run import -- FILE --mapping MAPPING</code>
      </p>
      <p>
        Without a file: <Link to="/schools/register">register your school</Link>, name its places, and record from here on.
      </p>
      <p>
        To look around first, with a made-up trust: <code>npm run demo</code>
      </p>
    </Alert>
  )
}

import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'

/** Says what has just been recorded; leads from the page of a case to recording in it. */
export function RecordedNotice() {
  const { pathname, state } = useLocation() as { pathname: string; state: { recorded?: string } | null }
  const box = useRef<HTMLDivElement>(null)
  const recorded = state?.recorded
  useEffect(() => {
    if (recorded !== undefined) box.current?.focus()
  }, [recorded])
  const ofCase = /^\/cases\/[^/]+$/.test(pathname)
  if (recorded === undefined) return null
  return (
    <div ref={box} className="recorded no-print" role="status" tabIndex={-1}>
      <p>
        <strong>Recorded: {recorded}.</strong> {ofCase && <Link to={`${pathname}/record`}>Record what comes next</Link>}
      </p>
    </div>
  )
}

import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'

/** Leads from the page of a case to recording in it; says what has just been recorded. */
export function RecordedNotice() {
  const { pathname, state } = useLocation() as { pathname: string; state: { recorded?: string } | null }
  const box = useRef<HTMLDivElement>(null)
  const recorded = state?.recorded
  useEffect(() => {
    if (recorded !== undefined) box.current?.focus()
  }, [recorded])
  if (!/^\/cases\/[^/]+$/.test(pathname)) return null
  if (recorded === undefined)
    return (
      <p className="no-print">
        <Link to={`${pathname}/record`}>Record or correct something in this case</Link>
      </p>
    )
  return (
    <div ref={box} className="recorded no-print" role="status" tabIndex={-1}>
      <p>
        <strong>Recorded: {recorded}.</strong> <Link to={`${pathname}/record`}>Record what comes next</Link>
      </p>
    </div>
  )
}

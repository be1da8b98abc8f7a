import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'

/** Says on the page of a case what has just been recorded, and leads on to what comes next. */
export function RecordedNotice() {
  const { pathname, state } = useLocation() as { pathname: string; state: { recorded?: string } | null }
  const box = useRef<HTMLDivElement>(null)
  const recorded = state?.recorded
  useEffect(() => {
    if (recorded !== undefined) box.current?.focus()
  }, [recorded])
  if (recorded === undefined || !/^\/cases\/[^/]+$/.test(pathname)) return null
  return (
    <div ref={box} className="recorded no-print" role="status" tabIndex={-1}>
      <p>
        <strong>Recorded: {recorded}.</strong> <Link to={`${pathname}/record`}>Record what comes next</Link>
      </p>
    </div>
  )
}

import type { Me } from '@circumspect/dashboard'
import { useEffect } from 'react'
import { Link, Outlet, useLocation } from 'react-router'

/** What a page needs to be open. */
export type Needs = keyof Me['opens']

/** Repeats are few children each: where cases may not be seen, they may not either. */
const needsFor = (pathname: string, needs: Needs): Needs => (needs === 'figures' && /^\/reports\/repeats(\/|$)/.test(pathname) ? 'cases' : needs)

/** The pages inside, where they are open to whoever looks; in their place, why not. The server refuses by itself. */
export function Only({ me, needs }: { me: Me; needs: Needs }) {
  const needed = needsFor(useLocation().pathname, needs)
  return me.opens[needed] ? <Outlet /> : <NotOpen needs={needed} why={me.why} />
}

/** Who registers a school, for whoever may not. */
export const REGISTERING = 'A school is registered by a safeguarding lead whose account is for all schools, or by whoever runs Circumspect.'

const WHY: Readonly<Record<Needs, string>> = {
  cases: 'Cases, children and what is behind a figure are for the safeguarding lead and the headteacher of a school.',
  recording: 'Recording is for the safeguarding lead and the headteacher. If you are worried about a child, tell the safeguarding lead today.',
  figures: 'Figures are not open to you here.',
  everySchool: REGISTERING,
}

function NotOpen({ needs, why }: { needs: Needs; why: string | null }) {
  useEffect(() => {
    document.title = 'Not open to you – Circumspect'
  }, [])
  return (
    <>
      <h1>This page is not open to you</h1>
      <p className="lead">{(needs === 'figures' && why) || WHY[needs]}</p>
      <p>
        <Link to="/">Go to your first page</Link>, which says what you can read here.
      </p>
    </>
  )
}

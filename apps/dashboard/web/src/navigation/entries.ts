import type { Me } from '@circumspect/dashboard'
import type { Needs } from '../people/only'

export interface Entry {
  readonly to: string
  readonly label: string
  /** What has to be open for it. */
  readonly needs?: Needs
}

export interface Group {
  readonly label: string
  readonly entries: readonly Entry[]
}

/** The reports in the order of the questions people ask, with short names. */
const FIGURES: Group = {
  label: 'Figures',
  entries: [
    { to: '/overview', label: 'Overview', needs: 'figures' },
    { to: '/reports/hotspots', label: 'Places and times', needs: 'figures' },
    { to: '/reports/patterns', label: 'Patterns', needs: 'figures' },
    { to: '/reports/repeats', label: 'Repeats', needs: 'cases' },
    { to: '/reports/time-to-referral', label: 'Time to referral', needs: 'figures' },
    { to: '/reports/responses', label: 'Responses', needs: 'figures' },
    { to: '/reports/reviews', label: 'Reviews', needs: 'figures' },
    { to: '/reports/lessons', label: 'Lessons', needs: 'figures' },
    { to: '/reports/reporting', label: 'Reporting itself', needs: 'figures' },
    { to: '/reports/trend', label: 'Trend', needs: 'figures' },
  ],
}

const NAVIGATION: readonly (Entry | Group)[] = [
  { to: '/cases', label: 'Find', needs: 'cases' },
  FIGURES,
  { to: '/lessons', label: 'Lessons learnt', needs: 'cases' },
  { to: '/annual', label: 'Annual report', needs: 'figures' },
  { to: '/schools', label: 'Schools', needs: 'recording' },
]

/** What there is for whoever looks; a group only with something in it. */
export function entriesFor(opens: Me['opens']): readonly (Entry | Group)[] {
  const open = ({ needs }: Entry) => needs === undefined || opens[needs]
  const first: Entry = { to: '/', label: opens.cases ? 'Today' : 'Start' }
  return [first, ...NAVIGATION].flatMap((entry): (Entry | Group)[] => {
    if (!('entries' in entry)) return open(entry) ? [entry] : []
    const entries = entry.entries.filter(open)
    return entries.length === 0 ? [] : [{ ...entry, entries }]
  })
}

/** Is the page at this address one of the group, or below one? */
export const isIn = ({ entries }: Group, pathname: string): boolean => entries.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`))

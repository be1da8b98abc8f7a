import type { CaseFound, CaseState } from '@circumspect/views'
import { dayInWords, label } from '../shared/labels'

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  'not-taken-up': 'not taken up',
  open: 'open',
  'dealt-with': 'dealt with',
  closed: 'closed',
}

/** What of a search may stand in an address. Name and UPN may not: they would be kept by the browser. */
export const IN_ADDRESS = ['school', 'place', 'behaviour', 'yearGroup', 'state', 'from', 'to'] as const
export type Sought = Readonly<Record<(typeof IN_ADDRESS)[number], string>>

export interface ByName {
  readonly name: string
  readonly upn: string
}

/** What is asked of the service: only what was filled in. */
export const bodyOf = (sought: Sought, { name, upn }: ByName, offset: number): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries({ ...sought, name: name.trim(), upn: upn.trim() }).filter(([, value]) => value !== '')),
  ...(offset > 0 && { offset }),
})

export const ROLE_WORDS: Readonly<Record<string, string>> = {
  'alleged-victim': 'child harmed',
  'alleged-perpetrator': 'child alleged to have caused harm',
}
export const roleInWords = (role: string): string => ROLE_WORDS[role] ?? label(role).toLowerCase()

type Names = Readonly<Record<string, string>>

export interface FoundLine {
  readonly case: string
  readonly told: string
  readonly school: string
  readonly what: string
  readonly where: string
  readonly state: string
  readonly children: readonly { readonly id: string; readonly name: string; readonly roles: string }[]
}

/** One line of what was found, in words; each child once, with every role in the case. */
export function lineOf({ case: id, told, school, behaviours, places, state, roles }: CaseFound, names: Names): FoundLine {
  const byChild = new Map<string, string[]>()
  for (const [child, role] of roles) byChild.set(child, [...(byChild.get(child) ?? []), roleInWords(role)])
  return {
    case: id,
    told: dayInWords(told),
    school: names[school] ?? 'A school',
    what: behaviours.length === 0 ? 'no incident recorded' : behaviours.map((b) => label(b)).join(', '),
    where: places.map((place) => names[place] ?? 'a place without a name').join(', '),
    state: STATE_WORDS[state],
    children: [...byChild].map(([child, own]) => ({ id: child, name: names[child] ?? 'a child without a name', roles: [...new Set(own)].sort().join(', ') })),
  }
}

/** How often a child stands in which role, over cases: `child harmed in 2 cases`. */
export function rolesInWords(child: string, cases: readonly CaseFound[]): string {
  const counts = new Map<string, number>()
  for (const { roles } of cases)
    for (const role of new Set(roles.filter(([of]) => of === child).map(([, own]) => own))) counts.set(role, (counts.get(role) ?? 0) + 1)
  const parts = [...counts].sort(([a], [b]) => (a < b ? 1 : -1)).map(([role, n]) => `${roleInWords(role)} in ${n === 1 ? '1 case' : `${n} cases`}`)
  const words = `${parts.join('; ')}.`
  return parts.length === 0 ? 'Named in records, in no role in an incident.' : words.charAt(0).toUpperCase() + words.slice(1)
}

import type { CaseFound, CaseState, Today } from '@circumspect/views'
import { dayInWords, label } from '../shared/labels'
import { prepareToday } from '../today/prepare'

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

/** One thing that waits in a case, with the form that does it. */
export interface Waits {
  readonly what: string
  readonly due: string
  readonly overdue: boolean
  readonly act: string
  readonly to: string
}

/** What waits, by case, the most urgent first, in the words of Today. */
export function waitingByCase({ groups, day }: Today, names: Names): ReadonlyMap<string, readonly Waits[]> {
  const byCase = new Map<string, Waits[]>()
  for (const [at, { title, lines }] of prepareToday(groups, names, day, false).entries())
    for (const [i, { due, overdue, act, to }] of lines.entries()) {
      const id = groups[at]!.items[i]!.case ?? ''
      byCase.set(id, [...(byCase.get(id) ?? []), { what: title, due, overdue, act, to }])
    }
  return byCase
}

/** `2 cases are open, 1 is closed. 3 things wait, 1 of them overdue.` */
export function statesInWords(cases: readonly CaseFound[], waits: ReadonlyMap<string, readonly Waits[]>): string {
  const counts = new Map<string, number>()
  for (const { state } of cases) counts.set(state, (counts.get(state) ?? 0) + 1)
  const states = [...counts].map(([state, n], i) => `${n}${i > 0 ? '' : n === 1 ? ' case' : ' cases'} ${n === 1 ? 'is' : 'are'} ${STATE_WORDS[state as CaseState]}`)
  const all = [...waits.values()].flat()
  const overdue = all.filter((one) => one.overdue).length
  const waiting = all.length === 0 ? 'Nothing waits.' : `${all.length === 1 ? '1 thing waits' : `${all.length} things wait`}${overdue > 0 ? `, ${overdue} overdue` : ''}.`
  return `${states.join(', ')}. ${waiting}`
}

import type { Chronology, ChronologyEntry } from '@circumspect/dashboard'
import { WITHDRAWAL } from '@circumspect/domain'
import { codeLabel } from '../recording/model/words'
import { label } from '../shared/labels'
import { inOrder, whenInWords, worded } from './timeline'
import { calledIn, listed, mid } from './words/say'

export interface Line {
  readonly term: string
  readonly words: string
  /** It should not stay so. */
  readonly alert?: true
}

export interface InvolvedShown {
  readonly id: string
  readonly name: string
  /** `Child harmed in the incident`: one for each involvement. */
  readonly roles: readonly string[]
  readonly about: string
}

export interface CaseSummary {
  readonly lines: readonly Line[]
  readonly children: readonly InvolvedShown[]
}

export const valueIn = ({ fields }: Pick<ChronologyEntry, 'fields'>, path: string): unknown => fields.find((f) => f.path === path)?.value

export const standingIn = ({ entries }: Pick<Chronology, 'entries'>): ChronologyEntry[] =>
  entries.filter((e) => e.state === 'holds' && e.type !== WITHDRAWAL)

/** What matters of a case, for whoever opens it: how it stands, since when, what is alleged, who is in it in which role. */
export function prepareSummary(chronology: Chronology): CaseSummary {
  const standing = standingIn(chronology)
  const called = calledIn({ ...chronology, entries: standing })
  const say = (entry: ChronologyEntry) => worded(entry, called, chronology.names).sentence
  const of = (...types: string[]) => inOrder(standing.filter((e) => types.includes(e.type)))
  const by = ({ recordedBy }: ChronologyEntry) => (chronology.names[recordedBy] === undefined ? '' : `, recorded by ${chronology.names[recordedBy]}`)
  const told = of('disclosure-made', 'concern-noticed')
  const taken = of('concern-taken-up')[0] ?? of('decision-recorded')[0]
  const incidents = of('incident-recorded')
  const lines: Line[] = [
    { term: 'State', words: stateInWords(standing) },
    ...told.slice(0, 1).map((entry) => ({ term: entry.type === 'disclosure-made' ? 'Told (a disclosure)' : 'Noticed (a concern)', words: `${whenInWords(entry)}: ${say(entry)}` })),
    taken === undefined
      ? { term: 'Taken up', words: 'Nobody has taken it up yet.', alert: true }
      : { term: 'Taken up', words: `${whenInWords(taken)}${taken.type === 'decision-recorded' ? ', by the decision' : ''}${by(taken)}` },
    ...incidents.map((entry) => {
      const [term = '', ...words] = say(entry).split(': ')
      return { term, words: `${whenInWords(entry)}: ${words.join(': ')}` }
    }),
    { term: 'School', words: chronology.names[chronology.school] ?? 'A school without a name' },
  ]
  return { lines, children: chronology.children.map((child) => involved(child, called, standing)) }
}

/** Closed until it is opened again; else the last of dealing with it and opening it again. */
function stateInWords(standing: readonly ChronologyEntry[]): string {
  const last = (...types: string[]) => [...standing].sort((a, b) => a.revision - b.revision).filter((e) => types.includes(e.type)).at(-1)
  const [closed, state] = [last('case-closed', 'case-reopened'), last('case-dealt-with', 'case-reopened')]
  const on = (entry: ChronologyEntry) => mid(whenInWords(entry)).replace(/^/, 'on ').replace(/^on (date|in) /, '$1 ')
  if (closed?.type === 'case-closed') return `Closed ${on(closed)}`
  if (state?.type === 'case-reopened') return `Open again, ${on(state)}`
  return state ? `Dealt with ${on(state)}, not closed` : 'Open'
}

function involved(child: string, called: (id: string) => string, standing: readonly ChronologyEntry[]): InvolvedShown {
  const entries = standing.filter((e) => e.type === 'child-involved' && valueIn(e, 'child') === child)
  const byRole = new Map<string, string[]>()
  for (const entry of entries) {
    const role = label(String(valueIn(entry, 'role')))
    byRole.set(role, [...(byRole.get(role) ?? []), called(String(valueIn(entry, 'incident')))])
  }
  const last = entries.at(-1)
  const known = last ? ['sex', 'yearGroup', 'age', 'senProvision'].flatMap((path) => aboutChild(path, valueIn(last, path))) : []
  return { id: child, name: called(child), roles: [...byRole].map(([role, incidents]) => `${role} in ${listed(incidents)}`), about: known.join(', ') }
}

function aboutChild(path: string, value: unknown): string[] {
  if (value === undefined || value === null || value === 'unknown') return []
  return [path === 'age' ? `${String(value)} years old` : codeLabel(path, String(value))]
}

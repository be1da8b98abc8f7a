import type { Chronology, ChronologyEntry, ChronologyField } from '@circumspect/dashboard'
import { cellInWords, dayInWords, label } from '../shared/labels'

export interface Said {
  readonly term: string
  readonly words: string
}

export interface EntryShown {
  readonly id: string
  readonly title: string
  readonly when: string
  readonly state: ChronologyEntry['state']
  /** Why it was corrected or taken back, where that was said. */
  readonly reason: string
  readonly said: readonly Said[]
}

export interface ChildShown {
  readonly name: string
  readonly roles: readonly string[]
  readonly about: string
}

/** Identities of things without a name of their own, as they are numbered in this case. */
type Numbers = Map<string, string>

/** A case as a person reads it: in the order in which things happened, in words, children by their names. */
export function prepareChronology(chronology: Chronology): { readonly children: readonly ChildShown[]; readonly entries: readonly EntryShown[] } {
  const numbers = numbered(chronology)
  const entries = [...chronology.entries].sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : momentOf(a) > momentOf(b) ? 1 : a.revision - b.revision))
  return {
    children: chronology.children.map((child) => childShown(child, chronology, numbers)),
    entries: entries.map((entry) => ({
      id: entry.id,
      title: entry.title,
      when: whenInWords(entry),
      state: entry.state,
      reason: typeof entry.reason === 'string' ? entry.reason : '',
      said: saidIn(entry.fields, chronology.names, numbers),
    })),
  }
}

const momentOf = ({ occurredAt: { date, time } }: ChronologyEntry): string => `${date} ${time ?? ''}`

function whenInWords({ occurredAt: { date, time, precision, slot } }: ChronologyEntry & { occurredAt: { slot?: string } }): string {
  const day = dayInWords(date)
  if (precision === 'unknown') return 'Date not known'
  if (precision === 'month') return `In ${day.replace(/^\d+ /, '')}`
  if (precision === 'slot' && slot !== undefined) return `${day}, ${label(slot).toLowerCase()}`
  if (time === undefined) return day
  return precision === 'hour' ? `${day}, in the hour from ${time}` : `${day}, ${time}`
}

/** Ids that only this case has: the first incident is "Incident 1", a child whose name is not kept "Child 1". */
function numbered({ entries, children, names }: Chronology): Numbers {
  const numbers: Numbers = new Map(children.map((child, i) => [child, names[child] ?? `Child ${i + 1} (no name kept)`]))
  const counts = new Map<string, number>()
  for (const { value, class: kind, of } of entries.flatMap((e) => e.fields)) {
    if (kind !== 'id' || of === undefined || of === 'child' || numbers.has(String(value)) || names[String(value)] !== undefined) continue
    counts.set(of, (counts.get(of) ?? 0) + 1)
    numbers.set(String(value), `${label(of)} ${counts.get(of)!}`)
  }
  return numbers
}

/** The fields of a record, those of a list together. */
function saidIn(fields: readonly ChronologyField[], names: Chronology['names'], numbers: Numbers): Said[] {
  const said = new Map<string, string[]>()
  for (const field of fields) {
    const term = termOf(field.path)
    said.set(term, [...(said.get(term) ?? []), wordsOf(field, names, numbers)])
  }
  return [...said].map(([term, words]) => ({ term, words: words.join(', ') }))
}

const TERMS: Readonly<Record<string, string>> = {
  by: 'Alleged to have caused harm',
  on: 'Child harmed',
  senProvision: 'SEN provision',
  onRoll: 'On the roll of',
}

/** `rating.before.severity` → "Rating, before, severity"; `shouldBeSupervised` → "Should be supervised". */
const termOf = (path: string): string => {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  const whole = parts.map((part) => TERMS[part] ?? label(part.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)))
  return whole.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(', ')
}

/** Units that the term says already. */
const OBVIOUS = ['tier', 'completed years']

function wordsOf({ value, class: kind, of }: ChronologyField, names: Chronology['names'], numbers: Numbers): string {
  if (kind === 'text') return typeof value === 'string' ? value : 'Erased'
  if (kind === 'id') return names[String(value)] ?? numbers.get(String(value)) ?? label(of ?? 'not-known')
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const words = typeof value === 'number' ? String(value) : cellInWords(String(value), names)
  return kind === 'measure' && typeof value === 'number' && of !== undefined && !OBVIOUS.includes(of) ? `${words} (${of})` : words
}

/** In which roles a child stands in the case, by what holds, and what was known of the child then. */
function childShown(child: string, { entries }: Chronology, numbers: Numbers): ChildShown {
  const involved = entries.filter((e) => e.type === 'child-involved' && e.state === 'holds' && valueIn(e, 'child') === child)
  const last = involved.at(-1)
  const known = last ? ['sex', 'yearGroup', 'age', 'senProvision'].flatMap((path) => aboutChild(path, valueIn(last, path))) : []
  return {
    name: numbers.get(child)!,
    roles: [...new Set(involved.map((e) => label(String(valueIn(e, 'role')))))],
    about: known.join(', '),
  }
}

const valueIn = ({ fields }: ChronologyEntry, path: string): unknown => fields.find((f) => f.path === path)?.value

function aboutChild(path: string, value: unknown): string[] {
  if (value === undefined || value === null || value === 'unknown') return []
  if (path === 'age') return [`${String(value)} years old`]
  return [path === 'yearGroup' && /^\d+$/.test(String(value)) ? `Year ${String(value)}` : label(String(value))]
}

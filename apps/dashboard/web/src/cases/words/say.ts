import type { ChronologyField, PrintedEntry } from '@circumspect/dashboard'
import { codeLabel } from '../../recording/model/words'
import { cellInWords, dayInWords } from '../../shared/labels'
import { termOf } from './terms'

type Names = Readonly<Record<string, string>>

/** What stands of a case, whoever it is shown to. */
export interface CaseTold {
  readonly children: readonly string[]
  readonly entries: readonly PrintedEntry[]
  readonly names: Names
}

/** What something without a name of its own is called in this case, by its id. */
export type Called = (id: string) => string

export interface Said {
  readonly term: string
  readonly words: string
  /** Words that somebody wrote, perhaps many. */
  readonly long: boolean
}

/** `a, b and c` */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`

/** As it stands within a sentence: "CAMHS", "Year 9" and names stay as they are. */
const KEPT = /^(.[A-Z]|Year |Hackett|English|White|Asian|Black|Mixed|Chinese)/
export const mid = (words: string): string => (KEPT.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1))
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** A part of one of a list: `needs.0.area`. */
const ITEM = /^(\w+)\.(\d+)\.\w+$/
const BEFORE: Readonly<Record<string, string>> = { lead: 'led by ', due: 'by ' }

const ERASED = 'Words erased'

/** One entry, to be said in words: what its sentence has said is not said again beneath it. */
export class Say {
  private readonly used = new Set<string>()

  constructor(
    private readonly entry: PrintedEntry,
    readonly called: Called,
    private readonly names: Names,
  ) {}

  private find(path: string): ChronologyField | undefined {
    this.used.add(path)
    return this.entry.fields.find((field) => field.path === path)
  }

  /** The value as it is recorded; it counts as said. */
  value(path: string): unknown {
    return this.find(path)?.value
  }

  /** The value in words; undefined where there is none. */
  words(path: string): string | undefined {
    const field = this.find(path)
    return field && this.inWords(field)
  }

  /** The words of a code, as they stand within a sentence; what is not known is left out. */
  code(path: string): string | undefined {
    const value = this.value(path)
    return value === undefined || value === 'not-known' || value === 'unknown' ? undefined : mid(this.words(path)!)
  }

  child(path = 'child'): string {
    const id = this.value(path)
    return id === undefined ? 'a child' : this.called(String(id))
  }

  /** Everything below a list, in words: `routes` for `routes.0`, `routes.1` … */
  all(list: string): string[] {
    return this.entry.fields.filter(({ path }) => path.startsWith(`${list}.`)).map(({ path }) => mid(this.words(path)!))
  }

  codes(list: string): string[] {
    return this.entry.fields.filter(({ path }) => path.startsWith(`${list}.`)).map(({ path }) => String(this.value(path)))
  }

  /** What the sentence has not said, fields of a list together; what nobody knows in one line at the end. */
  rest(): Said[] {
    const said = new Map<string, { words: string[]; long: boolean }>()
    const unknown: string[] = []
    for (const field of this.entry.fields) {
      if (this.used.has(field.path) || isMade(this.entry.type, field)) continue
      const term = termOf(`${this.entry.type}.${field.path}`) ?? 'Also recorded'
      if (field.value === 'not-known' || field.value === 'unknown') {
        unknown.push(mid(term))
        continue
      }
      const item = ITEM.exec(field.path)
      if (item) {
        const [, list, at] = item as unknown as [string, string, string]
        const whole = termOf(`${this.entry.type}.${list}`) ?? 'Also recorded'
        said.set(whole, { words: [...(said.get(whole)?.words ?? []), this.item(`${list}.${at}.`)], long: true })
        continue
      }
      const before = said.get(term) ?? { words: [], long: false }
      said.set(term, { words: [...before.words, this.inWords(field)], long: before.long || (field.class === 'text' && field.of === undefined && isLong(field)) })
    }
    const lines = [...said].map(([term, { words, long }]) => ({ term, words: words.join(long ? '\n' : ', '), long }))
    return unknown.length === 0 ? lines : [...lines, { term: 'Not known', words: unknown.join(', '), long: false }]
  }

  /** One of a list: what it is, then the rest of it. `Family: A visit; led by Staff X; by 1 May 2026` */
  private item(start: string): string {
    const parts = this.entry.fields.filter(({ path }) => path.startsWith(start)).map((field) => {
      this.used.add(field.path)
      return (BEFORE[field.path.slice(start.length)] ?? '') + this.inWords(field)
    })
    const [first, second, ...rest] = parts
    const isHeaded = this.entry.fields.find(({ path }) => path.startsWith(start))?.class === 'code'
    return isHeaded && second !== undefined ? [`${first!}: ${second}`, ...rest].join('; ') : parts.join('; ')
  }

  private inWords(field: ChronologyField): string {
    const { value, class: kind, of, path } = field
    if (kind === 'text') return typeof value === 'string' ? value : ERASED
    if (value === null) return 'No school that uses this system'
    if (kind === 'id') return this.names[String(value)] ?? this.called(String(value))
    if (typeof value === 'boolean') return value ? 'Yes' : 'No'
    if (kind === 'code') return codeLabel(`${this.entry.type}.${path.replace(/\.\d+$/, '')}`, String(value))
    if (of === 'date') return dayInWords(String(value))
    return typeof value === 'number' ? String(value) : cellInWords(String(value), this.names)
  }
}

const SHORT = 60
const isLong = ({ value }: ChronologyField): boolean => typeof value === 'string' && (value.length > SHORT || value.includes('\n'))

/** The id by which a record calls what it brings into being says nothing to anybody. */
const MAKERS: Readonly<Record<string, string>> = {
  'incident-recorded': 'incident', 'referral-made': 'referral', 'risk-assessed': 'assessment', 'support-planned': 'plan', 'safety-plan-agreed': 'plan',
}
const isMade = (type: string, { path }: ChronologyField): boolean => MAKERS[type] === path

/** What children, places, schools, incidents, referrals, plans and assessments are called in this case. */
export function calledIn({ children, entries, names }: CaseTold): Called {
  const things = new Map(children.map((child, i) => [child, names[child] ?? `Child ${i + 1} (no name kept)`]))
  const of = (path: string, { fields }: PrintedEntry) => fields.find((f) => f.path === path)?.value
  const made = new Map<string, { words: string; entry: PrintedEntry }>()
  for (const entry of entries) {
    const key = MAKERS[entry.type]
    const id = key === undefined ? undefined : of(key, entry)
    if (id !== undefined) made.set(String(id), { words: thingInWords(entry, (path) => of(path, entry), (id) => things.get(id) ?? 'a child'), entry })
  }
  const times = (words: string) => [...made.values()].filter((m) => m.words === words).length
  const seen = new Map<string, number>()
  for (const [id, { words, entry }] of made) {
    const dated = times(words) === 1 ? words : words === INCIDENT ? INCIDENT : `${words} of ${dayInWords(entry.occurredAt.date)}`
    const n = (seen.get(dated) ?? 0) + 1
    seen.set(dated, n)
    things.set(id, words === INCIDENT && times(words) > 1 ? `incident ${n}` : n === 1 ? dated : `${dated} (${n})`)
  }
  return (id) => names[id] ?? things.get(id) ?? 'one that is not known'
}

const INCIDENT = 'the incident'
function thingInWords({ type }: PrintedEntry, value: (path: string) => unknown, child: (id: string) => string): string {
  const whose = value('child') === undefined ? undefined : child(String(value('child')))
  if (type === 'incident-recorded') return INCIDENT
  if (type === 'referral-made') return `the referral to ${agencyInWords(String(value('agency')))}`
  if (type === 'risk-assessed') return `the risk assessment for ${whose ?? mid(codeLabel('forWhom', String(value('forWhom'))))}`
  return `the ${type === 'support-planned' ? 'support' : 'safety'} plan for ${whose ?? 'a child'}`
}

const AGENCIES: Readonly<Record<string, string>> = {
  police: 'the police',
  health: 'health services',
  'youth-offending': 'the youth offending service',
  'specialist-sexual-violence': 'a specialist sexual violence service',
  'education-lead': 'the education lead',
}
/** An agency as it stands within a sentence. */
export const agencyInWords = (code: string): string => AGENCIES[code] ?? mid(codeLabel('agency', code))

/** `by telephone`, `face to face` */
export const mannerInWords = (code: string): string =>
  code === 'other' ? 'in another way' : code === 'face-to-face' ? 'face to face' : `by ${mid(codeLabel('manner', code))}`

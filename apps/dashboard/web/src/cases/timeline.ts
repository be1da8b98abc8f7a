import type { Chronology, ChronologyEntry, PrintedEntry } from '@circumspect/dashboard'
import { WITHDRAWAL } from '@circumspect/domain'
import { dayInWords, label, momentInWords } from '../shared/labels'
import { sentenceOf } from './words/sentences'
import { calledIn, mid, Say, type Called, type Said } from './words/say'

/** An entry in words: its sentence, and what else it says. */
export interface Worded {
  readonly sentence: string
  readonly said: readonly Said[]
}

/** What was done to an entry after it was recorded, and what it said before, where that was replaced. */
export interface Change {
  readonly kind: 'corrected' | 'withdrawn' | 'restored'
  readonly on: string
  /** Empty where none was given. */
  readonly because: string
  readonly former?: Worded & { readonly when: string }
}

export interface EntryShown extends Worded {
  readonly id: string
  readonly type: string
  /** `10:45`, `in the hour from 10:00`, `lunch`; empty where only the day is known. */
  readonly time: string
  readonly recorded: string
  /** It stands; else it was taken back. */
  readonly holds: boolean
  readonly changes: readonly Change[]
}

export interface DayShown {
  readonly day: string
  readonly entries: readonly EntryShown[]
}

const recordedDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/London' })
/** The day, here, on which something was recorded. */
export const dayRecorded = (instant: string): string => recordedDay.format(new Date(instant))

type Dated = Pick<PrintedEntry, 'occurredAt' | 'place'>
const momentOf = ({ occurredAt: { date, time } }: Dated): string => `${date} ${time ?? ''}`

/** In the order in which things happened; of one moment, as they were first recorded. */
export const inOrder = <E extends Dated>(entries: readonly E[]): E[] =>
  [...entries].sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : momentOf(a) > momentOf(b) ? 1 : a.place - b.place))

/** The day of an entry as well as it is known. */
export function dayOf({ occurredAt: { date, precision } }: Dated): string {
  const day = dayInWords(date)
  if (precision === 'unknown') return `Date not known, no later than ${day}`
  return precision === 'month' ? `In ${day.replace(/^\d+ /, '')}` : day
}

/** The time of an entry as well as it is known; empty where only the day is. */
export function timeOf({ occurredAt: { time, precision }, ...entry }: Dated & { fields?: PrintedEntry['fields'] }): string {
  if (time !== undefined) return precision === 'hour' ? `in the hour from ${time}` : time
  const slot = entry.fields?.find((f) => f.path === 'slot')?.value
  return precision === 'slot' && typeof slot === 'string' ? mid(label(slot)) : ''
}

export const whenInWords = (entry: PrintedEntry): string => [dayOf(entry), timeOf(entry)].filter((part) => part !== '').join(', ')

/** Puts entries of one case into words. */
export function wording(chronology: Pick<Chronology, 'children' | 'entries' | 'names'>): (entry: PrintedEntry) => Worded {
  const called = calledIn(chronology)
  return (entry) => worded(entry, called, chronology.names)
}

export function worded(entry: PrintedEntry, called: Called, names: Chronology['names']): Worded {
  const say = new Say(entry, called, names)
  const sentence = sentenceOf(entry.type, say)
  return { sentence, said: say.rest() }
}

/** A case day by day: each fact once, as it stands, with what was changed of it. */
export function prepareTimeline(chronology: Chronology): DayShown[] {
  const words = wording({ ...chronology, entries: chronology.entries.filter((e) => e.state !== 'corrected') })
  const changes = changesIn(chronology.entries, words)
  const days: { day: string; entries: EntryShown[] }[] = []
  for (const entry of inOrder(chronology.entries.filter((e) => e.type !== WITHDRAWAL && e.state !== 'corrected'))) {
    const day = dayOf(entry)
    if (days.at(-1)?.day !== day) days.push({ day, entries: [] })
    const { id, type, recordedAt, recordedBy } = entry
    days.at(-1)!.entries.push({
      id, type, time: timeOf(entry), recorded: momentInWords(recordedAt) + (chronology.names[recordedBy] === undefined ? '' : ` by ${chronology.names[recordedBy]}`), holds: entry.state === 'holds', changes: changes(entry), ...words(entry),
    })
  }
  return days
}

/** For each entry that stands or was taken back: every correction, taking back and putting back, in the order they were recorded. */
function changesIn(entries: readonly ChronologyEntry[], words: (entry: PrintedEntry) => Worded): (entry: ChronologyEntry) => Change[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const target = (withdrawal: ChronologyEntry) => byId.get(String(withdrawal.fields.find((f) => f.path === 'event')?.value))
  const firstOf = (entry: ChronologyEntry): ChronologyEntry => (entry.supersedes === undefined ? entry : firstOf(byId.get(entry.supersedes)!))
  /** The fact that a withdrawal is about in the end, and whether it takes it back or puts it back. */
  const about = (withdrawal: ChronologyEntry, back = true): { fact: string; back: boolean } | undefined => {
    const of = target(withdrawal)
    if (of === undefined) return undefined
    return of.type === WITHDRAWAL ? about(of, !back) : { fact: firstOf(of).id, back }
  }
  return (entry) => {
    const fact = firstOf(entry).id
    return entries.flatMap((later): Change[] => {
      const said = { on: dayRecorded(later.recordedAt), because: typeof later.reason === 'string' ? later.reason : '' }
      if (later.type === WITHDRAWAL && later.supersedes === undefined) {
        const found = about(later)
        return found?.fact === fact ? [{ kind: found.back ? 'withdrawn' : 'restored', ...said }] : []
      }
      if (later.supersedes === undefined || firstOf(later).id !== fact) return []
      const former = byId.get(later.supersedes)!
      return [{ kind: 'corrected', ...said, former: { when: whenInWords(former), ...words(former) } }]
    })
  }
}

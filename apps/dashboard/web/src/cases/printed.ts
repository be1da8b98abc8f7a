import type { PrintedChronology, PrintedEntry } from '@circumspect/dashboard'
import { dayRecorded, inOrder, whenInWords, worded } from './timeline'
import { agencyInWords, calledIn, capital, Say, type Said } from './words/say'

export interface PrintedRow {
  readonly id: string
  readonly when: string
  /** Facts and accounts. */
  readonly happened: readonly string[]
  /** What the school or an agency did about it. */
  readonly done: readonly string[]
  readonly by: string
  /** Where the document is kept, and the short form of the entry’s id. */
  readonly reference: readonly string[]
  readonly recorded: readonly string[]
}

/** What was told, seen, alleged or found; all else is something done about it. */
const HAPPENED = new Set([
  'disclosure-made', 'concern-noticed', 'wishes-recorded', 'statement-taken', 'incident-recorded', 'child-involved', 'act-recorded', 'incident-appraised',
  'vulnerabilities-recorded', 'chronology-entry-made', 'referral-answered', 'challenge-answered', 'criminal-process-updated',
])

/** The table of a serious incident chronology, in the order things happened. */
export function preparePrinted(chronology: PrintedChronology): PrintedRow[] {
  const called = calledIn(chronology)
  return inOrder(chronology.entries).map((entry) => {
    const { sentence, said } = worded(entry, called, chronology.names)
    const done = entry.type === 'chronology-entry-made' ? said.filter(({ term }) => term === 'What was done') : []
    const rest = said.filter((one) => !done.includes(one) && !BESIDE.includes(one.term))
    const words = [sentence, ...inLines(rest), ...correction(entry)]
    return {
      id: entry.id,
      when: whenInWords(entry),
      happened: HAPPENED.has(entry.type) ? words : [],
      done: HAPPENED.has(entry.type) ? done.map(({ words }) => words) : words,
      by: byWhom(entry, new Say(entry, called, chronology.names)),
      reference: [...said.filter(({ term }) => term === 'Document').map(({ words }) => words), shortOf(entry.id)],
      recorded: [...(chronology.names[entry.recordedBy] === undefined ? [] : [chronology.names[entry.recordedBy]!]), stampOf(entry.recordedAt)],
    }
  })
}

/** Terms with a column of their own, and what nobody knows: the case page has that. */
const BESIDE = ['Responsible', 'Document', 'Not known']

/** Long words in a line of their own, the short in one. */
function inLines(said: readonly Said[]): string[] {
  const inLine = ({ term, words }: Said): string => `${term}: ${words}`
  const short = said.filter(({ long }) => !long)
  return [...said.filter(({ long }) => long).map(inLine), ...(short.length === 0 ? [] : [short.map(inLine).join('; ')])]
}

function correction({ supersedes, recordedAt, reason }: PrintedEntry): string[] {
  if (supersedes === undefined) return []
  return [`Corrected on ${dayRecorded(recordedAt)}${typeof reason === 'string' ? `, because: ${reason}` : ''}`]
}

/** The first eight signs of an id: enough to find the entry again. */
export const shortOf = (id: string): string => id.slice(0, 8)

const LEAD = 'Designated safeguarding lead'
/** Who did it, where the record says so; else in which role it is done. */
function byWhom({ type }: PrintedEntry, say: Say): string {
  const named = say.words('responsible') ?? say.words('takenBy') ?? (type === 'act-recorded' ? undefined : say.words('by')) ?? say.words('contact')
  if (named !== undefined) return named
  if (type === 'concern-taken-up') return LEAD
  if (type === 'referral-answered' || type === 'challenge-answered') return 'The agency'
  if (type === 'professional-involved' || type === 'agency-agreement-recorded') return capital(agencyInWords(String(say.value('agency'))))
  return '–'
}

const stamp = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })
const stampOf = (instant: string): string => stamp.format(new Date(instant))

const counted = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`)

/** What is not in it and why, as it stands at the top of the page. */
export function leftOutInWords({ for: child, leftOut, masked, withoutName, corrected, takenBack }: PrintedChronology): string[] {
  const changed = [
    ...(corrected > 0 ? [`${counted(corrected, 'entry is', 'entries are')} shown as corrected, with the reason; what ${corrected === 1 ? 'it' : 'they'} said before is in the record.`] : []),
    ...(takenBack > 0 ? [`${counted(takenBack, 'entry was', 'entries were')} taken back and ${takenBack === 1 ? 'is' : 'are'} not printed.`] : []),
  ]
  if (child === null) return changed
  return [
    `${counted(leftOut, 'entry is', 'entries are')} left out: about other children alone, such as their findings, plans, risk assessments and families.`,
    masked === 0 ? 'No other child is named in this case.' : `${counted(masked, 'other child is', 'other children are')} called “Another child A” and so on; names, surnames or forenames in the words are replaced.`,
    ...(withoutName > 0 ? [`Of ${counted(withoutName, 'other child', 'other children')} no name is kept, so none could be looked for in the words.`] : []),
    ...changed,
  ]
}

export const titleOf = ({ for: child, names }: PrintedChronology): string =>
  child === null ? 'The whole case' : `For ${names[child] ?? 'a child whose name is not kept'}`

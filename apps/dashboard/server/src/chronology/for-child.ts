import { WITHDRAWAL } from '@circumspect/domain'
import { nameMask, type MaskedChild } from './names-in-text'
import type { Chronology, ChronologyEntry, ChronologyField } from './read-chronology'

/** An entry of a printed chronology: what it says, leaf by leaf, and nothing beside it. */
export type PrintedEntry = Omit<ChronologyEntry, 'data' | 'state'>

/** A case as it stands, to be printed: for one of its children, with the others masked, or whole. */
export interface PrintedChronology extends Omit<Chronology, 'entries'> {
  /** The child it is for; null for the whole case. */
  readonly for: string | null
  /** What holds; an entry that corrects another says why in `reason`. */
  readonly entries: readonly PrintedEntry[]
  /** The instant it is as of. */
  readonly at: string
  readonly corrected: number
  readonly takenBack: number
  /** Entries about other children alone, which are not here. */
  readonly leftOut: number
  /** How many other children are masked; of how many no name is kept, so that none could be looked for in the words. */
  readonly masked: number
  readonly withoutName: number
}

/** All that stands, nobody masked. */
export function wholeCase(chronology: Chronology, at: string): PrintedChronology {
  const standing = standingIn(chronology)
  return { ...chronology, for: null, at, entries: standing.map(printed), ...taken(chronology, standing), leftOut: 0, masked: 0, withoutName: 0 }
}

/**
 * What stands of a case, for one of its children: entries about other children alone are left out, in the others those are called
 * "Another child A", "Another child B" … in the order in which the case first names them, in fields and in words, and nothing else is
 * said of them.
 *
 * @param sameAs the children that were found to be one with another, itself included: each set is one child
 */
export function forChild(chronology: Chronology, child: string, sameAs: (child: string) => ReadonlySet<string>, at: string): PrintedChronology {
  const { children, names } = chronology
  const own = sameAs(child)
  const letters = new Map<ReadonlySet<string>, string>()
  const masks = new Map<string, string>()
  for (const other of children.filter((id) => !own.has(id))) {
    const one = [...letters.keys()].find((set) => set.has(other)) ?? sameAs(other)
    if (!letters.has(one)) letters.set(one, letterOf(letters.size))
    masks.set(other, letters.get(one)!)
  }
  const others = [...masks].flatMap(([id, letter]): MaskedChild[] => (names[id] === undefined ? [] : [{ name: names[id], as: `Another child ${letter}` }]))
  const mask = nameMask(others, [...own].flatMap((id) => names[id] ?? []))
  const standing = standingIn(chronology)
  const isOthers = aboutOthers(standing, own)
  const kept = standing.filter((entry) => !isOthers(entry))
  const hidden = wishedNotToBeNamed(standing)
  const entries = kept.map((entry) => masked(printed(entry), own, masks, hidden, mask))
  const standIns = Object.fromEntries([...letters.values()].map((letter) => [standIn(letter), `Another child ${letter}`]))
  // Only what is spoken of: a school of another child's is not.
  const spokenOf = new Set([chronology.school, ...own, ...entries.flatMap((e) => [e.recordedBy, ...e.fields.map((f) => String(f.value))])])
  return {
    ...chronology,
    for: child,
    at,
    children: [child, ...Object.keys(standIns)],
    entries,
    names: { ...Object.fromEntries(Object.entries(names).filter(([id]) => spokenOf.has(id) && !masks.has(id))), ...standIns },
    ...taken(chronology, standing),
    leftOut: standing.length - kept.length,
    masked: letters.size,
    withoutName: [...letters.keys()].filter((set) => ![...set].some((id) => names[id] !== undefined)).length,
  }
}

const standingIn = ({ entries }: Chronology): ChronologyEntry[] => entries.filter((e) => e.state === 'holds' && e.type !== WITHDRAWAL)

const printed = ({ data: _data, state: _state, ...entry }: ChronologyEntry): PrintedEntry => entry

const taken = ({ entries }: Chronology, standing: readonly ChronologyEntry[]) => ({
  corrected: standing.filter((e) => e.supersedes !== undefined).length,
  takenBack: entries.filter((e) => e.state === 'withdrawn').length,
})

/** Stands for the id of a child that is masked. */
const standIn = (letter: string): string => `another-child-${letter.toLowerCase()}`

const ALPHABET = 26
/** A … Z, AA, AB … */
const letterOf = (n: number): string => (n >= ALPHABET ? letterOf(Math.floor(n / ALPHABET) - 1) : '') + String.fromCharCode(65 + (n % ALPHABET))

type Fields = { readonly fields: readonly ChronologyField[] }
const idsOf = ({ fields }: Fields, of: string): string[] => fields.filter((f) => f.class === 'id' && f.of === of).map((f) => String(f.value))
const valueAt = ({ fields }: Fields, path: string): unknown => fields.find((f) => f.path === path)?.value

/** What belongs to whoever it was made for: its answers and reviews do too. */
const THINGS = ['referral', 'assessment', 'plan']

/** Is an entry about other children alone: by the children it names, by the incident or by the plan, assessment or referral it is of? */
function aboutOthers(standing: readonly ChronologyEntry[], own: ReadonlySet<string>): (entry: ChronologyEntry) => boolean {
  const ofIncident = new Map<string, string[]>()
  const ofThing = new Map<string, string[]>()
  for (const entry of standing) {
    const children = idsOf(entry, 'child')
    if (entry.type === 'child-involved') for (const id of idsOf(entry, 'incident')) ofIncident.set(id, [...(ofIncident.get(id) ?? []), ...children])
    for (const id of THINGS.flatMap((of) => idsOf(entry, of))) ofThing.set(id, [...(ofThing.get(id) ?? []), ...children])
  }
  const others = (children: readonly string[] = []) => children.length > 0 && !children.some((id) => own.has(id))
  return (entry) => {
    if (idsOf(entry, 'incident').some((id) => others(ofIncident.get(id)))) return true
    // Who told, and who else was in the same incident, belongs to the case of each child in it.
    if (entry.type === 'disclosure-made' || entry.type === 'child-involved') return false
    return others([...idsOf(entry, 'child'), ...THINGS.flatMap((of) => idsOf(entry, of)).flatMap((id) => ofThing.get(id) ?? [])])
  }
}

/** Children who have asked not to be named. */
const wishedNotToBeNamed = (standing: readonly ChronologyEntry[]): ReadonlySet<string> =>
  new Set(standing.filter((e) => e.type === 'wishes-recorded' && valueAt(e, 'anonymityAsked') === true).flatMap((e) => idsOf(e, 'child')))

/** What is said of another child's involvement: that there was one, and in which role. */
const OF_ANOTHER = ['incident', 'child', 'role']

function masked(
  entry: PrintedEntry,
  own: ReadonlySet<string>,
  masks: ReadonlyMap<string, string>,
  hidden: ReadonlySet<string>,
  mask: (text: string) => string,
): PrintedEntry {
  const another = entry.type === 'child-involved' && !idsOf(entry, 'child').some((id) => own.has(id))
  const told = entry.type === 'disclosure-made' ? idsOf(entry, 'child')[0] : undefined
  const unnamed = told !== undefined && masks.has(told) && hidden.has(told)
  const shown = entry.fields.filter(({ path }) => (!another || OF_ANOTHER.includes(path)) && (!unnamed || (path !== 'child' && path !== 'reportedBy')))
  const fields = shown.map((field): ChronologyField => {
    if (field.class === 'text' && typeof field.value === 'string') return { ...field, value: mask(field.value) }
    const letter = field.of === 'child' ? masks.get(String(field.value)) : undefined
    return letter === undefined ? field : { ...field, value: standIn(letter) }
  })
  return { ...entry, fields, ...(typeof entry.reason === 'string' && { reason: mask(entry.reason) }) }
}

/** A child who is not to be recognised, and what stands instead of the name. */
export interface MaskedChild {
  readonly name: string
  readonly as: string
}

interface Person {
  readonly words: readonly string[]
  /** Undefined: the child whose document it is. */
  readonly as: string | undefined
}

interface Word {
  readonly start: number
  readonly end: number
  /** What it can be of a name: as it stands, without the s of a possessive, without digits behind it. */
  readonly forms: readonly string[]
  /** A capital alone: perhaps an initial. */
  readonly initial: string | undefined
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** What can stand between the parts of one name: "Smith, A.", "O’Brien", "Two-Names". */
const BETWEEN = /^[\s.,'’_‐‑-]{1,3}$/u
const NUMBER_OF_A_PUPIL = /(?<![\p{L}\p{N}])[A-Z]\d{11}[\dA-Z](?![\p{L}\p{N}])/giu

/** Letters that no accent is taken from, as they are typed without them. */
const SPELT: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ħ: 'h' }

/** Words of what children without a name are called; by themselves they are no name. */
const NO_NAME = new Set(['child', 'children', 'pupil', 'student', 'boy', 'girl', 'unknown', 'anonymous', 'name'])

/** Small, without accents. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðßæœıþħ]/g, (letter) => SPELT[letter]!)

/** The words of a name, folded. */
export const wordsOfName = (name: string): string[] => (name.match(WORD) ?? []).map(folded)

/** Does it point to a child by itself? A letter, a number and a word such as "pupil" do not. */
export const isTelling = (word: string): boolean => !/^([a-z]|\d+)$/.test(word) && !NO_NAME.has(word)

/**
 * Takes the names of children out of words that people wrote: the whole name, or the surname or a forename alone, in any case, with or
 * without accents, in a possessive, with initials. Where a part of a name could be of several, nobody is named: "a child" if the
 * document's own may be meant, else "another child". Numbers that look like a UPN go too. Nicknames, misspellings, and what else a child
 * can be recognised by, stay.
 */
export function nameMask(others: readonly MaskedChild[], own: readonly string[]): (text: string) => string {
  const people: Person[] = [...others.map(({ name, as }) => ({ words: wordsOfName(name), as })), ...own.map((name) => ({ words: wordsOfName(name), as: undefined }))]
  return (text) => {
    const parts: string[] = []
    let at = 0
    for (const { start, end, instead } of runsIn(text, people)) {
      parts.push(text.slice(at, start), instead)
      at = end
    }
    return [...parts, text.slice(at)].join('').replace(NUMBER_OF_A_PUPIL, '(number masked)')
  }
}

interface Found {
  readonly start: number
  readonly end: number
  readonly instead: string
}

/** Somebody who may be meant, and which words of the name have been met so far, by their places in it; -1 for an initial. */
interface Meant {
  readonly person: Person
  readonly met: readonly number[]
}

/** Every stretch of words that is a name of somebody to be masked. */
function* runsIn(text: string, people: readonly Person[]): Generator<Found> {
  const words = [...text.matchAll(WORD)].map(wordOf)
  for (let i = 0; i < words.length;) {
    let meant = people.map((person): Meant => ({ person, met: [] })).flatMap((one) => further(one, words[i]!))
    let last = i
    for (let next = i + 1; meant.length > 0 && next < words.length; next++) {
      const both = BETWEEN.test(text.slice(words[last]!.end, words[next]!.start)) ? meant.flatMap((one) => further(one, words[next]!)) : []
      if (both.length === 0) break
      meant = both
      last = next
    }
    const named = meant.filter(isNamed).map(({ person }) => person)
    if (named.some(({ as }) => as !== undefined)) yield { start: words[i]!.start, end: words[last]!.end, instead: insteadOf(named) }
    i = named.length > 0 ? last + 1 : i + 1
  }
}

/** The same person with one more word met, each word of a name once; nobody where the word is not of the name. */
function further({ person, met }: Meant, { forms, initial }: Word): Meant[] {
  const place = person.words.findIndex((word, at) => forms.includes(word) && !met.includes(at))
  if (place >= 0) return [{ person, met: [...met, place] }]
  return initial !== undefined && person.words.some((word) => word.startsWith(initial)) ? [{ person, met: [...met, -1] }] : []
}

function wordOf(match: RegExpExecArray): Word {
  const whole = folded(match[0])
  const possessive = whole.length > 3 && whole.endsWith('s') ? [whole.slice(0, -1)] : []
  const bare = whole.replace(/\d+$/, '')
  const initial = /^\p{Lu}$/u.test(match[0]) ? whole : undefined
  return { start: match.index, end: match.index + match[0].length, forms: [whole, ...possessive, ...(bare === '' ? [] : [bare])], initial }
}

/** Has a telling word of the name been met, or two of its words in their order ("Child A")? */
function isNamed({ person: { words }, met }: Meant): boolean {
  const places = met.filter((place) => place >= 0)
  if (places.some((place) => isTelling(words[place]!))) return true
  return places.length > 1 && places.every((place, i) => i === 0 || place > places[i - 1]!)
}

function insteadOf(meant: readonly Person[]): string {
  const as = new Set(meant.map((person) => person.as))
  if (as.size === 1) return [...as][0]!
  return as.has(undefined) ? 'a child' : 'another child'
}

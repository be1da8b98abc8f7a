import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folded, isTelling, nameMask, wordsOfName } from './names-in-text'

// Made of syllables nobody is called by.
const OTHERS = [
  { name: 'Zorvé Quilmark', as: 'Another child A' },
  { name: 'Bram-Łukk O’Draven', as: 'Another child B' },
]
const mask = nameMask(OTHERS, ['Tellina Yorrick'])

describe('names of other children in what people wrote', () => {
  it.each([
    ['Zorvé Quilmark said so.', 'Another child A said so.'],
    ['ZORVE came; then quilmark.', 'Another child A came; then Another child A.'],
    ['Quilmark, Zorvé (7B)', 'Another child A (7B)'],
    ['Z. Quilmark and Zorve Q.', 'Another child A and Another child A.'],
    ['Zorve’s bag, zorves phone, zorve07', 'Another child A’s bag, Another child A phone, Another child A'],
    ['Bram Lukk and O’Draven', 'Another child B and Another child B'],
    ['zorve.quilmark@school', 'Another child A@school'],
    ['Zorve\u0301 decomposed', 'Another child A decomposed'],
    ['Zorvé, Draven and Tellina', 'Another child A, Another child B and Tellina'],
    ['UPN a123456789012 of hers', 'UPN (number masked) of hers'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked))

  it('leaves words alone that only hold a name in them, and the document’s own child', () => {
    const text = 'A quilmarked zorvella, I said; Tellina Yorrick’s own words.'
    expect(mask(text)).toBe(text)
  })

  it('names nobody where a part of a name could be of several', () => {
    const shared = nameMask([{ name: 'Zorvé Quilmark', as: 'Another child A' }, { name: 'Zorvé Hask', as: 'Another child B' }], ['Tellina Quilmark'])
    expect(shared('Zorvé ran')).toBe('another child ran')
    expect(shared('Quilmark ran')).toBe('a child ran')
    expect(shared('Zorvé Hask, Zorvé Quilmark and Tellina Quilmark')).toBe('Another child B, Another child A and Tellina Quilmark')
  })

  it('does not take "the child" for a child who is called Child A', () => {
    const made = nameMask([{ name: 'Child A', as: 'Another child A' }, { name: 'Child B12', as: 'Another child B' }], ['Child C'])
    expect(made('A child told a child. Child A, child b12 and B12 were there; Child C was not. 12 of them.')).toBe(
      'A child told a child. Another child A, Another child B and Another child B were there; Child C was not. 12 of them.',
    )
  })
})

describe('whatever children are called, and however it was written', () => {
  const syllable = fc.constantFrom('zor', 'qué', 'łuk', 'dra', 'ven', 'hask', 'ørm', 'ýl', 'bræ', 'mün', 'tek', 'ßi')
  const word = fc.array(syllable, { minLength: 2, maxLength: 3 }).map((parts) => parts.join(''))
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.map((w) => w[0]!.toUpperCase() + w.slice(1)).join(' '))
  const filler = fc.constantFrom('the', 'said', 'that', 'corridor', 'was', 'at', 'lunch', '12:30', 'and', '–', 'a')
  const spelt = (text: string) => fc.constantFrom(text, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD'), folded(text))
  const after = fc.constantFrom('', '.', ',', '’s', "'s", ')', '?', ': ')
  const written = (names: readonly string[]) => {
    const part = fc.constantFrom(...names, ...names.flatMap((n) => n.split(' '))).chain(spelt)
    return fc.array(fc.tuple(fc.oneof(filler, part), after).map((pair) => pair.join('')), { maxLength: 12 }).map((parts) => parts.join(' '))
  }
  const told = fc.array(name, { minLength: 1, maxLength: 4 }).chain((names) => fc.tuple(fc.constant(names), written(names)))
  const others = (names: readonly string[]) => names.map((n, i) => ({ name: n, as: `Another child ${'ABCD'[i]!}` }))

  it('no word of another child’s name is left', () => {
    fc.assert(
      fc.property(told, ([names, text]) => {
        const left = wordsOfName(nameMask(others(names), [])(text))
        for (const part of names.flatMap(wordsOfName).filter(isTelling)) expect(left).not.toContain(part)
      }),
    )
  })

  it('all other words stay, in their order', () => {
    const rest = (text: string) => text.match(/\b(the|said|that|corridor|was|at|lunch|12:30)\b/g) ?? []
    fc.assert(
      fc.property(told, ([names, text]) => {
        expect(rest(nameMask(others(names), [])(text))).toEqual(rest(text))
      }),
    )
  })

  it('what is masked once is not changed by masking again', () => {
    fc.assert(
      fc.property(told, ([names, text]) => {
        const mask = nameMask(others(names), [])
        expect(mask(mask(text))).toBe(mask(text))
      }),
    )
  })

  it('the whole name of the document’s own child stays, and words without a name are as they were', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 4 }), fc.array(filler).map((f) => f.join(' ')), (names, words) => {
        const [own, ...rest] = names as [string, ...string[]]
        const shares = rest.flatMap(wordsOfName).some((w) => wordsOfName(own).includes(w))
        fc.pre(!shares)
        const text = `${words} ${own} ${words}`
        expect(nameMask(others(rest), [own])(text)).toBe(text)
      }),
    )
  })
})

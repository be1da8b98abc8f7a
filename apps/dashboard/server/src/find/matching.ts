/** Letters as people type them: without accents, small, what joins words taken for a space. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

const wordsOf = (text: string): string[] => folded(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')

/** Does a name have, for each word typed, a word of its own that begins so? "ann sm" finds "Anna-Maria Smith". */
export function nameMatcher(typed: string): (name: string | undefined) => boolean {
  const wanted = wordsOf(typed)
  return (name) => {
    if (name === undefined || wanted.length === 0) return false
    const left = wordsOf(name)
    return wanted.every((word) => {
      const at = left.findIndex((own) => own.startsWith(word))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  }
}

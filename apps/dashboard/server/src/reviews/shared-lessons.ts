import type { ReviewShown } from './read-review'

/** A lesson as other schools of the trust see it. */
export interface SharedLesson {
  readonly theme: string
  /** Kinds of place and slots; a place of the school's own is not named. */
  readonly locationKinds: readonly string[]
  readonly slots: readonly string[]
  readonly learnt: string
}

/**
 * Lessons go beyond their school only where whoever recorded them marked them as for the whole trust, and then without the case, the
 * review, the school, the place, the day and the actions: theme, kinds of place, slots and the words, in an order that says nothing
 * of when. The words are shared as they were written; the form asks for words that name nobody. The same lesson twice is one.
 */
export const sharedLessons = (reviews: readonly ReviewShown[]): SharedLesson[] => {
  const shared = reviews
    .flatMap(({ lessons }) => lessons)
    .filter(({ wholeTrust }) => wholeTrust)
    .map(({ theme, locationKinds, slots, learnt }) => ({ theme, locationKinds, slots, learnt }))
  const once = new Map(shared.map((lesson) => [JSON.stringify(lesson), lesson])).values()
  return [...once].sort((a, b) => (`${a.theme} ${a.learnt}` < `${b.theme} ${b.learnt}` ? -1 : 1))
}

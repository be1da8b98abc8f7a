import { expect, it } from 'vitest'
import type { ReviewShown } from './read-review'
import { sharedLessons } from './shared-lessons'

const lesson = (theme: string, learnt: string, wholeTrust: boolean) => ({
  lesson: 'lesson-id', theme, learnt, wholeTrust, on: '2026-03-02', places: ['place-id'], locationKinds: ['corridor'], slots: ['break'],
})
const review: ReviewShown = {
  review: 'review-id', school: 'school-id', revision: 3,
  reviewed: [{ on: '2026-03-02', case: 'case-id', known: 'known', couldHaveBeenDifferent: 'different', hasToChange: 'change' }],
  lessons: [lesson('training', 'Kept here.', false), lesson('training', 'For all.', true), lesson('training', 'For all.', true), lesson('environment', 'Also for all.', true)],
  actions: [],
}

it('shares what was marked for the whole trust, and nothing of where it is from', () => {
  expect(sharedLessons([review])).toEqual([
    { theme: 'environment', locationKinds: ['corridor'], slots: ['break'], learnt: 'Also for all.' },
    { theme: 'training', locationKinds: ['corridor'], slots: ['break'], learnt: 'For all.' },
  ])
  expect(JSON.stringify(sharedLessons([review]))).not.toMatch(/-id|2026|Kept/)
})

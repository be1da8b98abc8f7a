import type { ActionShown, ReviewShown } from '@circumspect/dashboard'
import { describe, expect, it } from 'vitest'
import { beforeAfter, countsInWords, prepareLessons } from './prepare'

const where = { places: [], locationKinds: [], slots: [] }
const action = (name: string, lesson: string | null, due: string, done = false): ActionShown => ({
  action: name, event: name, lesson, what: name, owner: 'o', due, howWeShallKnow: 'h', expected: 'fewer-reports', promptedBy: [], agreed: '2026-01-05',
  ...where, done: done ? { on: '2026-02-01', note: null } : null, followed: [],
})
const lesson = (name: string, theme: string) => ({ lesson: name, theme, wholeTrust: false, learnt: name, on: '2026-01-05', ...where })
const review = (name: string, rest: Partial<ReviewShown>): ReviewShown => ({ review: name, school: 's', revision: 1, reviewed: [], lessons: [], actions: [], ...rest })

describe('lessons learnt', () => {
  const shown = prepareLessons(
    {
      reviews: [
        review('r1', { lessons: [lesson('l1', 'training')], actions: [action('a1', 'l1', '2026-03-01'), action('a2', null, '2026-02-01')] }),
        review('r2', { lessons: [lesson('l2', 'supervision'), lesson('l3', 'supervision')], actions: [action('a3', 'l3', '2026-02-10', true), action('a4', 'l2', '2026-05-01')] }),
      ],
    },
    '2026-03-20',
  )

  it('stand by theme, each with its actions, and those of no lesson at the end', () => {
    expect(shown.themes.map(({ theme, lessons, actions }) => [theme, lessons.length, actions.length])).toEqual([['supervision', 2, 0], ['training', 1, 0], ['', 0, 1]])
    expect(shown.themes[0]!.lessons.map((l) => l.actions.map((a) => a.state))).toEqual([['open'], ['done']])
  })

  it('count what is agreed, overdue and done once, the longest overdue first', () => {
    expect(shown.overdue.map((a) => a.action.action)).toEqual(['a2', 'a1'])
    expect(countsInWords(shown.counts)).toBe('1 agreed, 2 overdue, 1 done')
    expect(shown.lessons).toBe(3)
  })
})

describe('before and after an action', () => {
  const row = { action: 'a', before: 21.05, after: 4.21, ratio: 0.2, lower: 0.08, upper: 0.43, finding: 'in-expected-direction' }
  const words = (rest: object) => beforeAfter({ tables: [{ name: 'before-after', title: '', columns: [], rows: [{ ...row, ...rest }] }] }).get('a')!

  it('is said with its interval, and never as the doing of the action', () => {
    expect(words({})).toContain('21.05 in the year before it was agreed, 4.21 since it was done (0.2 times as much; with chance allowed for, 0.08 to 0.43 times as much)')
    expect(words({})).toMatch(/direction that was expected beforehand\..+does not show that the action did it\.$/)
    expect(words({})).not.toMatch(/effect|because|worked|reduced|led to/)
  })

  it('says where the interval has no end, and where nothing can be compared', () => {
    expect(words({ upper: null })).toContain('at least 0.08 times as much')
    expect(words({ ratio: null, lower: null, upper: null, finding: 'not-observed' })).toContain('Too little was seen to tell.')
    expect(words({ after: null })).toContain('cannot be compared')
    expect(beforeAfter(undefined).size).toBe(0)
  })
})

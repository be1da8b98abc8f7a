import type { ActionShown, LessonShown, Lessons, ReviewShown } from '@circumspect/dashboard'
import { stateOf, type ActionState } from '../reviews/prepare'
import type { NamedAppraisal } from '../shared/api'
import { figure, rowsOf, type Row } from '../pictures/rows'

export interface ActionOf {
  readonly action: ActionShown
  readonly review: ReviewShown
  readonly state: ActionState
}

export interface LessonOf {
  readonly lesson: LessonShown
  readonly review: ReviewShown
  readonly actions: readonly ActionOf[]
}

export interface ThemeShown {
  /** Empty for actions that come from no lesson. */
  readonly theme: string
  readonly lessons: readonly LessonOf[]
  /** Those of no lesson. */
  readonly actions: readonly ActionOf[]
  readonly counts: Readonly<Record<ActionState, number>>
}

export interface LessonsShown {
  readonly overdue: readonly ActionOf[]
  readonly themes: readonly ThemeShown[]
  readonly counts: Readonly<Record<ActionState, number>>
  readonly lessons: number
}

const countsOf = (actions: readonly ActionOf[]) => {
  const of = (state: ActionState) => actions.filter((a) => a.state === state).length
  return { open: of('open'), overdue: of('overdue'), done: of('done') }
}

/** Lessons by theme, those with most lessons first; what is overdue apart, the longest overdue first. */
export function prepareLessons({ reviews }: Pick<Lessons, 'reviews'>, today: string): LessonsShown {
  const actionOf = (review: ReviewShown) => (action: ActionShown) => ({ action, review, state: stateOf(action, today) })
  const lessons = reviews.flatMap((review) =>
    review.lessons.map((lesson) => ({ lesson, review, actions: review.actions.filter((a) => a.lesson === lesson.lesson).map(actionOf(review)) })),
  )
  const alone = reviews.flatMap((review) => review.actions.filter((a) => !review.lessons.some((l) => l.lesson === a.lesson)).map(actionOf(review)))
  const all = [...lessons.flatMap((l) => l.actions), ...alone]
  const themes = [...new Set(lessons.map((l) => l.lesson.theme))].map((theme) => {
    const own = lessons.filter((l) => l.lesson.theme === theme)
    return { theme, lessons: own, actions: [], counts: countsOf(own.flatMap((l) => l.actions)) }
  })
  themes.sort((a, b) => b.lessons.length - a.lessons.length || (a.theme < b.theme ? -1 : 1))
  return {
    overdue: all.filter((a) => a.state === 'overdue').sort((a, b) => (a.action.due < b.action.due ? -1 : 1)),
    themes: alone.length === 0 ? themes : [...themes, { theme: '', lessons: [], actions: alone, counts: countsOf(alone) }],
    counts: countsOf(all),
    lessons: lessons.length,
  }
}

/** "3 agreed, 1 overdue, 4 done": what there is none of is left out. */
export const countsInWords = ({ open, overdue, done }: LessonsShown['counts']): string =>
  [open > 0 && `${open} agreed`, overdue > 0 && `${overdue} overdue`, done > 0 && `${done} done`].filter(Boolean).join(', ')

const say = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 2 })

/** What was reported before and after each action that is done, by action. Never that the action did it. */
export function beforeAfter(appraisal: Pick<NamedAppraisal, 'tables'> | undefined): ReadonlyMap<string, string> {
  return new Map((appraisal ? rowsOf(appraisal, 'before-after') : []).map((row) => [String(row.action), inWords(row)]))
}

function inWords(row: Row): string {
  const [before, after, ratio, lower, upper] = ['before', 'after', 'ratio', 'lower', 'upper'].map((key) => figure(row, key))
  if (before === null || before === undefined || after === null || after === undefined) return 'There were no school days on one side of it, so before and after cannot be compared.'
  const rates = `Reported where it applies, for each 100 school days: ${say(before)} in the year before it was agreed, ${say(after)} since it was done`
  // Without a limit above, the interval has no end there.
  const range = lower === null || lower === undefined ? '' : upper === null || upper === undefined ? `at least ${say(lower)} times as much` : `${say(lower)} to ${say(upper)} times as much`
  const against = ratio === null || ratio === undefined ? '' : ` (${say(ratio)} times as much; with chance allowed for, ${range})`
  return `${rates}${range === '' ? '' : against}. ${ALLOWS[String(row.finding)] ?? ''} Other things changed as well: this does not show that the action did it.`
}

const ALLOWS: Readonly<Record<string, string>> = {
  'in-expected-direction': 'That is in the direction that was expected beforehand.',
  'in-other-direction': 'That is not in the direction that was expected beforehand.',
  'either-possible': 'That can be chance.',
  'not-observed': 'Too little was seen to tell.',
}

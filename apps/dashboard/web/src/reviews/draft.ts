import type { EXPECTATIONS } from '@circumspect/domain'

export interface WhereDraft {
  readonly places: readonly string[]
  readonly slots: readonly string[]
}

export interface LessonDraft extends WhereDraft {
  /** The id of the event to be, so that sending it twice records it once. */
  readonly event: string
  readonly lesson: string
  readonly theme: string
  readonly learnt: string
  readonly wholeTrust: boolean
}

export interface ActionDraft extends WhereDraft {
  readonly event: string
  readonly action: string
  /** Empty where it comes from no lesson. */
  readonly lesson: string
  readonly what: string
  readonly owner: string
  readonly due: string
  readonly howWeShallKnow: string
  readonly expected: (typeof EXPECTATIONS)[number] | ''
}

/** A review of circumstances being written. */
export interface ReviewDraft {
  readonly event: string
  readonly on: string
  readonly known: string
  readonly couldHaveBeenDifferent: string
  readonly hasToChange: string
  readonly lessons: readonly LessonDraft[]
  readonly actions: readonly ActionDraft[]
}

export type Sent = Readonly<Record<string, unknown>> & { readonly id: string }
/** What is the matter, by `<event id>.<field>`. */
export type Problems = Readonly<Record<string, string>>

const nowhere = { places: [], slots: [] }
export const newLesson = (newId: () => string): LessonDraft => ({ event: newId(), lesson: newId(), theme: '', learnt: '', wholeTrust: false, ...nowhere })
/** An action comes from the lesson written last, unless its author says otherwise. */
export const newAction = (newId: () => string, lessons: readonly LessonDraft[] = []): ActionDraft => ({
  event: newId(), action: newId(), lesson: lessons.at(-1)?.lesson ?? '', what: '', owner: '', due: '', howWeShallKnow: '', expected: '', ...nowhere,
})
export const newDraft = (newId: () => string, today: string): ReviewDraft => ({
  event: newId(), on: today, known: '', couldHaveBeenDifferent: '', hasToChange: '', lessons: [], actions: [],
})

export const onDay = (date: string) => ({ date, precision: 'day' })
const optional = (key: string, value: string) => (value.trim() === '' ? {} : { [key]: value })

interface Of {
  readonly case: string
  /** The circumstances have been reviewed before: only lessons and actions are added. */
  readonly reviewed: boolean
  /** The incidents of the case: they prompted what is agreed here. */
  readonly incidents: readonly string[]
}

/** The events that say what the draft says, in the order in which each may rest on those before. */
export function eventsOf(draft: ReviewDraft, { case: caseId, reviewed, incidents }: Of): Sent[] {
  const occurredAt = onDay(draft.on)
  const { known, couldHaveBeenDifferent, hasToChange } = draft
  const review = { id: draft.event, type: 'circumstances-reviewed', occurredAt, data: { case: caseId, ...optional('known', known), couldHaveBeenDifferent, hasToChange } }
  const lessons = draft.lessons.map(({ event, ...data }) => ({ id: event, type: 'lesson-recorded', occurredAt, data }))
  const isThere = (lesson: string) => draft.lessons.some((l) => l.lesson === lesson)
  const actions = draft.actions.map(({ event, lesson, ...data }) => ({
    id: event, type: 'action-agreed', occurredAt, data: { ...data, ...optional('lesson', isThere(lesson) ? lesson : ''), promptedBy: incidents },
  }))
  return [...(reviewed ? [] : [review]), ...lessons, ...actions]
}

/** What is still to be said, and names of children in words that are to be shared. */
export function problemsOf(draft: ReviewDraft, reviewed: boolean, childNames: readonly string[]): Problems {
  const found: [string, string][] = []
  const wants = (event: string, field: string, value: string, message: string) => {
    if (value.trim() === '') found.push([`${event}.${field}`, message])
  }
  wants(draft.event, 'occurredAt', draft.on, 'Give the day of the review.')
  if (!reviewed) {
    wants(draft.event, 'data.couldHaveBeenDifferent', draft.couldHaveBeenDifferent, 'Write what could have been done differently, or that nothing could.')
    wants(draft.event, 'data.hasToChange', draft.hasToChange, 'Write what has to change, or that nothing has to.')
  }
  for (const { event, theme, learnt, wholeTrust } of draft.lessons) {
    wants(event, 'data.theme', theme, 'Choose what the lesson is about.')
    wants(event, 'data.learnt', learnt, 'Write what was learnt.')
    const name = wholeTrust ? namedIn(learnt, childNames) : undefined
    if (name !== undefined) found.push([`${event}.data.learnt`, `“${name}” is part of the name of a child of this case. Take it out, or do not share the lesson.`])
  }
  for (const { event, what, owner, due, howWeShallKnow, expected } of draft.actions) {
    wants(event, 'data.what', what, 'Write what is to be done.')
    wants(event, 'data.owner', owner, 'Say who sees to it.')
    wants(event, 'data.due', due, 'Give the day by which it is to be done.')
    wants(event, 'data.howWeShallKnow', howWeShallKnow, 'Write how you will know that it was done and whether it helped.')
    wants(event, 'data.expected', expected, 'Choose what should happen to the number of reports.')
  }
  return Object.fromEntries(found)
}

/** A name, or a part of one, that stands in the words. "Child" alone is no name. */
export function namedIn(words: string, names: readonly string[]): string | undefined {
  const inWords = new Set(words.split(/[^\p{L}\p{N}'’-]+/u).map((word) => word.replace(/['’]s$/, '').toLowerCase()))
  return names.flatMap((name) => name.split(/\s+/)).find((part) => part.length > 1 && part.toLowerCase() !== 'child' && inWords.has(part.toLowerCase()))
}

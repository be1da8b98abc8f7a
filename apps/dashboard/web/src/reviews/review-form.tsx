import { Button, Checkbox, TextInput } from '@mantine/core'
import type { CaseReview, SchoolName } from '@circumspect/dashboard'
import { EXPECTATIONS, LESSON_THEMES } from '@circumspect/domain'
import { DateField } from '../shared/date-field'
import { useSending } from './api'
import { eventsOf, newAction, newDraft, newLesson, problemsOf, type ActionDraft, type LessonDraft, type Problems, type ReviewDraft } from './draft'
import { Came, Choice, Where, Words } from './fields'
import { EXPECTED_WORDS } from './prepare'
import { useDraft } from './use-draft'

interface Props {
  readonly review: CaseReview
  readonly school: SchoolName | undefined
  /** What the children of the case are called: no lesson that is shared may hold it. */
  readonly childNames: readonly string[]
}

const newId = () => crypto.randomUUID()
/** The day it is here. */
const today = () => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date())

/** Asks what could have been done differently and what has to change; ends in lessons and actions. */
export function ReviewForm({ review, school, childNames }: Props) {
  const { case: caseId, reviews, around } = review
  const before = reviews.find((r) => r.reviewed.some((one) => one.case === caseId))
  const reviewed = before !== undefined
  const [draft, keep, forget] = useDraft(`review-${caseId}`, () => newDraft(newId, today()))
  const sending = useSending(before?.review ?? review.review, review.school, before?.revision ?? review.revision)
  const problems = sending.outcome?.recorded === false ? sending.outcome.problems : {}
  const change = (part: Partial<ReviewDraft>) => keep({ ...draft, ...part })
  const record = async () => {
    const wanted = problemsOf(draft, reviewed, childNames)
    if (Object.keys(wanted).length > 0) return sending.refuse(wanted)
    const events = eventsOf(draft, { case: caseId, reviewed, incidents: around.incidents.map((i) => i.incident) })
    if (await sending.send(events)) forget()
  }
  const isEmpty = reviewed && draft.lessons.length + draft.actions.length === 0
  return (
    <form
      className="recording"
      aria-label="Review of circumstances"
      onSubmit={(event) => {
        event.preventDefault()
        void record()
      }}
    >
      <h2>{reviewed ? 'Add a lesson or an action' : 'What could have been different, and what has to change'}</h2>
      <DateField label={reviewed ? 'Day' : 'Day of the review'} description="not in the future" value={draft.on} max={today()} onChange={(on) => change({ on })} />
      {!reviewed && <Questions draft={draft} problems={problems} change={change} />}
      <h3>Lessons</h3>
      {draft.lessons.map((lesson, i) => (
        <Lesson
          key={lesson.event}
          number={i + 1}
          {...{ lesson, school, problems }}
          onChange={(next) => change({ lessons: next ? draft.lessons.with(i, next) : draft.lessons.filter((l) => l !== lesson) })}
        />
      ))}
      <Button variant="default" onClick={() => change({ lessons: [...draft.lessons, newLesson(newId)] })}>
        Add a lesson
      </Button>
      <h3>Actions</h3>
      {draft.actions.map((action, i) => (
        <Action
          key={action.event}
          number={i + 1}
          {...{ action, school, problems }}
          lessons={draft.lessons}
          onChange={(next) => change({ actions: next ? draft.actions.with(i, next) : draft.actions.filter((a) => a !== action) })}
        />
      ))}
      <Button variant="default" onClick={() => change({ actions: [...draft.actions, newAction(newId, draft.lessons)] })}>
        Add an action
      </Button>
      <Came outcome={sending.outcome} recorded="Recorded. The figures follow in a moment." />
      <p>
        <Button type="submit" loading={sending.busy} disabled={isEmpty}>
          Record
        </Button>
      </p>
      <p className="quiet">What you write here is kept in this tab until it is recorded, and goes when the tab is closed.</p>
    </form>
  )
}

interface Part {
  readonly draft: ReviewDraft
  readonly problems: Problems
  readonly change: (part: Partial<ReviewDraft>) => void
}

const Questions = ({ draft, problems, change }: Part) => (
  <>
    <Words
      label="What did we know, and when? (if it helps)"
      description="Was there anything earlier that pointed to it?"
      value={draft.known}
      error={problems[`${draft.event}.data.known`]}
      onChange={(known) => change({ known })}
    />
    <Words
      label="What could have been done differently?"
      description="Before it happened, when it was told, and afterwards: place, time, supervision, how we listened, how we acted."
      value={draft.couldHaveBeenDifferent}
      error={problems[`${draft.event}.data.couldHaveBeenDifferent`]}
      onChange={(couldHaveBeenDifferent) => change({ couldHaveBeenDifferent })}
    />
    <Words
      label="What has to change in the school?"
      value={draft.hasToChange}
      error={problems[`${draft.event}.data.hasToChange`]}
      onChange={(hasToChange) => change({ hasToChange })}
    />
  </>
)

interface One<T> {
  readonly number: number
  readonly school: SchoolName | undefined
  readonly problems: Problems
  /** Undefined takes it away. */
  readonly onChange: (next: T | undefined) => void
}

function Lesson({ number, lesson, school, problems, onChange }: One<LessonDraft> & { lesson: LessonDraft }) {
  const change = (part: Partial<LessonDraft>) => onChange({ ...lesson, ...part })
  return (
    <fieldset>
      <legend>Lesson {number}</legend>
      <Choice label="What is it about?" codes={LESSON_THEMES} value={lesson.theme} error={problems[`${lesson.event}.data.theme`]} onChange={(theme) => change({ theme })} />
      <Words label="What did we learn?" value={lesson.learnt} error={problems[`${lesson.event}.data.learnt`]} onChange={(learnt) => change({ learnt })} />
      <Where school={school} where={lesson} onChange={change} />
      <Checkbox
        label="Share this lesson with the other schools of the trust"
        description="They see the theme, the times of the day and these words as they stand, not the case, the place, the day or the school. Name no child, no adult and nothing by which a child could be known."
        checked={lesson.wholeTrust}
        onChange={(event) => change({ wholeTrust: event.currentTarget.checked })}
      />
      <Button variant="subtle" onClick={() => onChange(undefined)}>
        Take lesson {number} away
      </Button>
    </fieldset>
  )
}

function Action({ number, action, lessons, school, problems, onChange }: One<ActionDraft> & { action: ActionDraft; lessons: readonly LessonDraft[] }) {
  const change = (part: Partial<ActionDraft>) => onChange({ ...action, ...part })
  const problem = (field: string) => problems[`${action.event}.data.${field}`]
  return (
    <fieldset>
      <legend>Action {number}</legend>
      <Words label="What is to be done?" value={action.what} error={problem('what')} onChange={(what) => change({ what })} />
      <TextInput label="Who sees to it?" maxLength={200} value={action.owner} error={problem('owner')} onChange={(event) => change({ owner: event.currentTarget.value })} />
      <DateField label="Done by" description="the day it is due" value={action.due} error={problem('due')} onChange={(due) => change({ due })} />
      <Words label="How shall we know?" value={action.howWeShallKnow} error={problem('howWeShallKnow')} onChange={(howWeShallKnow) => change({ howWeShallKnow })} />
      <Choice
        label="What should happen to the number of reports?"
        description="Said beforehand, so that what comes after can be set against it. More reports can be the aim."
        codes={EXPECTATIONS}
        names={EXPECTED_WORDS}
        value={action.expected}
        error={problem('expected')}
        onChange={(expected) => change({ expected: expected as ActionDraft['expected'] })}
      />
      {lessons.length > 0 && (
        <Choice
          label="Which lesson does it come from? (if one)"
          codes={lessons.map((l) => l.lesson)}
          names={Object.fromEntries(lessons.map((l, i) => [l.lesson, `Lesson ${i + 1}`]))}
          value={action.lesson}
          error={problem('lesson')}
          onChange={(lesson) => change({ lesson })}
        />
      )}
      <Where school={school} where={action} onChange={change} />
      <Button variant="subtle" onClick={() => onChange(undefined)}>
        Take action {number} away
      </Button>
    </fieldset>
  )
}

import { Button, TextInput } from '@mantine/core'
import type { ActionShown, ReviewShown } from '@circumspect/dashboard'
import { FOLLOW_UPS } from '@circumspect/domain'
import { useState } from 'react'
import { DateField } from '../shared/date-field'
import { dayInWords } from '../shared/labels'
import { whereInWords } from '../shared/where'
import { useSending, type Sending } from './api'
import { onDay } from './draft'
import { Came, Choice, Words } from './fields'
import { EXPECTED_WORDS, FOLLOW_UP_WORDS, STATE_WORDS, stateOf } from './prepare'

const today = () => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date())

interface Props {
  readonly action: ActionShown
  readonly review: Pick<ReviewShown, 'review' | 'school' | 'revision'>
  readonly names: Readonly<Record<string, string>>
  /** By what it stands under. */
  readonly heading?: 'h3' | 'h4'
  readonly children?: React.ReactNode
}

type Step = 'done' | 'followed' | 'changed'

/** An action as it stands, and what may come next in its life: done, looked at, changed. */
export function ActionCard({ action, review, names, heading: Heading = 'h4', children }: Props) {
  const state = stateOf(action, today())
  const sending = useSending(review.review, review.school, review.revision)
  const [step, setStep] = useState<Step>()
  return (
    <article className={`action ${state}`}>
      <Heading>
        {action.what} <span className="badge">{STATE_WORDS[state]}</span>
      </Heading>
      <p>
        {action.owner}, by {dayInWords(action.due)}. {EXPECTED_WORDS[action.expected]}. {whereInWords(action, names)}.
      </p>
      <p className="quiet">How we shall know: {action.howWeShallKnow}</p>
      {action.done && (
        <p>
          Done on {dayInWords(action.done.on)}
          {action.done.note === null ? '.' : `: ${action.done.note}`}
        </p>
      )}
      {action.followed.map(({ on, followUp, found }) => (
        <p key={on + found}>
          Looked at on {dayInWords(on)}: {found} ({FOLLOW_UP_WORDS[followUp]?.toLowerCase()})
        </p>
      ))}
      {children}
      <Came outcome={sending.outcome} recorded="Recorded." />
      <div className="steps no-print">
        {state !== 'done' && <StepButton step="done" chosen={step} choose={setStep} words="It is done" of={action.what} />}
        <StepButton step="followed" chosen={step} choose={setStep} words="What came of it" of={action.what} />
        <StepButton step="changed" chosen={step} choose={setStep} words="Change what was agreed" of={action.what} />
      </div>
      {step && <StepForm key={step + action.event} step={step} action={action} sending={sending} close={() => setStep((now) => (now === step ? undefined : now))} />}
    </article>
  )
}

function StepButton({ step, chosen, choose, words, of }: { step: Step; chosen: Step | undefined; choose: (step?: Step) => void; words: string; of: string }) {
  return (
    <Button variant="default" size="xs" aria-expanded={chosen === step} onClick={() => choose(chosen === step ? undefined : step)}>
      {words}
      <span className="spoken">: {of}</span>
    </Button>
  )
}

interface StepProps {
  readonly step: Step
  readonly action: ActionShown
  readonly sending: Sending
  readonly close: () => void
}

/** Ids are made once for a form, so that sending it twice records it once. */
function StepForm({ step, action, sending, close }: StepProps) {
  const [id] = useState(() => crypto.randomUUID())
  const [on, setOn] = useState(today())
  const [said, setSaid] = useState<Readonly<Record<string, string>>>(
    step === 'changed' ? { what: action.what, owner: action.owner, due: action.due, howWeShallKnow: action.howWeShallKnow } : {},
  )
  const problems = sending.outcome?.recorded === false ? sending.outcome.problems : {}
  const field = (name: string) => ({ value: said[name] ?? '', error: problems[`${id}.${name === 'reason' ? name : `data.${name}`}`], onChange: (value: string) => setSaid({ ...said, [name]: value }) })
  const record = async () => {
    if (await sending.send([eventOf(step, id, on, action, said)])) close()
  }
  return (
    <form
      className="recording"
      aria-label={`${FORM_TITLES[step]}: ${action.what}`}
      onSubmit={(event) => {
        event.preventDefault()
        void record()
      }}
    >
      {step !== 'changed' && <DateField label="On" description="not in the future" value={on} max={today()} onChange={setOn} error={problems[`${id}.occurredAt`]} />}
      {step === 'done' && <Words label="Note (if there is anything to say)" {...field('note')} />}
      {step === 'followed' && (
        <>
          <Words label="What did you find?" {...field('found')} />
          <Choice label="What now?" codes={FOLLOW_UPS} names={FOLLOW_UP_WORDS} {...field('followUp')} />
        </>
      )}
      {step === 'changed' && <Changed field={field} />}
      <Button type="submit" loading={sending.busy}>
        Record
      </Button>
    </form>
  )
}

const FORM_TITLES: Readonly<Record<Step, string>> = { done: 'It is done', followed: 'What came of it', changed: 'Change what was agreed' }

type Field = (name: string) => { value: string; error: string | undefined; onChange: (value: string) => void }

function Changed({ field }: { field: Field }) {
  const { onChange, ...owner } = field('owner')
  return (
    <>
      <p className="quiet">What was agreed before stays in the record; the change stands beside it with its reason.</p>
      <Words label="What is to be done?" {...field('what')} />
      <TextInput label="Who sees to it?" maxLength={200} {...owner} onChange={(event) => onChange(event.currentTarget.value)} />
      <DateField label="Done by" description="the day it is due" {...field('due')} />
      <Words label="How shall we know?" {...field('howWeShallKnow')} />
      <Words label="Why is it changed?" {...field('reason')} />
    </>
  )
}

function eventOf(step: Step, id: string, on: string, action: ActionShown, said: Readonly<Record<string, string>>) {
  const about = { action: action.action }
  if (step === 'done') return { id, type: 'action-completed', occurredAt: onDay(on), data: { ...about, ...(said.note?.trim() && { note: said.note }) } }
  if (step === 'followed') return { id, type: 'action-followed', occurredAt: onDay(on), data: { ...about, found: said.found ?? '', followUp: said.followUp ?? '' } }
  const { lesson, expected, promptedBy, places, locationKinds, slots } = action
  const { reason = '', ...words } = said
  const data = { ...about, ...(lesson !== null && { lesson }), expected, promptedBy, places, locationKinds, slots, ...words }
  return { id, type: 'action-agreed', occurredAt: onDay(action.agreed), supersedes: action.event, reason, data }
}

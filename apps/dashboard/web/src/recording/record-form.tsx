import { Button, Textarea } from '@mantine/core'
import { definitionOf } from '@circumspect/domain'
import type { Chronology, SchoolName } from '@circumspect/dashboard'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { momentInWords } from '../shared/labels'
import { record, RefusedError, type Begun } from './api'
import { FillingContext, idOf } from './form/context'
import { ErrorSummary, type Trouble } from './form/error-summary'
import { Fields } from './form/field-input'
import { OccurredInput } from './form/occurred-input'
import { fieldsOf } from './model/fields-of'
import { fieldAt, problemsBefore } from './model/problems'
import { thingsOf, type Things } from './model/things'
import { withValue } from './model/values'
import { useDraft, type DraftState } from './use-draft'

export interface Start {
  /** The id of its draft. */
  readonly draft: string
  readonly caseId: string
  readonly begun: Begun
  /** When the draft was saved that this goes on with. */
  readonly putBack?: string
}

/** Where a record goes that is not of a case. */
export interface Elsewhere {
  readonly send: (command: unknown) => Promise<unknown>
  /** The page that is shown once it is recorded. */
  readonly then: string
  readonly things: Things
}

interface Props {
  readonly start: Start
  readonly elsewhere?: Elsewhere | undefined
  /** What the case holds so far; none for a case that begins here. */
  readonly chronology?: Chronology | undefined
  readonly schools: readonly SchoolName[]
  /** Throws the draft away and opens the form anew. */
  readonly again: () => void
}

const NAMES: Readonly<Record<string, string>> = {
  occurredAt: 'When',
  'occurredAt.date': 'Date',
  'occurredAt.time': 'Time',
  'occurredAt.precision': 'How well it is known',
  reason: 'Reason',
}

/** The form of one record: filled in, kept as a draft, refused beside its fields, recorded once. */
export function RecordForm({ start, elsewhere, chronology, schools, again }: Props) {
  const { caseId } = start
  const [begun, setBegun] = useState(start.begun)
  const [touched, setTouched] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  /** What was answered since, by its path: what was wrong there is no longer said. */
  const [answered, setAnswered] = useState<readonly string[]>([])
  const [sending, setSending] = useState(false)
  const draft = useDraft(start.draft, caseId, begun, touched)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { type } = begun
  const fields = useMemo(() => fieldsOf(type), [type])
  const school = begun.school ?? chronology?.school ?? ''
  const things = useMemo(
    () => elsewhere?.things ?? thingsOf(chronology, schools, school, begun.added, type),
    [elsewhere, chronology, schools, school, begun.added, type],
  )
  const wrong = useMemo(() => stillWrong(trouble, answered), [trouble, answered])
  const change = useCallback((how: (before: Begun) => Begun) => {
    setTouched(true)
    setBegun(how)
  }, [])
  const set = useCallback(
    (path: string, value: unknown) => {
      setAnswered((before) => [...before, path])
      change((before) => withValue(before, path, value))
    },
    [change],
  )
  const addChild = useCallback((id: string, name: string) => change((b) => ({ ...b, added: { ...b.added, [id]: name } })), [change])

  const command = {
    id: begun.event,
    type,
    occurredAt: begun.occurredAt,
    data: begun.data,
    ...(begun.corrects !== undefined && { supersedes: begun.corrects }),
    ...(begun.reason !== undefined && { reason: begun.reason }),
  }
  const send = async () => {
    const errors = [...problemsBefore(fields, command)]
    if (begun.corrects !== undefined && begun.reason === undefined)
      errors.push({ field: 'reason', message: 'Say in a few words why it is corrected.' })
    setAnswered([])
    if (errors.length > 0) return setTrouble({ detail: '', errors })
    setSending(true)
    try {
      if (elsewhere) await elsewhere.send(command)
      else await record(caseId, command, chronology?.revision ?? -1, chronology ? undefined : school)
      await draft.drop().catch(() => undefined)
      await queries.invalidateQueries()
      await navigate(elsewhere?.then ?? `/cases/${caseId}`, {
        state: { recorded: `${definitionOf(type)!.title}${begun.corrects === undefined ? '' : ' (corrected)'}` },
      })
    } catch (error) {
      setSending(false)
      if (!(error instanceof RefusedError)) throw error
      const { code, detail, errors: refused } = error.refused
      if (code === 'wrong-expected-revision') await queries.invalidateQueries({ queryKey: ['case', caseId] })
      setTrouble({ detail: code === 'wrong-expected-revision' ? MEANWHILE : refused.length > 0 ? '' : detail, errors: refused })
    }
  }
  return (
    <FillingContext value={{ type, caseId, values: { data: begun.data }, things, wrong, set, addChild }}>
      {trouble && <ErrorSummary trouble={trouble} name={(path) => NAMES[path] ?? fieldAt(fields, path.replace(/^data\./, ''))?.label} />}
      {start.putBack !== undefined && (
        <div className="put-back">
          <p>Your draft of {momentInWords(start.putBack)} is put back.</p>
          <Button variant="default" size="xs" onClick={() => void draft.drop().then(again)}>
            Throw it away and start again
          </Button>
        </div>
      )}
      <form
        className="record"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <OccurredInput at={begun.occurredAt} />
        <Fields fields={fields} path="data" />
        {begun.corrects !== undefined && (
          <Textarea
            id={idOf('reason')}
            className="question"
            label="Why is it corrected?"
            description="The entry as it was stays in the record, with this reason."
            value={begun.reason ?? ''}
            error={wrong.get('reason')}
            autosize
            minRows={2}
            onChange={(event) => set('reason', event.currentTarget.value || undefined)}
          />
        )}
        <Saved state={draft.state} />
        <Button type="submit" loading={sending}>
          {begun.corrects === undefined ? 'Record' : 'Record the correction'}
        </Button>
      </form>
    </FillingContext>
  )
}

/** What stands against recording, less what was answered since: itself, a part of it, or what it is a part of. */
function stillWrong(trouble: Trouble | undefined, answered: readonly string[]): ReadonlyMap<string, string> {
  const within = (path: string, of: string) => path === of || path.startsWith(`${of}.`)
  const open = (trouble?.errors ?? []).filter(({ field }) => !answered.some((path) => within(path, field) || within(field, path)))
  return new Map(open.map(({ field, message }) => [field, message]))
}

const MEANWHILE =
  'Somebody else recorded something in this case while you were writing. Look at the case in another tab; if what you have written still holds, record it again.'

function Saved({ state }: { state: DraftState }) {
  return (
    <p className="quiet" role="status">
      {state.is === 'untouched' && 'What you write is saved as a draft while you write. Nothing is recorded until you say so.'}
      {state.is === 'saving' && 'Saving your draft …'}
      {state.is === 'failed' && 'Your draft could not be saved just now. Keep this page open; it is tried again with your next change.'}
      {state.is === 'saved' &&
        `Your draft is saved (${momentInWords(state.savedAt)}), encrypted, for you alone. It is deleted when you record it, or on ${momentInWords(state.until)}.`}
    </p>
  )
}

import { Button, Textarea } from '@mantine/core'
import { WITHDRAWAL } from '@circumspect/domain'
import type { Chronology, ChronologyEntry } from '@circumspect/dashboard'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { record, RefusedError } from './api'
import { FillingContext, idOf } from './form/context'
import { ErrorSummary, type Trouble } from './form/error-summary'
import { nowHere } from './now'
import { NotAsItWas, Page, WithCase } from './pages'

/** `/cases/:id/entries/:event/withdraw` */
export function WithdrawPage() {
  const { id, event } = useParams() as { id: string; event: string }
  return (
    <Page title="Take an entry back" caseId={id}>
      <WithCase id={id}>
        {({ chronology }) => {
          const entry = chronology.entries.find((e) => e.id === event)
          return entry?.state === 'holds' ? <Withdrawal chronology={chronology} entry={entry} /> : <NotAsItWas entry={entry} id={id} />
        }}
      </WithCase>
    </Page>
  )
}

function Withdrawal({ chronology, entry }: { chronology: Chronology; entry: ChronologyEntry }) {
  const [id] = useState(() => crypto.randomUUID())
  const [at] = useState(nowHere)
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<Trouble>()
  const [sending, setSending] = useState(false)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const send = async () => {
    if (reason.trim() === '')
      return setTrouble({ detail: '', errors: [{ field: 'reason', message: 'Say in a few words why it is taken back.' }] })
    setSending(true)
    try {
      await record(chronology.case, { id, type: WITHDRAWAL, occurredAt: at, reason, data: { event: entry.id } }, chronology.revision)
      await queries.invalidateQueries()
      await navigate(`/cases/${chronology.case}`, { state: { recorded: `${entry.title} (taken back)` } })
    } catch (error) {
      setSending(false)
      if (!(error instanceof RefusedError)) throw error
      const { detail, errors, code } = error.refused
      if (code === 'wrong-expected-revision') await queries.invalidateQueries({ queryKey: ['case', chronology.case] })
      setTrouble({ detail: errors.length > 0 ? '' : detail, errors })
    }
  }
  const filling = { type: WITHDRAWAL, caseId: chronology.case, values: { data: {} }, things: {}, wrong: new Map<string, string>() }
  return (
    <FillingContext value={{ ...filling, set: () => undefined, addChild: () => undefined }}>
      {trouble && <ErrorSummary trouble={trouble} name={(path) => (path === 'reason' ? 'Reason' : undefined)} />}
      <p className="lead">
        {entry.title}. It will count no more, and stay in the record as taken back, with your reason. To change a part of it, correct it
        instead.
      </p>
      <form
        className="record"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Textarea
          id={idOf('reason')}
          label="Why is it taken back?"
          value={reason}
          error={trouble?.errors.find((e) => e.field === 'reason')?.message}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={sending} mt="md">
          Take it back
        </Button>
      </form>
    </FillingContext>
  )
}

import type { CaseReview } from '@circumspect/dashboard'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../shared/api'
import type { Problems, Sent } from './draft'

export const useCaseReview = (id: string) =>
  useQuery({ queryKey: ['case-review', id], queryFn: ({ signal }) => get<CaseReview>(`/api/cases/${encodeURIComponent(id)}/review`, signal), staleTime: 0 })

interface Refused {
  readonly detail?: string
  readonly index?: number
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
}

export type Outcome = { readonly recorded: true } | { readonly recorded: false; readonly message: string; readonly problems: Problems }

const NOT_REACHED = 'The service cannot be reached. Nothing that you wrote is lost; send it again in a while.'

/** Records events of a review: all or none. What is refused is said by event and field. */
export async function send(review: string, school: string, revision: number, events: readonly Sent[]): Promise<Outcome> {
  const address = `/api/reviews/${review}/events?school=${school}&expectedRevision=${revision}`
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(events) }
  const response = await fetch(address, request).catch(() => undefined)
  if (response === undefined) return { recorded: false, message: NOT_REACHED, problems: {} }
  if (response.ok) return { recorded: true }
  const { detail, index, errors = [] } = (await response.json().catch(() => ({}))) as Refused
  const event = index === undefined ? undefined : events[index]?.id
  const problems = event === undefined ? {} : Object.fromEntries(errors.map(({ field, message }) => [`${event}.${field}`, message]))
  return { recorded: false, message: [detail ?? 'The service did not answer as expected.', ...(event ? [] : errors.map((e) => e.message))].join(' '), problems }
}

/** Sending, with what came of it; everything shown is asked for again once something was recorded. */
export function useSending(review: string, school: string, revision: number) {
  const [outcome, setOutcome] = useState<Outcome>()
  const [busy, setBusy] = useState(false)
  const queries = useQueryClient()
  const sendNow = async (events: readonly Sent[]): Promise<boolean> => {
    setBusy(true)
    const came = await send(review, school, revision, events)
    setOutcome(came)
    setBusy(false)
    await queries.invalidateQueries()
    return came.recorded
  }
  return { outcome, busy, send: sendNow, refuse: (problems: Problems) => setOutcome({ recorded: false, message: 'Something is still to be said.', problems }) }
}

export type Sending = ReturnType<typeof useSending>

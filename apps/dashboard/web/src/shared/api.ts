import type { Chronology, Leaving, SchoolName } from '@circumspect/dashboard'
import type { ReportName } from '@circumspect/views'
import { useQuery } from '@tanstack/react-query'
import type { Filters } from './filters'
import type { NamedAppraisal, NamedCases, NamedReport } from './named'

export type { NamedAppraisal, NamedCases, NamedReport }
export type School = SchoolName

/** What the server says went wrong, in words for a person. */
export class ServerProblem extends Error {}

export const get = <T>(address: string, signal: AbortSignal): Promise<T> =>
  answerOf(fetch(address, { signal, headers: { Accept: 'application/json' } }))

/** Asks with a body: for what may not stand in an address. */
export const post = <T>(address: string, body: unknown, signal: AbortSignal): Promise<T> =>
  answerOf(
    fetch(address, {
      method: 'POST',
      signal,
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

async function answerOf<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked
  if (response.ok) return (await response.json()) as T
  throw await problemOf(response)
}

/** A file, under the name the server gives it. */
export async function getFile(address: string, signal: AbortSignal): Promise<{ readonly blob: Blob; readonly name: string }> {
  const response = await fetch(address, { signal })
  if (!response.ok) throw await problemOf(response)
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  return { blob: await response.blob(), name: name ?? 'circumspect' }
}

async function problemOf(response: Response): Promise<ServerProblem> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; errors?: { message: string }[] }
  return new ServerProblem(
    [problem.detail ?? 'The service did not answer as expected.', ...(problem.errors ?? []).map((e) => e.message)].join(' '),
  )
}

const queryOf = ({ school, from, to, asOf }: Filters, more: Readonly<Record<string, string>>): string =>
  new URLSearchParams({
    ...(school !== '' && { schools: school }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(asOf !== '' && { asOf: endOfDay(asOf) }),
    ...more,
  }).toString()

/** "As of" a day means all that was recorded by its end, here. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString()

/** The address of a report, with the filters of the page. */
export const reportAddress = (name: string, filters: Filters, more: Readonly<Record<string, string>> = {}): string =>
  `/api/reports/${name}?${queryOf(filters, more)}`

export const useSchools = () => useQuery({ queryKey: ['schools'], queryFn: ({ signal }) => get<School[]>('/api/schools', signal) })

export const useReport = (name: ReportName, filters: Filters) =>
  useQuery({
    queryKey: ['report', name, filters],
    queryFn: ({ signal }) => get<NamedReport>(reportAddress(name, filters), signal),
    placeholderData: (before) => (before?.report === name ? before : undefined),
  })

/** Whether figures may leave as files. It does not change while the service runs. */
export const useLeaving = () =>
  useQuery({ queryKey: ['leaving'], queryFn: ({ signal }) => get<Leaving>('/api/leaving', signal), staleTime: Infinity })

/** What can be said of a report's figures; it may take some seconds. */
export const useFindings = (name: string, filters: Filters, assumed: Readonly<Record<string, string>> = {}) =>
  useQuery({
    queryKey: ['findings', name, filters, assumed],
    queryFn: ({ signal }) => get<NamedAppraisal>(reportAddress(`${name}/findings`, filters, assumed), signal),
  })

/** The cases behind a figure; `figure` is its table, column and row as they stand in the address of the page. */
export const useCasesBehind = (name: string, filters: Filters, figure: Readonly<Record<string, string>>) =>
  useQuery({
    queryKey: ['behind', name, filters, figure],
    queryFn: ({ signal }) => get<NamedCases>(`/api/reports/${name}/cases?${queryOf(filters, figure)}`, signal),
  })

export const useChronology = (id: string) =>
  useQuery({ queryKey: ['case', id], queryFn: ({ signal }) => get<Chronology>(`/api/cases/${encodeURIComponent(id)}`, signal) })

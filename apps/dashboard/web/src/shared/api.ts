import type { CaseWaiting, Chronology, Leaving, PrintedChronology, SchoolName } from '@circumspect/dashboard'
import type { ReportName } from '@circumspect/views'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFilters, type Filters } from './filters'
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

/** A report, and what was chosen when it was asked for: until the next is there, its links lead to what it shows. */
export type ChosenReport = NamedReport & { readonly filters: Filters }

const reportOf = (name: ReportName, filters: Filters) => ({
  queryKey: ['report', name, filters],
  // Of another choice nothing is the same: it is not compared with what was there before.
  structuralSharing: false,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ChosenReport> => ({ ...(await get<NamedReport>(reportAddress(name, filters), signal)), filters }),
})

export const useReport = (name: ReportName, filters: Filters) =>
  useQuery({ ...reportOf(name, filters), placeholderData: (before) => (before?.report === name ? before : undefined) })

/** The filters of a report's page. With a choice its figures are asked for at once, before the address changes and the page is drawn for it. */
export function useFiltersOf(name: ReportName): [Filters, (change: Partial<Filters>) => void] {
  const queries = useQueryClient()
  return useFilters('', (chosen) => void queries.prefetchQuery(reportOf(name, chosen)))
}

/** Whether figures may leave as files. It does not change while the service runs. */
export const useLeaving = () =>
  useQuery({ queryKey: ['leaving'], queryFn: ({ signal }) => get<Leaving>('/api/leaving', signal), staleTime: Infinity })

/** What can be said of a report, and what was chosen when it was asked for. */
export type ChosenAppraisal = NamedAppraisal & { readonly filters: Filters }

const findingsOf = (name: string, filters: Filters, assumed: Readonly<Record<string, string>>) => ({
  queryKey: ['findings', name, filters, assumed],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ChosenAppraisal> => ({
    ...(await get<NamedAppraisal>(reportAddress(`${name}/findings`, filters, assumed), signal)),
    filters,
  }),
})

/** What can be said of a report's figures; it may take some seconds. */
export const useFindings = (name: string, filters: Filters) => useQuery(findingsOf(name, filters, {}))

/** The same beside the figures: asked once these are `drawn`, which must not wait for it. Until it is there the one before stays. */
export const useFindingsAfter = (drawn: boolean, name: string, filters: Filters, assumed: Readonly<Record<string, string>> = {}) =>
  useQuery({ ...findingsOf(name, filters, assumed), enabled: drawn, placeholderData: (before) => (before?.report === name ? before : undefined) })

/** The cases behind a figure; `figure` is its table, column and row as they stand in the address of the page. */
export const useCasesBehind = (name: string, filters: Filters, figure: Readonly<Record<string, string>>) =>
  useQuery({
    queryKey: ['behind', name, filters, figure],
    queryFn: ({ signal }) => get<NamedCases>(`/api/reports/${name}/cases?${queryOf(filters, figure)}`, signal),
  })

export const useChronology = (id: string) =>
  useQuery({ queryKey: ['case', id], queryFn: ({ signal }) => get<Chronology>(`/api/cases/${encodeURIComponent(id)}`, signal) })

const ON_ITS_WAY_MS = 1500

/** What waits in a case, asked again while something that was recorded is still on its way to the views. */
export const useCaseWaiting = (id: string, revision: number) =>
  useQuery({
    queryKey: ['case', id, 'waiting', revision],
    queryFn: ({ signal }) => get<CaseWaiting>(`/api/cases/${encodeURIComponent(id)}/waiting`, signal),
    staleTime: 0,
    refetchInterval: ({ state: { data, dataUpdateCount } }) => (data?.upToDate === false && dataUpdateCount < 10 ? ON_ITS_WAY_MS : false),
  })

/** A case to be printed, for one of its children where one is given. Nothing of it is kept once the page is left. */
export const usePrinted = (id: string, child: string) =>
  useQuery({
    queryKey: ['printed', id, child],
    queryFn: ({ signal }) =>
      get<PrintedChronology>(`/api/cases/${encodeURIComponent(id)}/chronology${child === '' ? '' : `?for=${encodeURIComponent(child)}`}`, signal),
    staleTime: Infinity,
    gcTime: 0,
  })

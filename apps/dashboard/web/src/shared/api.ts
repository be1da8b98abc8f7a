import type { SchoolName } from '@circumspect/dashboard'
import type { ReportName, ReportResult } from '@circumspect/views'
import { useQuery } from '@tanstack/react-query'
import type { Filters } from './filters'

export type NamedReport = ReportResult & { readonly names: Readonly<Record<string, string>> }
export type School = SchoolName

/** What the server says went wrong, in words for a person. */
export class ServerProblem extends Error {}

async function get<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(address, { signal, headers: { Accept: 'application/json' } })
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; errors?: { message: string }[] }
  throw new ServerProblem(
    [problem.detail ?? 'The service did not answer as expected.', ...(problem.errors ?? []).map((e) => e.message)].join(' '),
  )
}

export const useSchools = () => useQuery({ queryKey: ['schools'], queryFn: ({ signal }) => get<School[]>('/api/schools', signal) })

/** The address of a report, with the filters of the page. */
export function reportAddress(name: string, { school, from, to, asOf }: Filters, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...(school !== '' && { schools: school }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(asOf !== '' && { asOf: endOfDay(asOf) }),
    ...more,
  })
  return `/api/reports/${name}?${query.toString()}`
}

/** "As of" a day means all that was recorded by its end, here. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString()

export const useReport = (name: ReportName, filters: Filters) =>
  useQuery({
    queryKey: ['report', name, filters],
    queryFn: ({ signal }) => get<NamedReport>(reportAddress(name, filters), signal),
    placeholderData: (before) => (before?.report === name ? before : undefined),
  })

import type { AnnualDocument } from '@circumspect/dashboard'
import { useQuery } from '@tanstack/react-query'
import { get } from '../shared/api'

/** What an annual report is asked for; empty for what the service takes by itself. */
export interface AnnualChoice {
  /** The year the school year begins in. */
  readonly year: string
  readonly school: string
  /** YYYY-MM-DD. */
  readonly asOf: string
}

/** "As of" a day means all that was recorded by its end, or until now. */
const instantOf = (day: string, now: Date): string => {
  const end = new Date(`${day}T23:59:59.999`)
  return (end < now ? end : now).toISOString()
}

export function annualAddress({ year, school, asOf }: AnnualChoice, now: Date): string {
  const asked = { ...(year !== '' && { year }), ...(school !== '' && { schools: school }), ...(asOf !== '' && { asOf: instantOf(asOf, now) }) }
  return `/api/annual?${new URLSearchParams(asked).toString()}`
}

/** The address of a file of exactly the report that is shown: as of its instant, whatever has been recorded since. */
export const annualFileAddress = (ending: 'pdf' | 'xlsx', { year, asOf }: Pick<AnnualDocument, 'year' | 'asOf'>, school: string): string =>
  `/api/annual.${ending}?${new URLSearchParams({ year: String(year), ...(school !== '' && { schools: school }), asOf }).toString()}`

/** Of many questions at once: it takes some seconds. */
export const useAnnual = (choice: AnnualChoice, enabled: boolean) =>
  useQuery({ queryKey: ['annual', choice], enabled, queryFn: ({ signal }) => get<AnnualDocument>(annualAddress(choice, new Date()), signal) })

import { Button, NativeSelect } from '@mantine/core'
import type { SchoolName } from '@circumspect/dashboard'
import { DateField } from './date-field'
import { dayInWords, periodInWords } from './labels'
import { schoolYears } from './school-years'
import { useAddress } from './use-address'

/** What a page shows: held in its address, so that a link shows the same. Dates as YYYY-MM-DD, or empty. */
export interface Filters {
  readonly school: string
  readonly from: string
  readonly to: string
  readonly asOf: string
}

const KEYS = ['school', 'from', 'to', 'asOf'] as const

/**
 * The filters, and a change of them. `prefix`: of the names in the address, where a page has more than one choice. `chosen` is told those from
 * then on before anything is drawn for them.
 */
export function useFilters(prefix = '', chosen?: (filters: Filters) => void): [Filters, (change: Partial<Filters>) => void] {
  const filtersIn = (address: URLSearchParams) => Object.fromEntries(KEYS.map((key) => [key, address.get(prefix + key) ?? ''])) as unknown as Filters
  const [params, changeAddress] = useAddress((address) => chosen?.(filtersIn(address)))
  const change = (next: Partial<Filters>) => changeAddress(Object.fromEntries(Object.entries(next).map(([key, value]) => [prefix + key, value])))
  return [filtersIn(params), change]
}

/** The part of an address that keeps what is chosen, with more behind it. */
export function searchOf(filters: Filters, more: Readonly<Record<string, string>> = {}): string {
  const chosen = KEYS.filter((key) => filters[key] !== '').map((key) => [key, filters[key]])
  const search = new URLSearchParams([...chosen, ...Object.entries(more)] as [string, string][]).toString()
  return search === '' ? '' : `?${search}`
}

interface Props {
  readonly schools: readonly SchoolName[]
  readonly filters: Filters
  readonly onChange: (change: Partial<Filters>) => void
  /** Which date the period is of: `they occurred`, `it was told`. */
  readonly periodOf: string
  /** What the choice is called, where a page has more than one. */
  readonly label?: string
}

/** School, period and "as known on", each change shown at once and kept in the address. */
export function FilterBar({ schools, filters, onChange, periodOf, label = 'Choose what is shown' }: Props) {
  const only = schools.length === 1 ? schools[0] : undefined
  const choices = only ? [] : schools.map(({ id, name }) => ({ value: id, label: name }))
  const isFiltered = KEYS.some((key) => filters[key] !== '')
  const years = schoolYears(new Date())
  const year = years.find(({ from, to }) => from === filters.from && to === filters.to)
  return (
    <>
      <p className="print-only">{inWords(filters, schools)}</p>
      <form className="filters no-print" aria-label={label} onSubmit={(e) => e.preventDefault()}>
        <NativeSelect
          label="School"
          value={filters.school}
          onChange={(e) => onChange({ school: e.currentTarget.value })}
          data={[{ value: '', label: only?.name ?? `All ${schools.length} schools` }, ...choices]}
        />
        <NativeSelect
          label="School year"
          value={year?.name ?? ''}
          onChange={(e) => {
            const chosen = years.find(({ name }) => name === e.currentTarget.value)
            onChange({ from: chosen?.from ?? '', to: chosen?.to ?? '' })
          }}
          data={[{ value: '', label: filters.from + filters.to === '' ? 'All' : 'As below' }, ...years.map(({ name }) => name)]}
        />
        <DateField
          label="From"
          description={periodOf}
          value={filters.from}
          max={filters.to || undefined}
          onChange={(from) => onChange({ from })}
        />
        <DateField
          label="To"
          description={periodOf}
          value={filters.to}
          min={filters.from || undefined}
          onChange={(to) => onChange({ to })}
        />
        <DateField
          label="As known on"
          description="corrections made later left out"
          value={filters.asOf}
          onChange={(asOf) => onChange({ asOf })}
        />
        {isFiltered && (
          <Button variant="default" onClick={() => onChange({ school: '', from: '', to: '', asOf: '' })}>
            Show everything
          </Button>
        )}
      </form>
    </>
  )
}

/** What was chosen, for paper. */
function inWords({ school, from, to, asOf }: Filters, schools: readonly SchoolName[]): string {
  const which = schools.find(({ id }) => id === school)?.name ?? (schools.length === 1 ? schools[0]!.name : `All ${schools.length} schools`)
  const period = periodInWords({ from: from || undefined, to: to || undefined })
  return `${which}${period}${asOf === '' ? '' : `, as known on ${dayInWords(asOf)}`}`
}

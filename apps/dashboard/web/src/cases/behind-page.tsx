import type { Column } from '@circumspect/views'
import { useEffect } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useCasesBehind, type NamedCases } from '../shared/api'
import { searchOf, useFilters, type Filters } from '../shared/filters'
import { cellInWords, dayInWords, label, periodInWords } from '../shared/labels'
import { Loaded } from '../shared/states'

/** The cases that a figure was counted from. */
export function BehindPage() {
  const { name } = useParams() as { name: string }
  const [filters] = useFilters()
  const [params] = useSearchParams()
  const figure = Object.fromEntries([...params].filter(([key]) => key === 'table' || key === 'column' || key.startsWith('row.')))
  const behind = useCasesBehind(name, filters, figure)
  useEffect(() => {
    document.title = 'The cases behind a figure – Circumspect'
  }, [])
  return (
    <>
      <p className="no-print">
        <Link to={`/reports/${name}${searchOf(filters)}`}>Back to the report</Link>
      </p>
      <h1>The cases behind a figure</h1>
      <Loaded query={{ ...behind, isPlaceholderData: false }} what="The cases">
        {(data) => <Cases behind={data} filters={filters} row={figure} />}
      </Loaded>
    </>
  )
}

function Cases({ behind, filters, row }: { behind: NamedCases; filters: Filters; row: Readonly<Record<string, string>> }) {
  const { cases, column, table, total, names } = behind
  return (
    <>
      <p className="lead">{inWords(behind)}</p>
      <dl className="asked">
        <Asked term="Table">{table.title}</Asked>
        <Asked term="Figure">{column.label}</Asked>
        {Object.entries(row)
          .filter(([key]) => key.startsWith('row.'))
          .map(([key, value]) => (
            <Asked key={key} term={label(key.slice(4).replaceAll('_', '-'))}>
              {value === '' ? 'None named' : key === 'row.weekday' ? WEEKDAYS[Number(value)] : cellInWords(value, names)}
            </Asked>
          ))}
        <Asked term="Chosen">
          {filters.school === '' ? 'All schools' : (names[filters.school] ?? 'One school')}
          {periodInWords({ ...(filters.from && { from: filters.from }), ...(filters.to && { to: filters.to }) })}
          {filters.asOf !== '' && `, as known on ${dayInWords(filters.asOf)}`}
        </Asked>
      </dl>
      {cases.length > 0 && <CaseTable behind={behind} filters={filters} />}
      {total > cases.length && <p>Only the {cases.length} told last are listed, of {total}. Choose a shorter period to see the others.</p>}
      <p className="quiet">
        Computed from the record up to store position {behind.position}. Who looked at this list is written down, as is who opens a case.
      </p>
    </>
  )
}

const WEEKDAYS = ['Not known', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function Asked({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function CaseTable({ behind: { cases, column, names }, filters }: { behind: NamedCases; filters: Filters }) {
  return (
    <div className="scroll" role="region" aria-label="Cases" tabIndex={0}>
      <table className="figures">
        <caption className="spoken">Cases, the last told first</caption>
        <thead>
          <tr>
            <th scope="col">First told</th>
            <th scope="col">How</th>
            <th scope="col">Filed at</th>
            <th scope="col" className="number">
              {unitOf(column)}
            </th>
            <th scope="col">Case</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((c) => (
            <tr key={c.case}>
              <td>{dayInWords(c.told)}</td>
              <td>{c.kind === 'disclosure-made' ? 'A disclosure' : 'A concern'}</td>
              <td>{names[c.school] ?? 'Another school'}</td>
              <td className="number">{c.figure}</td>
              <td>
                <Link to={`/cases/${c.case}${searchOf(filters)}`} aria-label={`Open the case told on ${dayInWords(c.told)}`}>
                  Open
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const unitOf = ({ unit }: Column): string => `${label(unit ?? '')} of this figure`

function inWords({ cases, total, column, table }: NamedCases): string {
  if (total === 0) return 'No case is behind this figure now. It may have been corrected since.'
  const sum = cases.reduce((all, c) => all + c.figure, 0)
  const one = total === 1 ? 'one case' : `${total} cases`
  if (total > cases.length) return `${column.label}, in ${one}.`
  const unit = column.unit === 'cases' ? '' : `${sum} ${sum === 1 ? (column.unit ?? '').replace(/s$/, '') : column.unit} in `
  return `${unit}${one} (${table.title.toLowerCase()}).`.replace(/^./, (c) => c.toUpperCase())
}

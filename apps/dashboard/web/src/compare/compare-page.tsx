import type { ReportName } from '@circumspect/views'
import { useEffect, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useFindings, useReport, useSchools, type NamedReport, type School } from '../shared/api'
import { FilterBar, searchOf, useFilters, type Filters } from '../shared/filters'
import { cellInWords, dayInWords, periodInWords } from '../shared/labels'
import { Loaded } from '../shared/states'
import { compareReports, type ComparedTable } from './prepare'

/** Two schools, or two periods, of one report side by side; both choices stand in the address. */
export function ComparePage() {
  const { name } = useParams() as { name: ReportName }
  const [first, changeFirst] = useFilters()
  const [second, changeSecond] = useFilters('second.')
  const schools = useSchools()
  const [a, b] = [useReport(name, first), useReport(name, second)]
  const data = a.data && b.data && ([a.data, b.data] as const)
  const error = a.error ?? b.error
  const isPlaceholderData = a.isPlaceholderData || b.isPlaceholderData
  const title = data?.[0].title ?? 'Report'
  useEffect(() => {
    document.title = `${title}, compared – Circumspect`
  }, [title])
  return (
    <>
      <p className="no-print">
        <Link to={`/reports/${name}${searchOf(first)}`}>Back to the report</Link>
      </p>
      <h1>{title}: two side by side</h1>
      <p className="quiet">
        A difference between two columns is not a finding: with few cases chance alone makes large ones, schools differ in size, phase and what they record, and more reports can
        mean that children are heard. What has been tested against chance stands under “What can be said”.
      </p>
      <Loaded query={schools} what="The schools">
        {(all) => (
          <>
            <h2>First</h2>
            <FilterBar schools={all} filters={first} onChange={changeFirst} periodOf="as the report says" label="Choose what stands first" />
            <h2>Second</h2>
            <FilterBar schools={all} filters={second} onChange={changeSecond} periodOf="as the report says" label="Choose what stands second" />
            <h2>What can be said</h2>
            <Said name={name} filters={first} heading={`First: ${choiceInWords(first, all)}`} />
            <Said name={name} filters={second} heading={`Second: ${choiceInWords(second, all)}`} />
            <Loaded query={{ data, error, isPlaceholderData, refetch: () => Promise.all([a.refetch(), b.refetch()]) }} what="The figures">
              {([one, other]) => <Compared first={one} second={other} />}
            </Loaded>
          </>
        )}
      </Loaded>
    </>
  )
}

function choiceInWords({ school, from, to, asOf }: Filters, schools: readonly School[]): string {
  const period = periodInWords({ ...(from && { from }), ...(to && { to }) })
  return `${schools.find((s) => s.id === school)?.name ?? 'all schools'}${period}${asOf === '' ? '' : `, as known on ${dayInWords(asOf)}`}`
}

function Said({ name, filters, heading }: { name: string; filters: Filters; heading: string }) {
  const findings = useFindings(name, filters)
  return (
    <>
      <h3>{heading}</h3>
      <Loaded query={findings} what="What can be said of these figures">
        {(data) =>
          data.findings.length === 0 ? (
            <p>Nothing can be said of these figures yet.</p>
          ) : (
            <ul>
              {data.findings.map(({ code, text, caution }) => (
                <li key={code + text}>
                  {text} <span className="quiet">{caution}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

function Compared({ first, second }: { first: NamedReport; second: NamedReport }) {
  const tables = useMemo(() => compareReports(first, second), [first, second])
  const names = { ...first.names, ...second.names }
  return (
    <>
      {tables.map((table) => (
        <details key={table.name} open={table.rows.length <= FEW_ROWS}>
          <summary>
            {table.title} ({table.rows.length} {table.rows.length === 1 ? 'row' : 'rows'})
          </summary>
          <SideBySide table={table} names={names} />
        </details>
      ))}
      <p className="quiet">{first.definition}</p>
      <p className="quiet">
        Computed from the record up to store position {first.position}
        {second.position !== first.position && ` (the second: ${second.position})`}.
      </p>
    </>
  )
}
/** A table longer than this begins closed. */
const FEW_ROWS = 25

function SideBySide({ table, names }: { table: ComparedTable; names: NamedReport['names'] }) {
  return (
    <div className="scroll" role="region" aria-label={table.title} tabIndex={0}>
      <table className="figures">
        <caption className="spoken">{table.title}, two side by side</caption>
        <thead>
          <tr>
            {table.keys.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            {table.measures.flatMap(({ key, label }) =>
              ['first', 'second'].map((side) => (
                <th key={key + side} scope="col" className="number">
                  {label}, {side}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ keys, figures }, row) => (
            <tr key={row}>
              {keys.map((cell, i) => (
                <td key={table.keys[i]!.key}>{cellInWords(cell, names)}</td>
              ))}
              {figures.flatMap((pair, i) =>
                pair.map((cell, side) => (
                  <td key={`${table.measures[i]!.key}-${side}`} className="number">
                    {cellInWords(cell, names, table.measures[i]!.unit)}
                  </td>
                )),
              )}
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={table.keys.length + 2 * table.measures.length}>Nothing is recorded for these choices.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

import type { Cell, Column, Table } from '@circumspect/views'
import { Link } from 'react-router'
import type { NamedReport } from './api'
import { behindAddress } from './behind'
import { searchOf, type Filters } from './filters'
import { cellInWords, isId } from './labels'

interface Props {
  readonly table: Table
  /** The report the table is of, or its appraisal. */
  readonly report: Pick<NamedReport, 'report' | 'request' | 'names'>
  readonly filters: Filters
}

/** A table of a report, as it is: the figures themselves, beside every picture of them. A count leads to its cases. */
export function FiguresTable({ table, report, filters }: Props) {
  const columns = columnsToShow(table, report.request.schools.length)
  return (
    <div className="scroll" role="region" aria-label={table.title} tabIndex={0}>
      <table className="figures">
        <caption className="spoken">{table.title}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.key} scope="col" className={c.unit === undefined ? undefined : 'number'}>
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {columns.map((c) => (
                <td key={c.key} className={classOf(c, row[c.key] ?? null, report.names)}>
                  <Figure column={c} row={row} table={table} report={report} filters={filters} />
                </td>
              ))}
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>Nothing is recorded for this choice.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

function Figure({ column, row, table, report, filters }: Props & { column: Column; row: Table['rows'][number] }) {
  const value = row[column.key] ?? null
  const words = cellInWords(value, report.names, column.unit)
  if (column.ref === 'case' && value !== null)
    return (
      <Link to={`/cases/${value}${searchOf(filters)}`} aria-label={`Open this case of ${cellInWords(row.decided ?? null, {})}`}>
        Open
      </Link>
    )
  const behind = behindAddress(report.report, table, column, row, filters)
  if (behind === undefined) return words
  return (
    <Link to={behind} aria-label={`${words}, ${column.label}: list the cases`}>
      {words}
    </Link>
  )
}

/**
 * Without the ids of reviews, which have no page. Where there is one school, its name is said once, above; unless it is all that a row
 * is told apart by.
 */
function columnsToShow({ columns }: Table, schools: number): readonly Column[] {
  const named = columns.filter((c) => c.ref !== 'review')
  const others = named.filter((c) => c.ref !== 'school')
  return schools === 1 && others.some((c) => c.unit === undefined) ? others : named
}

function classOf({ unit, ref }: Column, value: Cell, names: NamedReport['names']): string | undefined {
  if (unit !== undefined) return 'number'
  return ref !== 'case' && isId(value) && names[String(value)] === undefined ? 'id' : undefined
}


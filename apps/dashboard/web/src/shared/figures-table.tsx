import { Anchor } from '@mantine/core'
import type { Cell, Column, Table } from '@circumspect/views'
import { reportAddress, type NamedReport } from './api'
import type { Filters } from './filters'
import { cellInWords, isId } from './labels'

/** A table of a report, as it is: the figures themselves, beside every picture of them. */
export function FiguresTable({ table, report: { names, request } }: { table: Table; report: NamedReport }) {
  const columns = columnsToShow(table, request.schools.length)
  return (
    <div className="scroll" role="region" aria-label={table.title} tabIndex={0}>
      <table className="figures">
        <caption>
          <span>{table.title}</span>
        </caption>
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
                <td key={c.key} className={classOf(c, row[c.key] ?? null, names)}>
                  {cellInWords(row[c.key] ?? null, names, c.unit)}
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

/**
 * Without the ids of reviews, which have no page. Where there is one school, its name is said once, above; unless it is all that a row
 * is told apart by.
 */
function columnsToShow({ columns }: Table, schools: number): readonly Column[] {
  const named = columns.filter((c) => c.ref !== 'review')
  const others = named.filter((c) => c.ref !== 'school')
  return schools === 1 && others.some((c) => c.unit === undefined) ? others : named
}

function classOf({ unit }: Column, value: Cell, names: NamedReport['names']): string | undefined {
  if (unit !== undefined) return 'number'
  return isId(value) && names[String(value)] === undefined ? 'id' : undefined
}

/** A table of a report as a file, of what is shown. */
export function Download({ report, filters, table }: { report: string; filters: Filters; table: Table }) {
  return <Anchor href={reportAddress(report, filters, { format: 'csv', table: table.name })}>Download “{table.title}” (CSV)</Anchor>
}

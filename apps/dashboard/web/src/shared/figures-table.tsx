import { Anchor } from '@mantine/core'
import type { Table } from '@circumspect/views'
import { reportAddress } from './api'
import type { Filters } from './filters'
import { cellInWords } from './labels'

/** A table of a report, as it is: the figures themselves, beside every picture of them. */
export function FiguresTable({ table, names }: { table: Table; names: Readonly<Record<string, string>> }) {
  return (
    <div className="scroll" role="region" aria-label={table.title} tabIndex={0}>
      <table className="figures">
        <caption>{table.title}</caption>
        <thead>
          <tr>
            {table.columns.map((c) => (
              <th key={c.key} scope="col" className={c.unit === undefined ? undefined : 'number'}>
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {table.columns.map((c) => (
                <td key={c.key} className={c.unit === undefined ? undefined : 'number'}>
                  {cellInWords(row[c.key] ?? null, names)}
                </td>
              ))}
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={table.columns.length}>Nothing is recorded for this choice.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

/** A table of a report as a file, of what is shown. */
export function Download({ report, filters, table }: { report: string; filters: Filters; table: Table }) {
  return <Anchor href={reportAddress(report, filters, { format: 'csv', table: table.name })}>Download “{table.title}” (CSV)</Anchor>
}

import type { Table } from '@circumspect/views'
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

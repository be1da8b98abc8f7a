import type { Grid } from './prepare'

/** Place × time slot, as a table: the number is always there, the colour only helps to find it. */
export function HeatGrid({ grid, caption }: { grid: Grid; caption: string }) {
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="grid">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            {grid.slots.map((slot) => (
              <th key={slot.code} scope="col">
                {slot.label}
              </th>
            ))}
            <th scope="col" className="total">
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.place}
                {row.note !== '' && <small>{row.note}</small>}
              </th>
              {row.cells.map((cell) => (
                <td key={cell.slot} className={cell.level === 0 ? undefined : `level-${cell.level}`}>
                  {cell.incidents === 0 ? <span aria-label="none reported">·</span> : cell.incidents}
                </td>
              ))}
              <td className="total">{row.total}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="total">
              All places
            </th>
            {grid.slots.map((slot) => (
              <td key={slot.code} className="total">
                {slot.total}
              </td>
            ))}
            <td className="total">{grid.total}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** What the shades stand for. */
export function GridKey({ largest }: { largest: number }) {
  const upTo = (level: number) => Math.floor((largest * level) / 5)
  const steps = [1, 2, 3, 4, 5].map((level) => ({ level, from: upTo(level - 1) + 1, to: upTo(level) })).filter((s) => s.from <= s.to)
  return (
    <ul className="key" aria-label="Shades">
      <li>
        <span>· none reported</span>
      </li>
      {steps.map(({ level, from, to }) => (
        <li key={level}>
          <span className={`level-${level}`}>{from === to ? from : `${from} to ${to}`}</span>
        </li>
      ))}
    </ul>
  )
}

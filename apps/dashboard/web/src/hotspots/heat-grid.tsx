import { Button } from '@mantine/core'
import { useState } from 'react'
import { prepareKey, shorten, type Grid, type GridRow } from './prepare'

/** Place × time slot, as a table: the number is always there, the colour only helps to find it. A long one begins short. */
export function HeatGrid({ grid, caption }: { grid: Grid; caption: string }) {
  const [whole, setWhole] = useState(false)
  const short = shorten(grid)
  return (
    <>
      <GridTable grid={grid} rows={whole ? grid.rows : short.rows} others={whole ? undefined : short.others} caption={caption} />
      <GridKey largest={grid.largest} />
      {short.hidden > 0 && (
        <Button className="no-print" variant="default" my="xs" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? 'Show fewer places' : `Show all ${grid.rows.length} places`}
        </Button>
      )}
    </>
  )
}

interface TableProps {
  readonly grid: Grid
  readonly rows: readonly GridRow[]
  readonly others: GridRow | undefined
  readonly caption: string
}

function GridTable({ grid, rows, others, caption }: TableProps) {
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="grid">
        <caption>
          <span>{caption}</span>
        </caption>
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
          {rows.map((row) => (
            <PlaceRow key={row.key} row={row} />
          ))}
          {others && <PlaceRow row={others} />}
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

function PlaceRow({ row }: { row: GridRow }) {
  return (
    <tr>
      <th scope="row">
        {row.place}
        {row.note !== '' && <small>{row.note}</small>}
      </th>
      {row.cells.map((cell) => (
        <td key={cell.slot} className={cell.level === 0 ? undefined : `level-${cell.level}`}>
          {cell.incidents === 0 ? <NoneReported /> : cell.incidents}
        </td>
      ))}
      <td className="total">{row.total}</td>
    </tr>
  )
}

/** A dot for the eye, words for a screen reader: nothing reported is not a finding that nothing happened. */
function NoneReported() {
  return (
    <>
      <span aria-hidden>·</span>
      <span className="spoken">none reported</span>
    </>
  )
}

/** What the shades stand for. */
function GridKey({ largest }: { largest: number }) {
  return (
    <ul className="key" aria-label="Shades">
      <li>
        <span>· none reported</span>
      </li>
      {prepareKey(largest).map(({ level, from, to }) => (
        <li key={level}>
          <span className={`level-${level}`}>{from === to ? from : `${from} to ${to}`}</span>
        </li>
      ))}
    </ul>
  )
}

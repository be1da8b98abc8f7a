import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSeesCases } from '../people/use-me'
import { figureAddress } from '../shared/behind'
import { label } from '../shared/labels'
import type { Filters } from '../shared/filters'
import { prepareKey, shorten, type Grid, type GridRow } from './prepare'

interface Props {
  readonly grid: Grid
  readonly caption: string
  /** The table of the report that the grid is made of. */
  readonly table: string
  readonly filters: Filters
  /** Places to begin with, and no others: for a page that leads to the whole. */
  readonly first?: number
}

/**
 * Place × time slot, as a table: the number is always there and leads to its cases, the colour only helps to find it. A long one
 * begins short.
 */
export function HeatGrid({ grid, first, ...rest }: Props) {
  const [whole, setWhole] = useState(false)
  const short = shorten(grid, first)
  return (
    <>
      <GridTable grid={grid} rows={whole ? grid.rows : short.rows} others={whole ? undefined : short.others} {...rest} />
      <GridKey largest={grid.largest} />
      {short.hidden > 0 && first === undefined && (
        <Button className="no-print" variant="default" my="xs" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? 'Show fewer places' : `Show all ${grid.rows.length} places`}
        </Button>
      )}
    </>
  )
}

interface TableProps extends Props {
  readonly rows: readonly GridRow[]
  readonly others: GridRow | undefined
}

function GridTable({ grid, rows, others, caption, table, filters }: TableProps) {
  const seesCases = useSeesCases()
  const behind = (row: GridRow, slot?: string) =>
    seesCases && row.where ? figureAddress('hotspots', table, 'incidents', { ...row.where, ...(slot !== undefined && { slot }) }, filters) : undefined
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
            <PlaceRow key={row.key} row={row} behind={(slot) => behind(row, slot)} />
          ))}
          {others && <PlaceRow row={others} behind={() => undefined} />}
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

function PlaceRow({ row, behind }: { row: GridRow; behind: (slot?: string) => string | undefined }) {
  return (
    <tr>
      <th scope="row">
        {row.place}
        {row.note !== '' && <small>{row.note}</small>}
      </th>
      {row.cells.map((cell) => (
        <td key={cell.slot} className={cell.level === 0 ? undefined : `level-${cell.level}`}>
          {cell.incidents === 0 ? <NoneReported /> : <Count of={cell.incidents} where={`${row.place}, ${label(cell.slot)}`} to={behind(cell.slot)} />}
        </td>
      ))}
      <td className="total">
        <Count of={row.total} where={row.place} to={behind()} />
      </td>
    </tr>
  )
}

function Count({ of, where, to }: { of: number; where: string; to: string | undefined }) {
  if (to === undefined) return of
  return (
    <Link to={to} aria-label={`${of}, ${where}: list the cases`}>
      {of}
    </Link>
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

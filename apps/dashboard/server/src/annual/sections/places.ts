import { prepareGrid, shorten, type Grid } from '../../../../web/src/hotspots/prepare'
import { bars, drawn } from '../../../../web/src/pictures/rows'
import type { AnnualInput, AnnualPart, AnnualSection, AnnualTable } from '../model'
import { cell, findings, heading, pictures, rowsOf, table, text } from '../parts'

const MOST_PLACES = 20

/** Where and when incidents were reported. */
export function places({ names, reports, appraisals, schools }: AnnualInput): AnnualSection {
  const grid = (name: string) => prepareGrid(rowsOf(reports.hotspots, name), names, schools.length > 1)
  return {
    id: 'places',
    heading: 'Places and times',
    parts: [
      text('A place with more reports is a place where more was reported here: it shows nothing of places nobody reports from. Incidents count in the school year in which they happened.'),
      ...findings(appraisals.hotspots.findings),
      ...where('On site', grid('on-site'), schools.length > 1),
      ...where('Journeys, community, home and online', grid('elsewhere'), schools.length > 1),
      ...(rowsOf(reports.hotspots, 'left-out').length === 0 ? [] : table(reports.hotspots, 'left-out', names)),
    ],
  }
}

function where(title: string, grid: Grid, several: boolean): AnnualPart[] {
  if (grid.total === 0) return [heading(title), text('No incident was reported there in this school year.')]
  return [
    heading(title),
    ...pictures(drawn(bars({ title: `${title}: incidents by time of day`, unit: 'incidents', series: ['Incidents'], points: grid.slots.map(({ label, total }) => ({ label, values: [total] })) }))),
    placeTable(title, grid, several),
  ]
}

/** Places down, time slots across; the places with fewest incidents as one row. */
function placeTable(title: string, grid: Grid, several: boolean): AnnualTable {
  const { rows, others } = shorten(grid, MOST_PLACES)
  return {
    kind: 'table',
    title: `${title}: incidents by place and time of day`,
    columns: [
      { label: 'Place', numeric: false },
      ...(several ? [{ label: 'School', numeric: false }] : []),
      ...grid.slots.map(({ label }) => ({ label, numeric: true })),
      { label: 'All', numeric: true },
    ],
    rows: [...rows, ...(others ? [others] : [])].map(({ place, note, cells, total }) => [
      { words: place, value: place },
      ...(several ? [{ words: note, value: note }] : []),
      ...cells.map(({ incidents }) => cell(incidents)),
      cell(total),
    ]),
  }
}

import type { Column } from '../../report'
import type { ReportDefinition, Row } from '../definition'
import cells from './cells.sql?raw'
import leftOut from './left-out.sql?raw'
import places from './places.sql?raw'

const school: Column = { key: 'school', label: 'School', ref: 'school' }
const place: Column = { key: 'place', label: 'Place', ref: 'place' }

const cellColumns: Column[] = [
  school,
  { key: 'setting', label: 'Setting' },
  place,
  { key: 'location_kind', label: 'Kind of place' },
  { key: 'slot', label: 'Time slot' },
  { key: 'weekday', label: 'Weekday (1 Monday, 0 not known)' },
  { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true },
]

/** What is asked at once for the tables of both. */
const isOnSite = (onSite: boolean) => ({
  params: { on_site: [onSite] },
  within: 'cells',
  finish: (rows: Row[]) => rows.filter(({ setting }) => (setting === 'on-site') === onSite),
})

const cellKeys = ['school', 'setting', 'place', 'location_kind', 'slot', 'weekday']

/** Incidents by school × place × slot × weekday, by the date they occurred. */
export const hotspots: ReportDefinition = {
  name: 'hotspots',
  title: 'Where and when incidents are reported',
  definition:
    'Incidents by the school where they happened, place, time slot and weekday, by the date they occurred. A place with more reports is a place where more was reported here: it shows nothing about places nobody reports from. Incidents on site stand apart from those on journeys, in the community, at home or online. The time slot is read from the school’s timetable; an hour that spans two periods has no known slot. Incidents whose every finding is unfounded or false are left out and counted below.',
  tables: [
    { name: 'cells', title: '', sql: cells, columns: cellColumns, hidden: true, params: { on_site: [true, false] } },
    { name: 'on-site', title: 'On site', sql: cells, columns: cellColumns, caseKeys: cellKeys, ...isOnSite(true) },
    { name: 'elsewhere', title: 'Journeys, community, home and online', sql: cells, columns: cellColumns, caseKeys: cellKeys, ...isOnSite(false) },
    {
      name: 'places',
      title: 'Places, their supervision and view',
      sql: places,
      caseKeys: ['school', 'place'],
      columns: [
        school,
        place,
        { key: 'setting', label: 'Setting' },
        { key: 'location_kind', label: 'Kind of place' },
        { key: 'open_to_view', label: 'Open to view' },
        { key: 'supervised', label: 'Normally supervised' },
        { key: 'camera', label: 'Camera' },
        { key: 'capacity', label: 'Capacity', unit: 'pupils' },
        { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true },
        { key: 'unsupervised', label: 'Not supervised when it should have been', unit: 'incidents', cases: true },
        { key: 'out_of_view', label: 'Not open to view', unit: 'incidents', cases: true },
      ],
    },
    {
      name: 'left-out',
      title: 'Incidents left out',
      sql: leftOut,
      caseKeys: ['school', 'reason'],
      columns: [school, { key: 'reason', label: 'Why' }, { key: 'incidents', label: 'Incidents', unit: 'incidents', cases: true }],
    },
  ],
}

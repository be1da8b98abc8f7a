import type { ActionBefore, IncidentAround } from '../report'
import type { Row } from './definition'

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const orNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

export const incidentAround = (row: Row): IncidentAround => ({
  incident: String(row.incident),
  school: String(row.school),
  setting: String(row.setting),
  place: orNull(row.place),
  locationKind: String(row.location_kind),
  slot: String(row.slot),
  behaviour: String(row.behaviour),
  day: row.precision === 'unknown' ? null : String(row.day),
  there: Number(row.there),
  thereThen: Number(row.there_then),
  ofBehaviour: Number(row.of_behaviour),
  atSchool: Number(row.at_school),
})

/** An action applies where it names the place or its kind, and the slot; what it does not name, it does not limit. */
function applies(row: Row, { place, locationKind, slot }: IncidentAround): boolean {
  const [places, kinds, slots] = [strings(row.places), strings(row.kinds), strings(row.slots)]
  return (
    (places.length === 0 || (place !== null && places.includes(place))) &&
    (kinds.length === 0 || kinds.includes(locationKind)) &&
    (slots.length === 0 || slots.includes(slot))
  )
}

const isEverywhere = (row: Row): boolean => [row.places, row.kinds, row.slots].every((list) => strings(list).length === 0)

/** Of actions agreed, those that apply where one of these incidents happened, those that name the place before those for everywhere. */
export function agreedAround(rows: readonly Row[], incidents: readonly IncidentAround[]): ActionBefore[] {
  const found = rows.filter((row) => incidents.some((incident) => incident.school === row.school && applies(row, incident)))
  return [...found.filter((row) => !isEverywhere(row)), ...found.filter(isEverywhere)].map((row) => ({
    action: String(row.action),
    review: String(row.review),
    school: String(row.school),
    agreed: String(row.agreed),
    state: String(row.state) as ActionBefore['state'],
    theme: orNull(row.theme),
    everywhere: isEverywhere(row),
  }))
}

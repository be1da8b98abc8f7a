import type { Chronology, ChronologyEntry, SchoolName } from '@circumspect/dashboard'
import { codeLabel } from './words'
import { dayInWords } from '../../shared/labels'
import type { Option } from './field'

/** Of a place: its own setting and kind. */
export type Thing = Option & { readonly setting?: string; readonly kind?: string }
/** What there is to choose from in a form, by what it is. */
export type Things = Readonly<Record<string, readonly Thing[]>>

type Data = Readonly<Record<string, unknown>>

/** What the records of a case have brought into being, in words, with its school's places and the children it names. */
export function thingsOf(
  chronology: Chronology | undefined,
  schools: readonly SchoolName[],
  school: string,
  added: Readonly<Record<string, string>>,
  type: string,
): Things {
  const standing = (chronology?.entries ?? []).filter((entry) => entry.state === 'holds')
  const names: Record<string, string> = { ...chronology?.names, ...added }
  const children = [...new Set([...(chronology?.children ?? []), ...Object.keys(added)])]
  const made = (of: string, types: readonly string[], words: (data: Data) => string): Option[] =>
    standing.filter((e) => types.includes(e.type)).map((e) => ({ value: String((e.data as Data)[of]), label: `${words(e.data as Data)}, ${dayOf(e)}` }))
  return {
    child: children.map((value, i) => ({ value, label: names[value] ?? `Child ${i + 1} (no name kept)` })),
    place: (schools.find((s) => s.id === school)?.places ?? []).map(({ id, name, setting, kind }) => ({ value: id, label: name, setting, kind })),
    school: schools.map(({ id, name }) => ({ value: id, label: name })),
    incident: made('incident', ['incident-recorded'], (d) => `${codeLabel('behaviour', String(d.behaviour))}${at(d, names)}`),
    referral: made('referral', ['referral-made'], (d) => codeLabel('agency', String(d.agency))),
    plan: made('plan', [plannedBy(type)], (d) => `Plan for ${names[String(d.child)] ?? 'a child'}`),
    assessment: made('assessment', ['risk-assessed'], (d) => `${codeLabel('forWhom', String(d.forWhom))}${d.child === undefined ? '' : ` (${names[String(d.child)] ?? 'a child'})`}`),
  }
}

const at = ({ place, locationKind }: Data, names: Readonly<Record<string, string>>): string =>
  `, ${(names[String(place)] ?? codeLabel('locationKind', String(locationKind))).toLowerCase()}`

const dayOf = ({ occurredAt }: ChronologyEntry): string => dayInWords(occurredAt.date)

/** What brings a thing into being, by what it is; a plan is of support or of safety, as its review is. */
const MAKES: Readonly<Record<string, string>> = {
  incident: 'incident-recorded', referral: 'referral-made', assessment: 'risk-assessed', place: 'place-named',
}

/** What has to be recorded first where a form has none of these to choose from. */
export const makerOf = (of: string, type: string): string | undefined => (of === 'plan' ? plannedBy(type) : MAKES[of])

const plannedBy = (type: string): string => (type === 'support-reviewed' ? 'support-planned' : 'safety-plan-agreed')

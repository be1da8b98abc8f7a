import type { ActionShown, CaseReview } from '@circumspect/dashboard'
import { figureAddress } from '../shared/behind'
import type { Filters } from '../shared/filters'
import { dayInWords, label } from '../shared/labels'

export const EXPECTED_WORDS: Readonly<Record<string, string>> = {
  'more-reports': 'More reports expected',
  'fewer-reports': 'Fewer reports expected',
  'no-change': 'No change in reports expected',
}

export const FOLLOW_UP_WORDS: Readonly<Record<string, string>> = { keep: 'Keep it as it is', adjust: 'Adjust it', stop: 'Stop it' }

export type ActionState = 'open' | 'overdue' | 'done'
export const STATE_WORDS: Readonly<Record<ActionState, string>> = { open: 'Agreed', overdue: 'Overdue', done: 'Done' }

/** A day later than its due day, not done: overdue. */
export const stateOf = ({ done, due }: Pick<ActionShown, 'done' | 'due'>, today: string): ActionState => (done ? 'done' : due < today ? 'overdue' : 'open')

export interface AroundShown {
  readonly incident: string
  readonly heading: string
  /** A sentence with a figure, and the page of the cases it was counted from. */
  readonly figures: readonly { readonly words: string; readonly to: string | undefined }[]
  readonly place: string
}

const times = (n: number) => (n === 1 ? '1 incident was' : `${n} incidents were`)

/** What was reported around each incident of the case in the period. */
export function aroundShown({ around, names, school }: Pick<CaseReview, 'around' | 'names' | 'school'>): AroundShown[] {
  const { from, to, incidents } = around
  return incidents.map((i, index) => {
    const filters: Filters = { school: i.school, from, to, asOf: '' }
    const table = i.setting === 'on-site' ? 'on-site' : 'elsewhere'
    const here = { setting: i.setting, place: i.place, location_kind: i.locationKind }
    const kind = label(i.locationKind === 'other' ? i.setting : i.locationKind)
    const place = i.place === null ? kind : (names[i.place] ?? kind)
    const slot = label(i.slot).toLowerCase()
    const at = i.school === school ? 'this school' : (names[i.school] ?? 'the other school')
    const behind = (n: number, row: Readonly<Record<string, unknown>>) => (n > 0 ? figureAddress('hotspots', table, 'incidents', row, filters) : undefined)
    return {
      incident: i.incident,
      place: i.place === null ? '' : place,
      heading: `${incidents.length > 1 ? `Incident ${index + 1}: ` : ''}${label(i.behaviour)}, ${place}${i.slot === 'unknown' ? '' : `, ${slot}`}${i.day === null ? '' : `, ${dayInWords(i.day)}`}`,
      figures: [
        { words: `${times(i.there)} reported at this place`, to: behind(i.there, here) },
        ...(i.slot === 'unknown' ? [] : [{ words: `${times(i.thereThen)} reported at this place at this time of the day (${slot})`, to: behind(i.thereThen, { ...here, slot: i.slot }) }]),
        { words: `${times(i.ofBehaviour)} of this behaviour, of ${i.atSchool} at ${at} in all`, to: undefined },
      ],
    }
  })
}

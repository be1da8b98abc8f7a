import { minuteOf, type DataOf, type EventType } from '@circumspect/domain'
import { NIL, type Columns } from './row'

type MappingOf<T extends EventType> = (data: DataOf<T>) => Columns | Columns[]
type OtherType =
  | 'school-registered' | 'school-described' | 'place-named' | 'place-changed' | 'timetable-set' | 'terms-set' | 'roll-counted'
  | 'recording-scope-declared' | 'policy-set' | 'policy-reviewed' | 'prevention-activity-recorded' | 'community-place-alerted'
  | 'child-enrolled' | 'child-left' | 'child-linked' | 'child-unlinked'
  | 'circumstances-reviewed' | 'lesson-recorded' | 'action-agreed' | 'action-completed' | 'action-followed'

const described = (d: DataOf<'school-registered'>): Columns => ({ code: d.phase, thing: d.trust ?? NIL, from_date: d.from, number: Number(d.urn ?? 0) })

const placed = (d: Omit<DataOf<'place-named'>, 'name'>): Columns => ({
  place_id: d.place,
  setting: d.setting,
  location_kind: d.kind,
  open_to_view: d.openToView,
  supervised: d.supervised,
  camera: d.camera,
  capacity: d.capacity ?? -1,
  places: d.neighbours,
})

const where = (d: { places: string[]; locationKinds: string[]; slots: string[] }): Columns => ({ places: d.places, codes: d.locationKinds, slots: d.slots })

/** What is due within how many school days: the names of a policy, as the reports ask for them. */
const POLICY = ['takenUp', 'riskAssessment', 'familiesTold', 'reviewOfCircumstances', 'safetyPlanReview', 'referralAnswer'] as const

/** The facts of schools, of children beyond one case, and of reviews. */
export const otherMappings: { [T in OtherType]: MappingOf<T> } = {
  'school-registered': described,
  'school-described': described,
  'place-named': placed,
  'place-changed': (d) => ({ ...placed(d), from_date: d.from }),
  'timetable-set': (d) =>
    d.periods.map((p) => ({ from_date: d.from, weekdays: p.weekdays, minute_from: minuteOf(p.from), minute_to: minuteOf(p.to), slot: p.slot })),
  'terms-set': (d) => [
    ...d.terms.map((t) => ({ school_year: d.schoolYear, code: 'term', from_date: t.from, to_date: t.to })),
    { school_year: d.schoolYear, code: 'closed', days: d.closedDays },
  ],
  'roll-counted': (d) =>
    d.groups.map((g) => ({
      school_year: d.schoolYear,
      term: d.term,
      from_date: d.censusDate,
      sex: g.sex,
      year_group: g.yearGroup,
      sen: g.senProvision,
      ethnicity: g.ethnicity ?? '',
      pupils: g.pupils,
      dual_elsewhere: g.dualElsewhere,
    })),
  'recording-scope-declared': (d) => ({ behaviours: d.behaviours, from_date: d.since, code: d.system }),
  'policy-set': (d) => POLICY.map((name) => ({ code: name, number: d[name], from_date: d.from })),
  'policy-reviewed': (d) => ({ due: d.nextDue ?? null }),
  'prevention-activity-recorded': (d) => ({ code: d.activity, codes: d.themes, places: d.places }),
  'community-place-alerted': (d) => ({ place_id: d.place ?? NIL, setting: d.setting, location_kind: d.kind, agency: d.to }),
  'child-enrolled': (d) => ({ at_school: d.at, from_date: d.from, flag: d.dual ? 1 : 0 }),
  'child-left': (d) => ({ at_school: d.from, to_date: d.on }),
  'child-linked': (d) => ({ other_child: d.sameAs }),
  'child-unlinked': (d) => ({ other_child: d.from }),
  'circumstances-reviewed': (d) => ({ about_case: d.case ?? NIL }),
  'lesson-recorded': (d) => ({ thing: d.lesson, code: d.theme, flag: d.wholeTrust ? 1 : 0, ...where(d) }),
  'action-agreed': (d) => ({ thing: d.action, code: d.expected, due: d.due, incidents: d.promptedBy, lesson: d.lesson ?? NIL, ...where(d) }),
  'action-completed': (d) => ({ thing: d.action }),
  'action-followed': (d) => ({ thing: d.action, code: d.followUp }),
}

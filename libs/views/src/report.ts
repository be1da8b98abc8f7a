import { z } from 'zod'
import type { Today } from './today/today'

/** What a report is asked: all of it optional, except which schools. */
export const requestSchema = z.strictObject({
  /** School ids; the schools the asker may see, where none are named. */
  schools: z.array(z.uuid()).max(1000),
  /** First and last day, both included, of the date the report goes by. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** What was known at this instant: all positions before the first event recorded after it. */
  asOf: z.iso.datetime({ offset: true }).optional(),
})
export type ReportRequest = z.infer<typeof requestSchema>

export type Cell = string | number | null

export interface Column {
  readonly key: string
  /** What a person reads at the head of the column. */
  readonly label: string
  /** What is counted or measured: `incidents`, `involvements`, `children`, `hours` … Absent for what rows are told apart by. */
  readonly unit?: string
  /** The values are ids of this kind of thing, whose name the reader looks up. */
  readonly ref?: 'school' | 'place' | 'child' | 'case' | 'action' | 'review'
  /** The cases behind a figure of this column can be listed. */
  readonly cases?: boolean
}

/** Rows in a total order. A missing figure is null: not known is not zero. */
export interface Table {
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
  /** The columns that say which row is meant, where the cases behind its figures can be listed. */
  readonly caseKeys?: readonly string[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

export interface ReportResult {
  readonly report: ReportName
  readonly title: string
  /** What the figures mean: units, what is left out. */
  readonly definition: string
  readonly request: ReportRequest
  /**
   * The watermark: every event up to this position is in the figures. -1 for an empty store. The same question at the same
   * position gives the same bytes.
   */
  readonly position: number
  /** The instant by which open things are judged (still waiting, overdue): `asOf`, or when it was asked. ISO 8601, UTC. */
  readonly at: string
  readonly tables: readonly Table[]
}

export const REPORT_NAMES = [
  'hotspots', 'patterns', 'repeats', 'time-to-referral', 'responses', 'reviews', 'lessons', 'reporting', 'trend',
] as const
export type ReportName = (typeof REPORT_NAMES)[number]

export interface CaseListed {
  readonly case: string
  readonly school: string
  /** The day of the first disclosure or concern. */
  readonly told: string
  readonly kind: 'disclosure-made' | 'concern-noticed'
}

export const CASE_STATES = ['not-taken-up', 'open', 'dealt-with', 'closed'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** What a case is looked for by: all of it has to hold. Days are those on which it was told. */
export interface CaseSought {
  readonly schools: readonly string[]
  /** Cases whose records name any of these children; where it is absent, of any child or none. */
  readonly children?: readonly string[]
  readonly place?: string | undefined
  readonly behaviour?: string | undefined
  readonly yearGroup?: string | undefined
  readonly state?: CaseState | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface CaseFound extends CaseListed {
  readonly state: CaseState
  readonly places: readonly string[]
  readonly behaviours: readonly string[]
  /** Child and role, of each involvement. */
  readonly roles: readonly (readonly [child: string, role: string])[]
}

export interface CasesFound {
  readonly position: number
  /** The last told first. */
  readonly cases: readonly CaseFound[]
  /** All of them, given here or not. */
  readonly total: number
}

/** Where a page of the list of cases ends: the next begins after it. */
export type CaseCursor = Pick<CaseListed, 'told' | 'case'>

/** A figure, or several of one column: those of the rows that have these values (empty for none) in the table's {@link Table.caseKeys}. */
export interface FigureAsked {
  readonly table: string
  readonly column: string
  readonly row: Readonly<Record<string, string>>
}

export interface CaseBehind extends CaseListed {
  /** How much of the figure is from this case, in the column's unit. Children and pairs of two cases count in both. */
  readonly figure: number
}

export interface CasesBehind {
  readonly table: Pick<Table, 'name' | 'title'>
  readonly column: Column
  /** The last told first; at most {@link MOST_CASES_LISTED}. */
  readonly cases: readonly CaseBehind[]
  /** All of them, listed or not. */
  readonly total: number
  readonly position: number
}
export const MOST_CASES_LISTED = 500

/**
 * What can be said of a report's figures, and how sure: one or two plain sentences, made from them by rules. An id in braces, as
 * `{3f2a…}`, stands for the name of a school, a place or an action.
 */
export interface Finding {
  /** Stable: `cluster`, `no-cluster`, `slow-school` … */
  readonly code: string
  /** `stands-out`: more than chance explains. `ordinary`: nothing does. `unsure`: too little is known to say. `note`: to be read with the others. */
  readonly kind: 'stands-out' | 'ordinary' | 'unsure' | 'note'
  readonly text: string
  /** What it does not show, and what to look at next. */
  readonly caution: string
  /** How it was computed: method, size, seed. For an analyst. */
  readonly how: string
}

/** What a reader assumes for once: that a place is so many times as busy as its capacity says. Nothing is recorded. */
export interface Assumption {
  readonly place: string
  /** Above zero. */
  readonly times: number
}

/** The findings of a report, and the tables of estimates and intervals they rest on. */
export interface Appraisal {
  readonly report: ReportName
  readonly request: ReportRequest
  readonly position: number
  readonly at: string
  readonly findings: readonly Finding[]
  readonly tables: readonly Table[]
}

/** An incident of a case, and how many were reported around it: each figure with this incident in it, if it is of the period. */
export interface IncidentAround {
  readonly incident: string
  /** Where it happened. */
  readonly school: string
  readonly setting: string
  /** A place the school has named; null where only its kind is known. */
  readonly place: string | null
  readonly locationKind: string
  readonly slot: string
  readonly behaviour: string
  /** The day it happened, or the first of the month; null where not known. */
  readonly day: string | null
  /** Incidents at this place. */
  readonly there: number
  /** … in this time slot. */
  readonly thereThen: number
  /** Incidents of this behaviour at this school. */
  readonly ofBehaviour: number
  readonly atSchool: number
}

/** An action agreed earlier, where an incident happened. What it is stands in the vault. */
export interface ActionBefore {
  readonly action: string
  readonly review: string
  readonly school: string
  readonly agreed: string
  readonly state: 'open' | 'overdue' | 'done'
  readonly theme: string | null
  /** It names no place, kind of place or slot. */
  readonly everywhere: boolean
}

export interface ReviewListed {
  readonly review: string
  readonly school: string
}

/** What the views know about the place, the time and the behaviour of a case. */
export interface CaseAround {
  /** The 365 days the figures are of. */
  readonly from: string
  readonly to: string
  readonly position: number
  readonly incidents: readonly IncidentAround[]
  readonly agreed: readonly ActionBefore[]
  /** The reviews of its circumstances so far. */
  readonly reviews: readonly string[]
}

/** The reader's way to figures. The only one. */
export interface Reports {
  /** For questions that belong together: all are answered as of the moment when the first of them is asked. Sooner `about` schools that are named. */
  together(about?: readonly string[]): Reports
  run(name: ReportName, request: ReportRequest): Promise<ReportResult>
  /** What can be said of the figures. Slower: some of it is simulated. */
  appraise(name: ReportName, request: ReportRequest, assumed?: readonly Assumption[]): Promise<Appraisal>
  /** The cases that a figure was counted from; undefined where the report has no such figure. */
  behind(name: ReportName, request: ReportRequest, figure: FigureAsked): Promise<CasesBehind | undefined>
  /** The ids of the schools registered, in order. */
  schools(): Promise<string[]>
  /** The cases of these schools, the last told first, from after the cursor. */
  cases(schools: readonly string[], limit: number, after?: CaseCursor): Promise<readonly CaseListed[]>
  /** The cases that are what is sought, `limit` of them from `offset` on. */
  find(sought: CaseSought, limit: number, offset: number): Promise<CasesFound>
  /** What waits for somebody at these schools today; in these cases of theirs alone, where any are given. */
  today(schools: readonly string[], cases?: readonly string[]): Promise<Today>
  /** What is known around a case of this school, in the 365 days up to today. */
  around(caseId: string, school: string): Promise<CaseAround>
  /** The reviews of these schools that have lessons or actions, of a period and as of an instant where these are given, the last first. */
  reviews(schools: readonly string[], limit: number, period?: Omit<ReportRequest, 'schools'>): Promise<readonly ReviewListed[]>
  /** The position up to which the views have taken in every event; -1 for none. */
  watermark(): Promise<number>
  /** Those of these whose events are not in the views. */
  notCarried<E extends { readonly position: number }>(events: readonly E[]): Promise<readonly E[]>
}

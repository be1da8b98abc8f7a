import { z } from 'zod'

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
}

/** Rows in a total order. A missing figure is null: not known is not zero. */
export interface Table {
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
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

/** Where a page of the list of cases ends: the next begins after it. */
export type CaseCursor = Pick<CaseListed, 'told' | 'case'>

/** The reader's way to figures. The only one. */
export interface Reports {
  run(name: ReportName, request: ReportRequest): Promise<ReportResult>
  /** The ids of the schools registered, in order. */
  schools(): Promise<string[]>
  /** The cases of these schools, the last told first, from after the cursor. */
  cases(schools: readonly string[], limit: number, after?: CaseCursor): Promise<readonly CaseListed[]>
  /** The position up to which the views have taken in every event; -1 for none. */
  watermark(): Promise<number>
}

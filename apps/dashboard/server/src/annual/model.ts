import type { Appraisal, Cell, Finding, ReportResult } from '@circumspect/views'
import type { ParkedReason } from '../parked'
import type { SharedLesson } from '../reviews/shared-lessons'
import type { Picture } from '../../../web/src/pictures/picture'

/**
 * The reports an annual report is made of. Repeats are not among them, nor pairs of children: these stay with the safeguarding lead and
 * the headteacher.
 */
export const ANNUAL_REPORTS = ['trend', 'patterns', 'hotspots', 'time-to-referral', 'responses', 'reviews', 'lessons', 'reporting'] as const
export type AnnualReportName = (typeof ANNUAL_REPORTS)[number]
/** What is set beside the years before. */
export const COMPARED_REPORTS = ['trend', 'time-to-referral', 'responses', 'reviews', 'lessons', 'reporting'] as const
export type ComparedReportName = (typeof COMPARED_REPORTS)[number]

/** Everything an annual report is made from, all of it asked at one store position and one instant. */
export interface AnnualInput {
  /** A school, a trust, or how many schools. */
  readonly whose: string
  /** The calendar year in which the school year begins. */
  readonly year: number
  /** ISO 8601, UTC. */
  readonly asOf: string
  readonly position: number
  readonly schools: readonly string[]
  /** Of schools, places and actions, by their ids, as they were known then. */
  readonly names: Readonly<Record<string, string>>
  readonly reports: Readonly<Record<AnnualReportName, ReportResult>>
  /** Names are in their places. */
  readonly appraisals: Readonly<Record<AnnualReportName, Appraisal>>
  /** The trend over this year and the years before. */
  readonly overYears: Appraisal
  /** Lessons of the year that were marked as for the whole trust: words that name nobody. */
  readonly lessons: readonly SharedLesson[]
  /** What is in the history up to the position and in no figure. */
  readonly parked: readonly ParkedReason[]
  /** The years before, the earliest first. */
  readonly before: readonly { readonly year: number; readonly reports: Readonly<Record<ComparedReportName, ReportResult>> }[]
}

/** A figure or a word: as a person reads it, and as it is. A date is `YYYY-MM-DD`, a share is from 0 to 1. */
export interface AnnualCell {
  readonly words: string
  readonly value: Cell
  /** The value is a part of a whole: `words` has it in hundredths. */
  readonly share?: true
}

export interface AnnualTable {
  readonly kind: 'table'
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[]
  readonly rows: readonly (readonly AnnualCell[])[]
}

export type AnnualPart =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A term and what is said of it. */
  | { readonly kind: 'terms'; readonly terms: readonly { readonly term: string; readonly text: string }[] }
  | { readonly kind: 'findings'; readonly findings: readonly Pick<Finding, 'kind' | 'text' | 'caution'>[] }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | AnnualTable

export interface AnnualSection {
  /** Stable, for links. */
  readonly id: string
  readonly heading: string
  readonly parts: readonly AnnualPart[]
}

/** The annual report, before it is a page, a PDF or a workbook: all of them say exactly this. */
export interface AnnualDocument {
  readonly title: string
  readonly whose: string
  /** 2025/26 */
  readonly schoolYear: string
  readonly year: number
  /** In words: the school year, and as of when. */
  readonly subtitle: string
  readonly asOf: string
  readonly position: number
  readonly schools: readonly string[]
  readonly sections: readonly AnnualSection[]
}

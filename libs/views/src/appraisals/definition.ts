import type { Appraisal, Assumption, ReportResult } from '../report'
import type { Row } from '../reports/definition'

/** What an appraisal is made of: the report's own tables, and the rows of questions of its own. Plain data: it goes to a worker. */
export interface AppraisalInput {
  readonly report: ReportResult
  readonly rows: Readonly<Record<string, readonly Row[]>>
  readonly assumed: readonly Assumption[]
}

export interface AppraisalDefinition {
  /** Questions besides those of the report, by name. */
  readonly questions: Readonly<Record<string, { readonly sql: string; readonly params?: Readonly<Record<string, unknown>> }>>
  /** Pure: the same input, the same findings. */
  readonly appraise: (input: AppraisalInput) => Pick<Appraisal, 'findings' | 'tables'>
}

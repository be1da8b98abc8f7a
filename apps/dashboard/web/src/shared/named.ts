import type { Appraisal, CasesBehind, ReportResult } from '@circumspect/views'

/** What things are called, by their ids. */
export type Names = Readonly<Record<string, string>>
/** Events that are recorded and in no figure, by the reason. */
export interface ParkedReason {
  readonly reason: string
  readonly events: number
}
export type NamedReport = ReportResult & { readonly names: Names; readonly parked?: readonly ParkedReason[] }
export type NamedAppraisal = Appraisal & { readonly names: Names }
export type NamedCases = CasesBehind & { readonly names: Names }

import type { Appraisal, CasesBehind, ReportResult } from '@circumspect/views'

/** What things are called, by their ids. */
export type Names = Readonly<Record<string, string>>
export type NamedReport = ReportResult & { readonly names: Names }
export type NamedAppraisal = Appraisal & { readonly names: Names }
export type NamedCases = CasesBehind & { readonly names: Names }

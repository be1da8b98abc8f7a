export type RefusalCode =
  | 'already-named'
  | 'already-recorded'
  | 'already-superseded'
  | 'already-withdrawn'
  | 'case-closed'
  | 'depended-on'
  | 'in-the-future'
  | 'missing-field'
  | 'not-allowed-now'
  | 'not-started'
  | 'other-type'
  | 'out-of-order'
  | 'reason-missing'
  | 'unknown-reference'
  | 'wrong-stream'

/** Why a fact may not be recorded, in a sentence a person can act on. */
export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  /** Where in the command: `data.child`, `occurredAt`, `supersedes` … */
  readonly field?: string
}

export const refuse = (code: RefusalCode, message: string, field?: string): Refusal =>
  field === undefined ? { code, message } : { code, message, field }

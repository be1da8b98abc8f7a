/** The right to do what only one may do at a time, for a while. */
export interface Lease {
  readonly name: string
  readonly holder: string
  /** Grows each time the lease changes hands: what is written under an older token is refused. */
  readonly token: number
}

/**
 * Who may do what only one may do at a time. Time is the store's own, so that the clocks of those who ask do not matter. A holder that
 * was away for longer than it asked for may have lost its lease without knowing: checkpoints written under its token are refused.
 */
export interface Leases {
  /**
   * Takes the lease for `milliseconds` from now, where it is free, has run out, or is this holder's already (which renews it).
   * Undefined where another has it. `holder` names one process run, never used twice.
   * @throws VaultUnavailableError
   */
  acquire(name: string, holder: string, milliseconds: number): Promise<Lease | undefined>
  /** Holds it for `milliseconds` from now; false where it has run out or is another's: stop at once. */
  renew(lease: Lease, milliseconds: number): Promise<boolean>
  /** Has anybody got it now? */
  held(name: string): Promise<boolean>
  /** Gives it up; nothing happens where it is another's by now. The token is not forgotten. */
  release(lease: Lease): Promise<void>
}

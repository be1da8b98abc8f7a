/** How far somebody has come. */
export interface Checkpoint {
  /** 0 before the first write; grows by one with each. */
  readonly version: number
  /** What was written, undefined before. */
  readonly value: string | undefined
}

export interface Checkpoints {
  read(name: string): Promise<Checkpoint>
  /**
   * Writes `value` where the checkpoint is still at `expected` and was not written under a newer token; gives the new version, and
   * undefined where it was not written: somebody else has taken over. Durable when it resolves.
   * @param token of the lease this is written under
   * @throws VaultUnavailableError
   */
  write(name: string, expected: number, value: string, token: number): Promise<number | undefined>
}

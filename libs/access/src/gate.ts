import { CASE_READERS, type Account } from './account'

/** This account may not see that. */
export class NotAllowedError extends Error {
  readonly code = 'not-allowed'
}

/**
 * The one way out: every figure and every case passes here. Role, then scope (schools), then grain. Below the grain of the DSL and the
 * headteacher nothing goes out at all while small numbers cannot be withheld.
 */
export class Gate {
  /** The schools of those asked for (of all, where none are) whose figures this account may see. */
  schoolsFor(account: Account, asked: readonly string[], all: readonly string[]): readonly string[] {
    this.readsSmallNumbers(account)
    const allowed = account.schools === 'all' ? all : all.filter((id) => account.schools.includes(id))
    if (asked.length === 0) return allowed
    if (asked.some((id) => !allowed.includes(id))) throw new NotAllowedError('One of these schools is not known, or not yours to see.')
    return [...new Set(asked)]
  }

  /** May this account read the cases of this school? */
  caseOf(account: Account, school: string): void {
    this.readsSmallNumbers(account)
    if (account.schools !== 'all' && !account.schools.includes(school)) throw new NotAllowedError('This case is not yours to see.')
  }

  private readsSmallNumbers(account: Account): void {
    if (CASE_READERS.includes(account.role)) return
    throw new NotAllowedError(
      'Small numbers cannot be withheld yet, so figures are open to the safeguarding lead and the headteacher alone.',
    )
  }
}

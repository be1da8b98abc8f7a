import { CASE_READERS, type Account } from './account'
import { NOT_YET, type Leaving } from './leaving'

/** This account may not see or do that. */
export class NotAllowedError extends Error {
  readonly code = 'not-allowed'
}

/** What an account may open at all; within it, only its schools. */
export interface Opens {
  /** Cases and children, what waits for somebody, and what is behind a figure. */
  readonly cases: boolean
  readonly figures: boolean
  readonly recording: boolean
  /** What is about every school at once, as registering one. */
  readonly everySchool: boolean
}

interface TableLike {
  readonly name: string
  readonly columns: readonly { readonly key: string; readonly ref?: string; readonly cases?: boolean }[]
}

/** Repeats, concentration and who acted on whom: a few children each, whatever the totals are. */
const OF_FEW: Readonly<Record<string, 'all' | readonly string[]>> = { repeats: 'all', patterns: ['pairs', 'age-gap'] }

const CASES_ARE_FOR = 'Cases, children and what is behind a figure are for the safeguarding lead and the headteacher alone.'
const NO_SUCH_SCHOOL = 'One of these schools is not known, or not yours to see.'

/**
 * The one way out, and in: every figure, every case and every record passes here. Role, then scope (schools), then grain. Below the grain
 * of the DSL and the headteacher figures go out only where small numbers can harm nobody, and then without a case, a child or a pair.
 */
export class Gate {
  constructor(private readonly leaving: Leaving = NOT_YET) {}

  opens(account: Account): Opens {
    const cases = readsCases(account)
    return { cases, recording: cases, figures: cases || this.leaving.allowed, everySchool: recordsEverywhere(account) }
  }

  /** The schools of those asked for (of all, where none are) whose figures this account may see. */
  schoolsFor(account: Account, asked: readonly string[], all: readonly string[]): readonly string[] {
    if (!readsCases(account) && !this.leaving.allowed) throw new NotAllowedError(this.leaving.why)
    return within(account, asked, all)
  }

  /** The same for their cases, and for whatever leads to one. */
  casesFor(account: Account, asked: readonly string[], all: readonly string[]): readonly string[] {
    this.mustReadCases(account)
    return within(account, asked, all)
  }

  /** May this account read the cases of this school? */
  caseOf(account: Account, school: string): void {
    this.mustReadCases(account)
    if (!sees(account, school)) throw new NotAllowedError('This case is not yours to see.')
  }

  /** May this account see this report, of any school? */
  report(account: Account, name: string): void {
    if (!readsCases(account) && OF_FEW[name] === 'all') throw new NotAllowedError('Repeats are few children each: they are for the safeguarding lead and the headteacher alone.')
  }

  /** Of a report's tables those this account may see, no figure leading to its cases where these may not be seen. */
  tablesFor<T extends TableLike>(account: Account, report: string, tables: readonly T[]): readonly T[] {
    if (readsCases(account)) return tables
    const few = OF_FEW[report] ?? []
    return tables.filter(({ name, columns }) => few !== 'all' && !few.includes(name) && !columns.some(({ ref }) => ref === 'case' || ref === 'child')).map(withoutCases)
  }

  /** May this account record, and at this school, where it is known which? */
  recording(account: Account, school?: string): void {
    if (!readsCases(account)) throw new NotAllowedError('Recording is for the safeguarding lead and the headteacher.')
    if (school !== undefined && !sees(account, school)) throw new NotAllowedError('This account does not record at that school.')
  }

  /** What is about every school at once: importing, registering a school, erasing a child. */
  recordingEverywhere(account: Account): void {
    if (!recordsEverywhere(account)) throw new NotAllowedError('This is for a safeguarding lead whose account is for all schools.')
  }

  private mustReadCases(account: Account): void {
    if (!readsCases(account)) throw new NotAllowedError(CASES_ARE_FOR)
  }
}

const recordsEverywhere = ({ role, schools }: Account): boolean => role === 'designated-safeguarding-lead' && schools === 'all'
const readsCases = ({ role }: Account): boolean => CASE_READERS.includes(role)
const sees = ({ schools }: Account, school: string): boolean => schools === 'all' || schools.includes(school)

function within(account: Account, asked: readonly string[], all: readonly string[]): readonly string[] {
  const allowed = all.filter((id) => sees(account, id))
  if (asked.length === 0) return allowed
  if (asked.some((id) => !allowed.includes(id))) throw new NotAllowedError(NO_SUCH_SCHOOL)
  return [...new Set(asked)]
}

/** Pages make a link of every figure that is marked as one with cases behind it. */
function withoutCases<T extends TableLike>(table: T): T {
  const { caseKeys: _keys, ...rest } = table as T & { caseKeys?: unknown }
  return { ...rest, columns: table.columns.map(({ cases: _cases, ...column }) => column) } as unknown as T
}

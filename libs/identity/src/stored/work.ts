/** One SQL statement in what SQLite and PostgreSQL have in common; `?` stands for a value. */
export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
  /** No more than the first row is wanted: cheaper to get on SQLite. */
  readonly first?: true
}
export type Value = string | number | Buffer
export type Row = Readonly<Record<string, unknown>>

/** What is to be done on a store, as steps that wait for the rows of each statement: whoever runs it decides how they are got. */
export type Work<T> = Generator<Statement, T, readonly Row[]>

/** Where the rows of a vault are kept. */
export interface Storage {
  /** Outside a transaction: each statement sees what is committed. */
  read<T>(work: () => Work<T>): Promise<T>
  /**
   * All of it in one transaction, no other `write` at the same time; resolves once it is durable. May be run again, so it must
   * do nothing besides.
   * @throws VaultUnavailableError; and what the work throws, which then leaves nothing
   */
  write<T>(work: () => Work<T>): Promise<T>
  /**
   * Rewrites the place where something destroyed may have left traces, if `scrub_due` says so.
   * @throws VaultUnavailableError where it could not be done now; it stays due
   */
  scrub(): Promise<void>
  close(): Promise<void>
}

/** Runs one statement: `const rows = yield* rowsOf('SELECT …', value)`. */
export function* rowsOf<R = Row>(sql: string, ...values: Value[]): Work<readonly R[]> {
  return (yield { sql, values }) as readonly R[]
}

export function* firstOf<R = Row>(sql: string, ...values: Value[]): Work<R | undefined> {
  return ((yield { sql, values, first: true }) as readonly R[])[0]
}

/** SQLite gives bytes as an ArrayBuffer, PostgreSQL as a Buffer. */
export const bytes = (value: unknown): Buffer => Buffer.from(value as ArrayBuffer)

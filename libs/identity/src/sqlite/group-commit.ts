import type Database from 'libsql'
import { VaultUnavailableError } from '../vault'

interface Work {
  readonly run: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** Runs the pieces of work that come together in one transaction: one sync for all. One that throws leaves nothing and hurts no other. */
export class GroupCommit {
  private waiting: Work[] = []

  constructor(private readonly db: Database.Database) {}

  /**
   * Resolves once what `run` wrote is durable.
   * @throws VaultUnavailableError where nothing can be written; and what `run` throws
   */
  run<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run, resolve: resolve as Work['resolve'], reject })
      if (this.waiting.length === 1) setImmediate(() => this.flush())
    })
  }

  async idle(): Promise<void> {
    while (this.waiting.length > 0) await new Promise((resolve) => setImmediate(resolve))
  }

  private flush(): void {
    const batch = this.waiting
    this.waiting = []
    const settled: (() => void)[] = []
    try {
      this.db.exec('BEGIN IMMEDIATE')
      for (const work of batch) settled.push(this.attempt(work))
      this.db.exec('COMMIT')
    } catch (cause) {
      // Asked on a closed connection, the driver would end the process.
      if (this.db.open && this.db.inTransaction) this.db.exec('ROLLBACK')
      const why = 'The vault cannot be written: it is closed or busy, or its disk is full. Send the same again in a while.'
      const failure = new VaultUnavailableError(why, { cause })
      for (const { reject } of batch) reject(failure)
      return
    }
    for (const settle of settled) settle()
  }

  private attempt({ run, resolve, reject }: Work): () => void {
    this.db.exec('SAVEPOINT work')
    try {
      const value = run()
      this.db.exec('RELEASE work')
      return () => resolve(value as never)
    } catch (error) {
      this.db.exec('ROLLBACK TO work; RELEASE work')
      return () => reject(error)
    }
  }
}

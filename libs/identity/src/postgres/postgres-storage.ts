import pg from 'pg'
import type { Row, Storage, Work } from '../stored/work'
import { migrate } from './migrate'
import { asOurs, mayBeRepeated } from './unavailable'

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string
  /** The schema that holds everything, made if it is not there: lower-case letters, digits and `_`. */
  readonly schema?: string
  /** The most connections open at once. */
  readonly connections?: number
  /** After how many milliseconds a statement is given up. */
  readonly statementTimeout?: number
}

const TRIES = 10
/** Whatever erasing deletes from. */
const SCRUBBED = ['text_keys', 'key_children', 'digests', 'children', 'child_references', 'drafts']
type Query = (sql: string, values?: readonly unknown[]) => Promise<pg.QueryResult<Row>>

/** Rows in one schema of a PostgreSQL database, over a pool of connections that are made anew when the server comes back. */
export class PostgresStorage implements Storage {
  private closed: Promise<void> | undefined

  private constructor(
    private readonly pool: pg.Pool,
    private readonly schema: string,
  ) {}

  /**
   * Connects, and makes or brings forward the tables.
   * @throws VaultUnavailableError, VaultFormatError
   */
  static async open({ url, schema = 'circumspect', connections = 10, statementTimeout = 10_000 }: PostgresOptions): Promise<PostgresStorage> {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new Error(`The schema ${schema} is no name: lower-case letters, digits and _ were expected.`)
    const pool = new pg.Pool({
      connectionString: url, max: connections, statement_timeout: statementTimeout, connectionTimeoutMillis: 5000,
      idle_in_transaction_session_timeout: 30_000, options: `-c search_path=${schema} -c synchronous_commit=on`,
    })
    // An idle connection that the server ends is replaced at the next use.
    pool.on('error', () => undefined)
    const storage = new PostgresStorage(pool, schema)
    try {
      await storage.transaction((client) => migrate(client, schema))
      return storage
    } catch (error) {
      await pool.end()
      throw error
    }
  }

  async read<T>(work: () => Work<T>): Promise<T> {
    try {
      return await run(work(), (sql, values) => this.pool.query(sql, values as unknown[]))
    } catch (error) {
      throw asOurs(error)
    }
  }

  /**
   * Writers wait for each other: whether a child is erased, who is on a stream and which texts are about whom must not change between
   * being read and being relied on. The lock ends with the transaction, however that ends.
   */
  write<T>(work: () => Work<T>): Promise<T> {
    return this.transaction(async (client) => {
      await this.lock(client, 'xact_lock')
      return run(work(), (sql, values) => client.query(sql, values as unknown[]))
    })
  }

  /** One transaction on a connection of its own; begun again where the server asks for that. */
  async transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.attempt(work)
      } catch (error) {
        if (!mayBeRepeated(error) || tries === TRIES) throw asOurs(error)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries))
      }
    }
  }

  /** Deleted rows lie in their files until the tables are written anew. */
  async scrub(): Promise<void> {
    if ((await this.read(() => due())).length === 0) return
    await this.withClient(async (client) => {
      await client.query('SET statement_timeout = 0')
      await this.lock(client, 'lock')
      try {
        if ((await client.query('SELECT id FROM scrub_due')).rows.length === 0) return
        for (const table of SCRUBBED) await client.query(`VACUUM (FULL) ${table}`)
        await client.query('DELETE FROM scrub_due')
      } finally {
        await this.lock(client, 'unlock')
        await client.query('RESET statement_timeout')
      }
    }).catch((error: unknown) => {
      throw asOurs(error)
    })
  }

  close(): Promise<void> {
    return (this.closed ??= this.pool.end())
  }

  private attempt<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.withClient(async (client) => {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      try {
        const value = await work(client)
        await client.query('COMMIT')
        return value
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      }
    })
  }

  /** A connection on which anything failed that was not ours is not used again. */
  private async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    let broken = false
    const lost = () => (broken = true)
    client.on('error', lost)
    try {
      return await work(client)
    } catch (error) {
      broken ||= asOurs(error) !== error
      throw error
    } finally {
      client.off('error', lost)
      client.release(broken)
    }
  }

  private async lock(client: pg.PoolClient, how: 'lock' | 'xact_lock' | 'unlock'): Promise<void> {
    await client.query(`SELECT pg_advisory_${how}(hashtextextended('circumspect vault ' || $1, 0))`, [this.schema])
  }
}

function* due(): Work<readonly Row[]> {
  return yield { sql: 'SELECT id FROM scrub_due', values: [] }
}

async function run<T>(work: Work<T>, query: Query): Promise<T> {
  let step = work.next()
  while (step.done !== true) step = work.next((await query(numbered(step.value.sql), step.value.values)).rows)
  return step.value
}

/** `?` as PostgreSQL writes it: $1, $2 … */
function numbered(sql: string): string {
  let n = 0
  return sql.replaceAll('?', () => `$${++n}`)
}

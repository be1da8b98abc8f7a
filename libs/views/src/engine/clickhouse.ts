import { ClickHouseLogLevel, createClient, type ClickHouseClient, type ClickHouseSettings } from '@clickhouse/client'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { writingTo } from './cluster'
import { insertFailure, queryFailure, ViewsUnavailableError } from './failures'
import { statements } from './layout'

export { ClusterError } from './cluster'
export { InsertRefusedError, ReportTooLargeError, ViewsUnavailableError } from './failures'

export interface Target {
  readonly database?: string
}

export interface QueryOptions extends Target {
  /** What the query is called on the server; made up if not given. */
  readonly queryId?: string
  /** Aborting it ends the query on the server too. */
  readonly signal?: AbortSignal
}

export type Params = Readonly<Record<string, unknown>>

const INSERT_TRIES = 8
const QUERY_TRIES = 3
const FIRST_PAUSE_MS = 100

/**
 * One user's way to a ClickHouse server over HTTP, the embedded engine, another, or a node of a cluster; who asks is decided by which client is handed
 * over, never by an argument. SQL takes its values as bound `{name:Type}` parameters only. 64-bit integers come back as strings:
 * turn them into numbers where they are known to be below 2^53.
 */
export class ClickHouse {
  private client: ClickHouseClient | undefined
  private connectedTo: string | undefined
  private writing: Promise<ClickHouseSettings> | undefined

  /**
   * `url` may be a function, asked at each try, for a server that moves. `cluster` is the name of the cluster whose nodes are written to
   * by way of this one; who only reads need not know.
   */
  constructor(
    private readonly url: string | (() => string),
    private readonly user: string,
    private readonly password: string,
    readonly cluster?: string,
  ) {}

  /** Runs a statement that returns nothing. Not tried again once it may have arrived. */
  async command(sql: string, params: Params = {}, { database }: Target = {}): Promise<void> {
    await this.attempt(1, queryFailure, async (client) =>
      client.command({ query: sql, query_params: { ...params }, clickhouse_settings: await this.settings(), ...target(database) }),
    )
  }

  /** Makes or changes tables, on every node of a cluster: a statement with the placeholders of layout.ts. Otherwise as {@link command}. */
  async make(sql: string, params: Params = {}, target: Target = {}): Promise<void> {
    for (const statement of statements(sql, this.cluster)) await this.command(statement, params, target)
  }

  /**
   * Adds rows, given in the columns' order; returns when they are durable. An unknown column or a row of another length is refused
   * whole, by {@link InsertRefusedError}. Repeats are harmless on our tables, so an insert that is cut off is tried again.
   */
  async insert(
    table: string,
    columns: readonly [string, ...string[]],
    rows: readonly (readonly unknown[])[],
    { database }: Target = {},
  ): Promise<void> {
    if (rows.length === 0) return
    await this.attempt(INSERT_TRIES, (error) => insertFailure(table, error), async (client) =>
      client.insert({
        table,
        columns: columns as [string, ...string[]],
        values: rows,
        format: 'JSONCompactEachRow',
        // Acknowledged means written, on any server.
        clickhouse_settings: { ...(await this.settings()), async_insert: 0, date_time_input_format: 'best_effort' },
        ...target(database),
      }),
    )
  }

  /** Adds a block of the Native format; otherwise as {@link insert}. */
  async insertBlock(table: string, columns: readonly string[], block: Buffer, { database }: Target = {}): Promise<void> {
    await this.attempt(INSERT_TRIES, (error) => insertFailure(table, error), async (client) => {
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`,
        values: Readable.from([block], { objectMode: false }),
        clickhouse_settings: { ...(await this.settings()), async_insert: 0 },
        ...target(database),
      })
      stream.resume()
      await finished(stream)
    })
  }

  /** Rows as objects. Throws {@link ReportTooLargeError} beyond the user's limits, and the signal's reason when aborted. */
  async query<T>(sql: string, params: Params = {}, { database, queryId, signal }: QueryOptions = {}): Promise<T[]> {
    const name = queryId ?? randomUUID()
    let runs = 0
    const current = () => (runs === 1 ? name : `${name}-${runs}`)
    const kill = () => void this.kill(current())
    signal?.throwIfAborted()
    signal?.addEventListener('abort', kill, { once: true })
    try {
      return await this.attempt(QUERY_TRIES, queryFailure, async (client) => {
        runs++
        const result = await client.query({
          query: sql,
          query_params: { ...params },
          query_id: current(),
          format: 'JSONEachRow',
          clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
          ...(signal && { abort_signal: signal }),
          ...target(database),
        })
        return result.json<T>()
      }, signal)
    } finally {
      signal?.removeEventListener('abort', kill)
    }
  }

  async close(): Promise<void> {
    await this.client?.close()
    this.client = undefined
  }

  /** What writing to a cluster needs; asked again after a failure, because a cluster can be given other nodes. */
  private settings(): Promise<ClickHouseSettings> | ClickHouseSettings {
    const { cluster } = this
    if (cluster === undefined) return {}
    return (this.writing ??= writingTo(cluster, this.connected()))
  }

  /** A server does not stop a query because nobody waits for it any more. Everyone may kill their own. */
  private async kill(queryId: string): Promise<void> {
    const sql = 'KILL QUERY WHERE query_id = {id:String} ASYNC'
    await this.connected().command({ query: sql, query_params: { id: queryId } }).catch(() => undefined)
  }

  private async attempt<R>(
    tries: number,
    explained: (error: unknown) => unknown,
    run: (client: ClickHouseClient) => Promise<R>,
    signal?: AbortSignal,
  ): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(this.connected())
      } catch (error) {
        signal?.throwIfAborted()
        this.writing = undefined
        const failure = explained(error)
        if (!(failure instanceof ViewsUnavailableError) || attempt >= tries) throw failure
      }
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
    }
  }

  private connected(): ClickHouseClient {
    const url = typeof this.url === 'string' ? this.url : this.url()
    if (this.client && url === this.connectedTo) return this.client
    void this.client?.close()
    this.connectedTo = url
    this.client = createClient({
      url,
      // Credentials as ClickHouse's own headers: the embedded engine answers nothing else.
      set_basic_auth_header: false,
      http_headers: { 'X-ClickHouse-User': this.user, 'X-ClickHouse-Key': this.password },
      request_timeout: 300_000,
      // Long lists of schools do not fit into an address.
      use_multipart_params_auto: true,
      keep_alive: { enabled: true, idle_socket_ttl: 1500, eagerly_destroy_stale_sockets: true },
      log: { level: ClickHouseLogLevel.OFF },
    })
    return this.client
  }
}

const target = (database: string | undefined) => (database === undefined ? {} : { http_headers: { 'X-ClickHouse-Database': database } })

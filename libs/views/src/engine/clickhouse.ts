import { ClickHouseError, createClient, type ClickHouseClient } from '@clickhouse/client'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** ClickHouse cannot be reached now; trying again later may succeed. */
export class ViewsUnavailableError extends Error {
  readonly code = 'views-unavailable'
  readonly retriable = true
}

/** A report took more time or memory than one report may. */
export class ReportTooLargeError extends Error {
  readonly code = 'report-too-large'
}

export interface Target {
  readonly database?: string
}

const TOO_MUCH = new Set(['TIMEOUT_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED', 'TOO_MANY_ROWS_OR_BYTES'])

/**
 * One user's way to a ClickHouse server over HTTP, the embedded engine or another. 64-bit integers come back as strings: turn them
 * into numbers where they are known to be below 2^53.
 */
export class ClickHouse {
  private readonly client: ClickHouseClient

  constructor(url: string, username: string, password: string) {
    this.client = createClient({
      url,
      username,
      password,
      request_timeout: 120_000,
      keep_alive: { enabled: true, idle_socket_ttl: 1500 },
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1, date_time_input_format: 'best_effort' },
      log: { level: 127 },
    })
  }

  async command(sql: string, params: Record<string, unknown> = {}, { database }: Target = {}): Promise<void> {
    await this.guarded(() => this.client.command({ query: sql, query_params: params, ...(database && { http_headers: headers(database) }) }))
  }

  /** Rows in the columns' order. Repeats are harmless on our tables, so an insert cut off is tried again. */
  async insert(table: string, columns: readonly [string, ...string[]], rows: readonly (readonly unknown[])[], { database }: Target = {}): Promise<void> {
    if (rows.length === 0) return
    await this.guarded(
      () =>
        this.client.insert({
          table,
          columns: columns as [string, ...string[]],
          values: rows,
          format: 'JSONCompactEachRow',
          ...(database && { http_headers: headers(database) }),
        }),
      5,
    )
  }

  async query<T>(sql: string, params: Record<string, unknown> = {}, { database }: Target = {}, signal?: AbortSignal): Promise<T[]> {
    let running = ''
    const stop = () => void this.client.command({ query: 'KILL QUERY WHERE query_id = {id:String} ASYNC', query_params: { id: running } }).catch(() => undefined)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await this.guarded(async () => {
        running = randomUUID()
        const result = await this.client.query({
          query: sql,
          query_params: params,
          query_id: running,
          format: 'JSONEachRow',
          ...(signal && { abort_signal: signal }),
          ...(database && { http_headers: headers(database) }),
        })
        return result.json<T>()
      }, 2)
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  async close(): Promise<void> {
    await this.client.close()
  }

  private async guarded<T>(run: () => Promise<T>, tries = 1): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run()
      } catch (error) {
        if (error instanceof ClickHouseError && TOO_MUCH.has(error.type ?? ''))
          throw new ReportTooLargeError('This report takes more time or memory than one report may. Choose fewer schools or a shorter period.')
        if (error instanceof ClickHouseError) throw error
        if (attempt >= tries) throw new ViewsUnavailableError('The views cannot be reached now. Nothing is lost; try again in a moment.')
        await sleep(100 * 2 ** attempt)
      }
    }
  }
}

const headers = (database: string) => ({ 'X-ClickHouse-Database': database })

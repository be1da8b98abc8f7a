import { ClickHouseError } from '@clickhouse/client'

/** ClickHouse cannot be reached now, or has no room now; trying again later may succeed. */
export class ViewsUnavailableError extends Error {
  readonly code = 'views-unavailable'
  readonly retriable = true
}

/** A report took more time, memory or rows than one report may. */
export class ReportTooLargeError extends Error {
  readonly code = 'report-too-large'
}

/** Rows were refused. Says why by ClickHouse's own name for the reason, never with a value out of the rows. */
export class InsertRefusedError extends Error {
  readonly code = 'insert-refused'

  constructor(
    readonly table: string,
    /** ClickHouse's name for the reason, such as NO_SUCH_COLUMN_IN_TABLE. */
    readonly reason: string,
    detail: string,
  ) {
    super(`ClickHouse refused rows for ${table}: ${reason}${detail}.`)
  }
}

const TOO_MUCH = new Set(['TIMEOUT_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED', 'TOO_MANY_ROWS_OR_BYTES', 'TOO_SLOW'])
const BUSY = new Set(['TOO_MANY_SIMULTANEOUS_QUERIES', 'TOO_MANY_PARTS', 'CANNOT_SCHEDULE_TASK'])
/** A node of a cluster, a replica of a table, or what they agree through is away. */
const NODE_AWAY = new Set([
  'ALL_CONNECTION_TRIES_FAILED', 'NETWORK_ERROR', 'SOCKET_TIMEOUT', 'KEEPER_EXCEPTION', 'NO_ZOOKEEPER', 'TABLE_IS_READ_ONLY', 'TOO_FEW_LIVE_REPLICAS',
  'UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE', 'UNKNOWN_STATUS_OF_INSERT', 'NO_ACTIVE_REPLICAS', 'ALL_REPLICAS_ARE_STALE',
])
const NO_CONNECTION = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
])
/** Reasons whose message speaks of names only. The others may quote a row. */
const WITHOUT_VALUES = new Set([
  'NO_SUCH_COLUMN_IN_TABLE', 'UNKNOWN_IDENTIFIER', 'UNKNOWN_TABLE', 'UNKNOWN_DATABASE', 'ACCESS_DENIED', 'AUTHENTICATION_FAILED',
])

/** What a failed query or command means to its caller. What has no other meaning stays ClickHouse's own error. */
export function queryFailure(error: unknown): unknown {
  const unavailable = unavailability(error)
  if (unavailable) return unavailable
  if (error instanceof ClickHouseError && TOO_MUCH.has(error.type ?? ''))
    return new ReportTooLargeError('This report takes more time or memory than one report may. Choose fewer schools or a shorter period.')
  return error
}

/** What a failed insert means to its caller. */
export function insertFailure(table: string, error: unknown): unknown {
  const unavailable = unavailability(error)
  if (unavailable || !(error instanceof ClickHouseError)) return unavailable ?? error
  const reason = error.type ?? `code ${error.code}`
  if (WITHOUT_VALUES.has(reason)) return new InsertRefusedError(table, reason, `: ${error.message}`)
  const column = /(?:reading the value of key |name: )(\w+)/.exec(error.message)?.[1]
  return new InsertRefusedError(table, reason, column === undefined ? '' : `, column ${column}`)
}

function unavailability(error: unknown): ViewsUnavailableError | undefined {
  if (error instanceof ViewsUnavailableError) return error
  if (error instanceof ClickHouseError) return busyServer(error)
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (NO_CONNECTION.has(code) || /^Timeout error/.test(error.message))
    return new ViewsUnavailableError('The views cannot be reached now. Nothing is lost; try again in a moment.')
  return undefined
}

function busyServer({ type, message }: ClickHouseError): ViewsUnavailableError | undefined {
  if (type === 'NOT_ENOUGH_SPACE' || /No space left on device|errno: 28\b/.test(message))
    return new ViewsUnavailableError('The disk of the views is full. Make room on it; nothing is lost, and the views then catch up.')
  // A statement ON CLUSTER that not all nodes have carried out in time; they will when they are back.
  if (NODE_AWAY.has(type ?? '') || (type === 'TIMEOUT_EXCEEDED' && message.includes('distributed_ddl_task_timeout')))
    return new ViewsUnavailableError('A node of the ClickHouse cluster is away or behind. Nothing is lost; it goes on once the node is back or has been taken out of the cluster.')
  // "(total)" is all of the server: other work has the memory now, this one need not be too large.
  if (BUSY.has(type ?? '') || (type === 'MEMORY_LIMIT_EXCEEDED' && message.startsWith('(total)')))
    return new ViewsUnavailableError('The views are busy now. Nothing is lost; try again in a moment.')
  return undefined
}

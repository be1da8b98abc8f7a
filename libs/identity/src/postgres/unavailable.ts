import { VaultUnavailableError } from '../vault'

/** What PostgreSQL gives a code of these classes cannot be done now: connection, resources, timeout or shutdown, lock, disk. */
const FOR_NOW = ['08', '53', '55', '57', '58']
/** Two transactions got in each other's way and this one gave in. */
const TO_REPEAT = ['40001', '40P01']

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

export const mayBeRepeated = (error: unknown): boolean => TO_REPEAT.includes(codeOf(error) ?? '')

/** An error of the driver as one of ours where trying again later may help. Neither the statement nor its values are told. */
export function asOurs(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof VaultUnavailableError) return error
  const code = codeOf(error)
  const fromServer = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  const away = code !== undefined && /^E[A-Z]{4,}$/.test(code) && !fromServer
  const lost = code === undefined && /connection|connect|timeout|after calling end|Client was closed/i.test(error.message)
  if (!away && !lost && code !== 'EPIPE' && !(fromServer && (FOR_NOW.includes(code.slice(0, 2)) || mayBeRepeated(error)))) return error
  const why = 'The vault on PostgreSQL cannot be reached or is too busy. Send the same again in a while.'
  return new VaultUnavailableError(`${why} (${code ?? 'connection lost'})`)
}

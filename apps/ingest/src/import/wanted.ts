import { parseCommand, type Command, type EventType, type StreamKind } from '@circumspect/domain'
import type { SourceRow } from './read-csv'

/** A fact that the file speaks of. Its first event has the id of the command. */
export interface WantedFact {
  readonly command: Command
  /** Where in the file it stands, to say where a problem is. */
  readonly from: Origin
}

export interface Origin {
  readonly row: SourceRow
  /** Field of the command → column. `''`: the column to name where no other fits. */
  readonly columns: ReadonlyMap<string, string>
}

export interface Speech {
  readonly id: string
  readonly type: EventType
  readonly occurredAt: unknown
  readonly system: string
  /** The source's own key of the record. */
  readonly record: readonly string[]
  readonly recordedAt?: string | undefined
  readonly data: Record<string, unknown>
}

/** The longest key that an event can keep. */
const LONGEST_RECORD = 200

/** The fact, checked against its schema, or what is wrong with it, by column. */
export function wanted(
  kind: StreamKind,
  { id, type, occurredAt, system, record, recordedAt, data }: Speech,
  from: Origin,
): WantedFact | { column: string; message: string }[] {
  const key = [...record.join(' / ')].slice(0, LONGEST_RECORD).join('')
  const source = { system, record: key, ...(recordedAt !== undefined && { recordedAt }) }
  const parsed = parseCommand(kind, { id, type, occurredAt, source, data })
  if ('command' in parsed) return { command: parsed.command, from }
  return parsed.problems.map(({ field, message }) => ({ column: columnOf(from, field), message: `${type}, ${field}: ${message}` }))
}

/** The column that a field of a fact was read from. */
export function columnOf({ columns }: Origin, field: string | undefined): string {
  const parts = (field ?? '').split('.')
  for (let n = parts.length; n > 0; n--) {
    const found = columns.get(parts.slice(0, n).join('.'))
    if (found !== undefined) return found
  }
  return columns.get('') ?? ''
}

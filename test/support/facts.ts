import { parseCommand, definitionOf, type Command, type EventType, type OccurredAt } from '@circumspect/domain'
import { randomUUID } from 'node:crypto'

export const onDay = (date: string): OccurredAt => ({ date, zone: 'Europe/London', precision: 'day' })
export const atTime = (date: string, time: string): OccurredAt => ({ date, time, zone: 'Europe/London', precision: 'minute' })

/** A fact to record, checked by its schema, which also fills in what is left out. */
export function sampleCommand(type: EventType, data: Record<string, unknown>, rest: Partial<Command> = {}): Command {
  const kind = type === 'fact-withdrawn' ? 'case' : definitionOf(type)!.stream
  const parsed = parseCommand(kind, { id: randomUUID(), type, occurredAt: onDay('2026-01-30'), data, ...rest })
  if ('problems' in parsed) throw new Error(`Not a valid ${type}: ${JSON.stringify(parsed.problems)}`)
  return parsed.command
}

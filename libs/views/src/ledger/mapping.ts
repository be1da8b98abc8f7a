import { minuteOf, parseStream, WITHDRAWAL, type EventType, type FeedEvent } from '@circumspect/domain'
import { caseMappings } from './case-mapping'
import { otherMappings } from './other-mapping'
import { instants } from './instants'
import { NIL, type Columns } from './row'

/** Raised when the same event would give other rows than before: the ledger is then built anew. */
export const MAPPING_VERSION = 1

/** The rows of one type of event, without what all rows have. */
type Mapping = (data: never) => Columns | Columns[]

const mappings: Record<Exclude<EventType, typeof WITHDRAWAL>, Mapping> = { ...caseMappings, ...otherMappings }

/** The rows of an event. Pure and without state: the same event gives the same rows, whatever came before. */
export function toRows(event: FeedEvent): Columns[] {
  const common = commonColumns(event)
  if (event.type === WITHDRAWAL) return [{ ...common, kind: 'withdrawal', ordinal: 0, code: (event.data as { effect: string }).effect }]
  const mapping = mappings[event.type as keyof typeof mappings]
  const own = [mapping(event.data as never)].flat()
  const rows = (own.length > 0 ? own : [{}]).map((columns, ordinal) => ({ ...common, ...columns, kind: event.type, ordinal }))
  return event.supersedes === undefined ? rows : [...rows, { ...common, kind: 'correction', ordinal: 0, supersedes: event.supersedes }]
}

function commonColumns(event: FeedEvent): Columns {
  const { id } = parseStream(event.stream)
  const { earliest, latest } = instants(event.occurredAt)
  return {
    school: schoolOf(event),
    stream: id,
    revision: event.revision,
    event: event.id,
    fact: event.original?.id ?? event.id,
    place: event.original?.revision ?? event.revision,
    position: event.position,
    recorded: Date.parse(event.recordedAt),
    source_recorded: event.source?.recordedAt === undefined ? null : Date.parse(event.source.recordedAt),
    occurred_date: event.occurredAt.date,
    minute: event.occurredAt.time === undefined ? -1 : minuteOf(event.occurredAt.time),
    precision: event.occurredAt.precision,
    earliest,
    latest,
  }
}

/** The schools (the nil id: children who may move) whose part of the ledger these events change. */
export const schoolsOf = (events: readonly FeedEvent[]): string[] => [...new Set(events.map(schoolOf))]

const schoolOf = (event: FeedEvent): string => (parseStream(event.stream).kind === 'child' ? NIL : event.school)

/** The schools other than its own that an event says something about. */
export function schoolsElsewhere(event: FeedEvent): string[] {
  const data = event.data as { atSchool?: string; onRoll?: string | null }
  return [data.atSchool, data.onRoll].filter((s): s is string => typeof s === 'string' && s !== event.school)
}

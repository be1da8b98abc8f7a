import { minuteOf, parseStream, WITHDRAWAL, type EventType, type FeedEvent } from '@circumspect/domain'
import { caseMappings } from './case-mapping'
import { otherMappings } from './other-mapping'
import { instants } from './instants'
import { NIL, type Columns } from './row'

/** Raised when the same event would give other rows than before, or rows in another order: the ledger is then built anew. */
export const MAPPING_VERSION = 3

/** The rows of one type of event, without what all rows have. */
type Mapping = (data: never) => Columns | Columns[]

const mappings: Record<Exclude<EventType, typeof WITHDRAWAL>, Mapping> = { ...caseMappings, ...otherMappings }

/** The rows of an event. Pure and without state: the same event gives the same rows, whatever came before. */
export function toRows(event: FeedEvent): Columns[] {
  const common = commonColumns(event)
  if (event.type === WITHDRAWAL) return [rowOf(common, 'withdrawal', 0, { code: (event.data as { effect: string }).effect })]
  const own = mappings[event.type as keyof typeof mappings](event.data as never)
  const rows = Array.isArray(own) && own.length > 0 ? own.map((columns, ordinal) => rowOf(common, event.type, ordinal, columns)) : [rowOf(common, event.type, 0, own)]
  if (event.supersedes !== undefined) rows.push(rowOf(common, 'correction', 0, { supersedes: event.supersedes }))
  return rows
}

/** All rows begin alike: the engine that runs this then keeps them as it keeps small objects, which halves their time. */
const rowOf = (c: Common, kind: string, ordinal: number, own: Columns | Columns[]): Columns =>
  Object.assign(
    {
      school: c.school, kind, stream: c.stream, revision: c.revision, ordinal, event: c.event, fact: c.fact, place: c.place, position: c.position,
      recorded: c.recorded, source_recorded: c.source_recorded, occurred_date: c.occurred_date, minute: c.minute, precision: c.precision,
      earliest: c.earliest, latest: c.latest, mapping: MAPPING_VERSION,
    },
    own,
  )

type Common = ReturnType<typeof commonColumns>

function commonColumns(event: FeedEvent) {
  const { earliest, latest } = instants(event.occurredAt)
  const { time } = event.occurredAt
  return {
    school: schoolOf(event),
    stream: parseStream(event.stream).id,
    revision: event.revision,
    event: event.id,
    fact: event.original?.id ?? event.id,
    place: event.original?.revision ?? event.revision,
    position: event.position,
    recorded: Date.parse(event.recordedAt),
    source_recorded: event.source?.recordedAt === undefined ? null : Date.parse(event.source.recordedAt),
    occurred_date: event.occurredAt.date,
    minute: time === undefined ? -1 : minuteOf(time),
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

import type { EventType } from '../catalogue'
import type { JsonObject } from '../envelope'
import type { OccurredAt } from '../occurred'

/** A fact that somebody wants recorded, its fields checked against the schema of its type. */
export interface Command {
  readonly id: string
  readonly type: EventType
  readonly occurredAt: OccurredAt
  readonly supersedes?: string
  readonly reason?: string
  readonly source?: { readonly system: string; readonly record: string; readonly recordedAt?: string }
  readonly data: JsonObject
}

/** What a decision may know beyond the stream itself. All of it is looked up beforehand: a decider does no I/O. */
export interface Context {
  /** The instant of recording, ISO 8601 in UTC. */
  readonly now: string
  /** The account that records. */
  readonly recordedBy: string
  /** The school whose case, school, child or review this is. */
  readonly school: string
  readonly isSchool: (id: string) => boolean
  /** Is this a place that a school has named? */
  readonly isPlace: (id: string) => boolean
  readonly isChild: (id: string) => boolean
  /** The child that a record of a child is found to be of, after all links; itself where there is none. */
  readonly canonicalChild: (id: string) => string
  /** The id of what the stream is about. */
  readonly subject: string
  readonly isCase: (id: string) => boolean
}

import type { EventType } from '../catalogue'
import type { Context } from './command'
import type { Refusal } from './refusal'
import type { Fact, StreamState } from './state'

/** The rules of one type of event beyond its schema. */
export interface Rule<T extends EventType = EventType> {
  /** Must hold when the fact is recorded or corrected. `state` has the fact in it, `before` has not. */
  whenRecorded(state: StreamState, fact: Fact<T>, before: StreamState, context: Context): Refusal | undefined
  /** Must hold ever after: a correction or withdrawal of something else that would break it is refused. */
  always(state: StreamState, fact: Fact<T>): Refusal | undefined
}

export type Rules = { [T in EventType]?: Partial<Rule<T>> }

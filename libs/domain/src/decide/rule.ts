import type { EventType } from '../catalogue'
import { KINDS_OF_SETTING, type LocationKind, type Setting } from '../codes'
import type { Context } from './command'
import { refuse, type Refusal } from './refusal'
import type { Fact, StreamState } from './state'

/** The rules of one type of event beyond its schema. */
export interface Rule<T extends EventType = EventType> {
  /** Must hold when the fact is recorded or corrected. `state` has the fact in it, `before` has not. */
  whenRecorded(state: StreamState, fact: Fact<T>, before: StreamState, context: Context): Refusal | undefined
  /** Must hold ever after: a correction or withdrawal of something else that would break it is refused. */
  always(state: StreamState, fact: Fact<T>): Refusal | undefined
}

export type Rules = { [T in EventType]?: Partial<Rule<T>> }

/** A location has to be of a kind that its setting can have. */
export const kindRefusal = (setting: Setting, kind: LocationKind, field: string): Refusal | undefined =>
  KINDS_OF_SETTING[setting].includes(kind)
    ? undefined
    : refuse(
        'not-allowed-now',
        `A location of kind ${kind} does not belong to the setting ${setting}. Choose one of: ${KINDS_OF_SETTING[setting].join(', ')}.`,
        field,
      )

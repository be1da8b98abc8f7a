import type { EventType } from '../catalogue'
import type { StreamKind } from '../envelope'
import { caseRules } from './case-rules'
import { refuse, type Refusal } from './refusal'
import type { Rule, Rules } from './rule'
import { schoolAndChildRules, reviewRules } from './other-rules'
import { livingOf, type StreamState } from './state'

const none: Rule = { whenRecorded: () => undefined, always: () => undefined }

const rules: Rules = { ...caseRules, ...schoolAndChildRules, ...reviewRules }

/** The rules of one type of event; most have none beyond their schema and the rules common to all. */
export const ruleFor = (type: EventType): Rule => ({ ...none, ...(rules[type] as Partial<Rule> | undefined) })

const FIRST: Partial<Record<StreamKind, { types: readonly EventType[]; message: string }>> = {
  case: { types: ['disclosure-made', 'concern-noticed'], message: 'A case starts with a disclosure or a concern. Record that first.' },
  school: { types: ['school-registered'], message: 'A school is registered first, with its name and phase.' },
  review: {
    types: ['circumstances-reviewed'],
    message: 'Lessons and actions come from a review. Record the review of circumstances first.',
  },
}

/** A stream has to have started, by a fact that holds, before anything else can stand on it. */
export function startRefusal(kind: StreamKind, state: StreamState, type: EventType): Refusal | undefined {
  const first = FIRST[kind]
  if (!first || first.types.includes(type) || livingOf(state, ...first.types).length > 0) return undefined
  return refuse('not-started', first.message, 'type')
}

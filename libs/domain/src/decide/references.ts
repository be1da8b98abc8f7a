import type { IdOf } from '../fields'
import type { Context } from './command'
import { refuse, type Refusal } from './refusal'
import { isNamed, type Fact, type NamedId, type StreamState } from './state'

/** Things named on the stream that refers to them, and places on the stream of their own school. */
const NAMED_HERE: readonly IdOf[] = ['action', 'assessment', 'incident', 'lesson', 'plan', 'referral']

const WHERE_NAMED: Partial<Record<IdOf, string>> = {
  incident: 'Record the incident first, or choose one of this case.',
  child: 'Look the child up or add the child first.',
  place: "Choose one of the school's places, or name it first.",
  referral: 'Record the referral first.',
  school: 'Register the school first.',
}

/** The first id that a fact about to be recorded refers to and that is not there. */
export function brokenReference(state: StreamState, fact: Fact, context: Context): Refusal | undefined {
  const here = brokenHere(state, fact)
  if (here) return here
  const elsewhere: Partial<Record<IdOf, (id: string) => boolean>> = {
    place: (id) => isNamed(state, 'place', id) || context.isPlace(id),
    child: context.isChild,
    case: context.isCase,
    school: context.isSchool,
  }
  return missing(fact.refers.find((r) => elsewhere[r.of]?.(r.id) === false))
}

/**
 * The first id a fact refers to that this stream should name and does not. What other streams name cannot be lost by a
 * change to this one, so it is asked only of the fact that is being recorded.
 */
export function brokenHere(state: StreamState, fact: Fact): Refusal | undefined {
  return missing(fact.refers.find((r) => isNamedHere(state, fact, r) && !isNamed(state, r.of, r.id)))
}

/** Is it for this stream to say whether the thing is there? A review speaks of incidents of other streams. */
const isNamedHere = (state: StreamState, fact: Fact, { of, id }: NamedId): boolean =>
  of === 'place' ? wasNamed(state, of, id) : NAMED_HERE.includes(of) && !(of === 'incident' && fact.type === 'action-agreed')

/** Did a fact, withdrawn or not, bring this into being? */
const wasNamed = (state: StreamState, of: IdOf, id: string): boolean =>
  [...state.facts.values()].some((f) => f.names.some((n) => n.of === of && n.id === id))

const missing = (reference: NamedId | undefined): Refusal | undefined =>
  reference &&
  refuse('unknown-reference', `No such ${reference.of} is known. ${WHERE_NAMED[reference.of] ?? 'Record it first.'}`, reference.field)

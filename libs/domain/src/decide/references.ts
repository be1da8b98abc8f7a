import type { IdOf } from '../fields'
import type { Context } from './command'
import { refuse, type Refusal } from './refusal'
import { isNamed, livingOf, type Fact, type StreamState } from './state'

/** Things named on the stream that refers to them; the others live elsewhere and are asked of the context. */
const NAMED_HERE: readonly IdOf[] = ['action', 'assessment', 'incident', 'lesson', 'plan', 'referral']

const WHERE_NAMED: Partial<Record<IdOf, string>> = {
  incident: 'Record the incident first, or choose one of this case.',
  child: 'Look the child up or add the child first.',
  place: "Choose one of the school's places, or name it first.",
  referral: 'Record the referral first.',
  school: 'Register the school first.',
}

/** The first id the fact refers to that is not there. */
export function brokenReference(state: StreamState, fact: Fact, context: Context): Refusal | undefined {
  const onSchool = livingOf(state, 'school-registered').length > 0
  const there = (of: IdOf, id: string): boolean => {
    if (of === 'place') return context.isPlace(id) || isNamed(state, 'place', id)
    if (of === 'incident' && fact.type === 'action-agreed') return true
    if (NAMED_HERE.includes(of)) return isNamed(state, of, id)
    if (of === 'child') return context.isChild(id)
    if (of === 'case') return context.isCase(id)
    if (of === 'school') return context.isSchool(id) || (onSchool && id === context.school)
    return true
  }
  const missing = fact.refers.find((r) => !there(r.of, r.id))
  return missing && refuse('unknown-reference', `No such ${missing.of} is known. ${WHERE_NAMED[missing.of] ?? 'Record it first.'}`, missing.field)
}

import { definitionOf, visitLeaves, type Command, type EventType, type InputOf } from '@circumspect/domain'
import type { Chronology, ChronologyEntry, ChronologyField } from '@circumspect/dashboard'
import { CHILD_A, CHILD_B, fact, idOf, PLACE, SCHOOL, type About } from '../../../../../test/support/least-facts'

export const NAMES = { [CHILD_A]: 'Child A', [CHILD_B]: 'Child B', [SCHOOL]: 'Example School (made up)', [PLACE]: 'North corridor' }

/** An entry as the reader gives it, of a fact at a revision. */
export function entryOf({ id, type, occurredAt, data, supersedes, reason }: Command, revision: number, rest: Partial<ChronologyEntry> = {}): ChronologyEntry {
  const fields: ChronologyField[] = []
  visitLeaves(definitionOf(type)!.data, data, ({ path, meta, value }) => {
    const of = meta.field === 'id' ? meta.of : meta.field === 'measure' ? meta.unit : undefined
    fields.push({ path: path.join('.'), class: meta.field, value, ...(of !== undefined && { of }) })
  })
  return {
    id, type, title: definitionOf(type)!.title, revision, place: revision, occurredAt, recordedAt: '2026-03-03T10:00:00.000Z', recordedBy: idOf('an account'), school: SCHOOL, data, fields,
    state: 'holds', ...(supersedes !== undefined && { supersedes }), ...(reason !== undefined && { reason }), ...rest,
  }
}

export const entry = <T extends EventType>(revision: number, type: T, data: Partial<InputOf<T>> = {}, about: About = {}, rest: Partial<ChronologyEntry> = {}): ChronologyEntry =>
  entryOf(fact(type, data, about), revision, rest)

export const caseOf = (entries: readonly ChronologyEntry[], children = [CHILD_A, CHILD_B]): Chronology => ({
  case: idOf('case'), school: SCHOOL, revision: entries.length - 1, children, entries, names: NAMES,
})

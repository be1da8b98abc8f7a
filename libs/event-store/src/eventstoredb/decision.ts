import type { StreamId } from '@circumspect/domain'
import { DuplicateEventError, WrongExpectedRevisionError, type Appended } from '../event-store'

/** What an append answers before anything is written: a receipt, what speaks against it, or undefined where it may be sent. */
export function judge(
  stream: StreamId,
  there: readonly string[],
  ids: readonly string[],
  expected: number,
): Appended | DuplicateEventError | WrongExpectedRevisionError | undefined {
  const first = ids[0] === undefined ? -1 : there.indexOf(ids[0])
  if (first >= 0 && ids.every((id, i) => there[first + i] === id)) return receipt(stream, ids, first)
  const known = new Set(there)
  const twice = ids.find((id) => known.size === known.add(id).size)
  if (twice !== undefined) return new DuplicateEventError(twice)
  const actual = there.length - 1
  return actual === expected ? undefined : new WrongExpectedRevisionError(stream, expected, actual)
}

export const receipt = (stream: StreamId, ids: readonly string[], first: number): Appended => ({
  stream,
  revision: first + ids.length - 1,
  events: ids.map((id, i) => ({ id, revision: first + i })),
})

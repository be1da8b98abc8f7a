import { definitionsFor, WITHDRAWAL } from '@circumspect/domain'
import type { SchoolName } from '@circumspect/dashboard'
import type { Things } from '../recording/model/things'

export const REGISTER = 'school-registered'

/** What else a school says of itself, in the order in which it is needed. */
export const FACTS = definitionsFor('school')
  .map(({ type }) => type)
  .filter((type) => type !== REGISTER && type !== WITHDRAWAL)

/** What a fact of a school can name: its places, and the trusts there are, with one more for a trust that is not here yet. */
export function thingsOfSchool(schools: readonly SchoolName[], school: string | undefined, newTrust: string): Things {
  const trusts = new Map(schools.flatMap(({ trust }) => (trust ? [[trust.id, trust.name]] : [])))
  const places = schools.find(({ id }) => id === school)?.places ?? []
  return {
    trust: [...[...trusts].map(([value, label]) => ({ value, label })), { value: newTrust, label: 'A trust that is not here yet: give its name below' }],
    place: places.map(({ id, name, setting, kind }) => ({ value: id, label: name, setting, kind })),
  }
}

/** What is missing before its figures can be trusted, in words; empty where nothing is. */
export function firstNeeds({ places }: SchoolName): string[] {
  return places.length === 0 ? ['Name its places, so that it can be said where something happened.'] : []
}

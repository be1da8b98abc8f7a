import { parseStream, WITHDRAWAL, type FeedEvent } from '@circumspect/domain'
import { schoolsOf } from '../ledger/mapping'
import { NIL } from '../ledger/row'

/** So many parts a school is kept in. A stream is in the part that its id's first byte says. */
export const BUCKETS = 256
/** The same in SQL, of a column of ids. */
export const bucketOf = (column: string): string => `toUInt8(bitShiftRight(toUInt128(${column}), 120))`
export const bucket = (id: string): number => Number.parseInt(id.slice(0, 2), 16)

/** Beyond so many parts of a school, all of it is folded. */
const MOST_BUCKETS = 64
/** What a school says of itself that the facts of all its cases rest on. */
const BEARING = ['timetable-set', 'terms-set', WITHDRAWAL]
const LINKING = ['child-linked', 'child-unlinked', WITHDRAWAL]

/** What events have changed since the last folding: whole schools, or parts of them; and children found to be one with another. */
export class Touched {
  readonly schools = new Set<string>()
  readonly children = new Set<string>()
  private readonly parts = new Map<string, Set<number>>()

  get isEmpty(): boolean {
    return this.schools.size === 0 && this.parts.size === 0
  }

  add(events: readonly FeedEvent[]): void {
    for (const event of events) {
      const { kind, id } = parseStream(event.stream)
      if (kind === 'school' && BEARING.includes(event.type)) this.schools.add(event.school)
      if (kind === 'child' && LINKING.includes(event.type)) this.children.add(id)
      this.addPart(schoolsOf([event])[0]!, bucket(id))
    }
  }

  addPart(school: string, part: number): void {
    const parts = this.parts.get(school) ?? new Set()
    this.parts.set(school, parts.add(part))
    if (parts.size > MOST_BUCKETS && school !== NIL) this.schools.add(school)
  }

  addSchools(schools: readonly string[]): void {
    for (const school of schools) this.schools.add(school)
  }

  /** The parts touched of schools that are not touched whole. */
  partsOf(but: ReadonlySet<string>): Parts {
    const pairs = [...this.parts].flatMap(([school, parts]) => (but.has(school) ? [] : [...parts].map((part) => [school, part] as const)))
    return { schools: pairs.map(([school]) => school), buckets: pairs.map(([, part]) => part) }
  }
}

/** Parts of schools: the school and the bucket of each, one under the other. */
export interface Parts {
  readonly schools: readonly string[]
  readonly buckets: readonly number[]
}

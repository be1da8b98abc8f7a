import { NIL } from '../ledger/row'

/** So many parts a school is kept in. A stream is in the part that its id's first byte says. */
export const BUCKETS = 256
/** The same in SQL, of a column of ids. */
export const bucketOf = (column: string): string => `toUInt8(bitShiftRight(toUInt128(${column}), 120))`
export const bucket = (id: string): number => Number.parseInt(id.slice(0, 2), 16)

/** Beyond so many parts of a school, all of it is folded. */
const MOST_BUCKETS = 64
/** Kinds of rows in which a school says of itself what the facts of all its cases rest on. */
const BEARING = ['timetable-set', 'terms-set', 'withdrawal']
/** Kinds of rows in which a child's record is found to be another's, or no longer. */
const LINKING = ['child-linked', 'child-unlinked', 'withdrawal']

/** What the ledger says was touched after one position and up to another: one row for each part of a school. */
export const TOUCHED_SQL = `
  SELECT toString(school) AS school, ${bucketOf('stream')} AS part,
    max(l.stream = l.school AND kind IN {bearing:Array(String)}) AS bears,
    groupUniqArrayIf(toString(stream), l.school = {nil:UUID} AND kind IN {linking:Array(String)}) AS linked
  FROM ledger AS l WHERE position > {after:Int64} AND position <= {upTo:Int64} GROUP BY school, part`
export const touchedParams = (after: number, upTo: number) => ({ nil: NIL, bearing: BEARING, linking: LINKING, after, upTo })
export interface TouchedRow {
  readonly school: string
  readonly part: number
  readonly bears: number
  readonly linked: readonly string[]
}

/** What has changed since the last folding: whole schools, or parts of them; and children found to be one with another. */
export class Touched {
  readonly schools = new Set<string>()
  readonly children = new Set<string>()
  private readonly parts = new Map<string, Set<number>>()

  constructor(rows: readonly TouchedRow[] = []) {
    for (const { school, part, bears, linked } of rows) {
      if (bears) this.schools.add(school)
      for (const child of linked) this.children.add(child)
      this.addPart(school, part)
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

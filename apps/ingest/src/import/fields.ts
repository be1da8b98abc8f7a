import type { SourceIds } from './ids'
import type { FactSource, FieldSource, Mapping } from './mapping-schema'
import type { SourceRow } from './read-csv'
import type { SchoolPlan } from './school-plan'
import type { Values } from './values'

type ChildId = (key: string) => string

/** Reads the fields of facts of one case. */
export class Fields {
  constructor(
    private readonly mapping: Mapping,
    private readonly ids: SourceIds,
    private readonly caseKey: readonly string[],
    private readonly school: SchoolPlan,
    private readonly values: Values,
  ) {}

  /** The fields of a fact that these rows speak of together, and the column of each. */
  of(
    rows: readonly SourceRow[],
    sources: FactSource['data'],
    childId: ChildId,
  ): { data: Record<string, unknown>; columns: Map<string, string> } {
    const data: Record<string, unknown> = {}
    const columns = new Map<string, string>()
    for (const [field, from] of Object.entries(sources)) {
      const column = this.columnOf(from)
      if (column !== undefined) columns.set(`data.${field}`, column)
      const value = this.read(rows, from, childId)
      if (value !== undefined) put(data, field.split('.'), value)
    }
    return { data, columns }
  }

  private columnOf(from: FieldSource): string | undefined {
    if ('column' in from) return from.column
    if (!('the' in from)) return undefined
    const { places, school } = this.mapping
    return from.the === 'place' ? places?.column : 'column' in school ? school.column : undefined
  }

  private read(rows: readonly SourceRow[], from: FieldSource, childId: ChildId): unknown {
    if ('value' in from) return from.value
    if ('the' in from) return from.the === 'school' ? this.school.schoolId : this.school.placeOf(rows)
    if ('id' in from) {
      from.by.forEach((column) => this.values.same(rows, column))
      const by = from.by.map((column) => rows[0]!.cells[column]!)
      return this.ids.thing(this.caseKey, from.id, by)
    }
    const found = this.values.read(rows, from)
    if (from.as !== 'child' || found === undefined) return found
    return Array.isArray(found) ? found.map((key) => childId(String(key))) : childId(String(found))
  }
}

/** Puts a value at a field, which may be one within others: `rating.before.severity`. */
function put(data: Record<string, unknown>, [outer, ...inner]: readonly string[], value: unknown): void {
  if (inner.length === 0) data[outer!] = value
  else {
    const within = Object.hasOwn(data, outer!) ? (data[outer!] as Record<string, unknown>) : {}
    put(within, inner, value)
    data[outer!] = within
  }
}

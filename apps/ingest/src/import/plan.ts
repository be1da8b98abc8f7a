import type { CaseRows } from './cases'
import type { SourceIds } from './ids'
import { Fields } from './fields'
import type { CellSource, FactSource, Mapping, Plain } from './mapping-schema'
import type { ImportProblem, SourceRow } from './read-csv'
import { SchoolPlan } from './school-plan'
import { Values } from './values'
import { wanted, type Speech, type WantedFact } from './wanted'

/** A fact of a case before its fields are read: the rows that speak of it together. */
interface Group {
  readonly id: string
  readonly source: FactSource
  readonly rows: readonly SourceRow[]
  readonly key: readonly string[]
}

/** A child named in the file, and where its id stands once it is recorded. */
export interface ChildUse {
  readonly key: string
  readonly fact: string
  readonly field: string
  /** Is this fact told apart by the child? Then its id stands for this child and no other. */
  readonly own: boolean
}

export interface Plan {
  readonly facts: readonly WantedFact[]
  readonly problems: readonly ImportProblem[]
}

/** So many facts of one case at most: a mistaken key column would make one case of a whole file. */
const FACTS_AT_MOST = 1000

/** What the rows of one case want recorded. */
export class CasePlan {
  readonly caseId: string
  /** Undefined: the file does not say, and that is among the problems. */
  readonly schoolId: string | undefined
  readonly schoolFacts: readonly WantedFact[]
  private readonly groups: readonly Group[]
  private readonly values: Values
  private readonly fields: Fields
  private readonly childColumns: ReadonlySet<string>

  constructor(
    private readonly mapping: Mapping,
    private readonly ids: SourceIds,
    readonly rows: CaseRows,
  ) {
    this.values = new Values(mapping)
    this.caseId = ids.case(rows.key)
    const school = new SchoolPlan(mapping, ids, rows.rows, this.values)
    this.schoolId = school.schoolId
    this.schoolFacts = school.facts
    this.fields = new Fields(mapping, ids, rows.key, school, this.values)
    this.childColumns = new Set(
      mapping.facts.flatMap((f) => Object.values(f.data)).flatMap((from) => ('column' in from && from.as === 'child' ? [from.column] : [])),
    )
    const tooMany = rows.rows.length > FACTS_AT_MOST
    if (tooMany) this.tooMany()
    this.groups = tooMany ? [] : mapping.facts.flatMap((source) => this.groupsOf(source))
    for (const row of rows.broken)
      this.values.wrong(
        rows.rows[0]!,
        mapping.case[0]!,
        `Left out: row ${row} cannot be read as it should and may belong to this case. Correct that row.`,
      )
  }

  get children(): ChildUse[] {
    return this.groups.flatMap(({ id, source, rows }) =>
      Object.entries(source.data).flatMap(([field, from]) =>
        'column' in from && from.as === 'child'
          ? this.texts(rows, from).map((key) => ({ key, fact: id, field, own: source.each.includes(from.column) }))
          : [],
      ),
    )
  }

  /** Pure: may be asked again with other ids of children. */
  facts(childId: (key: string) => string): Plan {
    const facts: WantedFact[] = []
    for (const group of this.groups) {
      const fact = this.factOf(group, childId)
      if (fact) facts.push(fact)
    }
    if (this.mapping.acts === 'every-pair') facts.push(...this.everyPair(facts))
    if (facts.length > FACTS_AT_MOST) this.tooMany()
    return { facts, problems: this.values.problems }
  }

  private texts(rows: readonly SourceRow[], from: CellSource): string[] {
    return rows.flatMap((row) => this.values.read([row], { ...from, take: 'all' }) as Plain[]).map(String)
  }

  private tooMany(): void {
    const message = `More than ${FACTS_AT_MOST} facts for one case. Check that the key columns of the mapping tell the cases apart.`
    this.values.wrong(this.rows.rows[0]!, this.mapping.case[0]!, message)
  }

  private groupsOf(source: FactSource): Group[] {
    const groups = new Map<string, Group & { rows: SourceRow[] }>()
    for (const row of this.values.speaking(this.rows.rows, source.rows)) {
      const key = source.each.map((column) => row.cells[column]!)
      const empty = source.each.find((_, i) => key[i] === '')
      if (empty !== undefined) this.values.wrong(row, empty, 'This must not be empty: it tells facts of one kind apart.')
      const name = JSON.stringify(key)
      const group = groups.get(name) ?? { id: this.ids.fact(source.name, this.rows.key, key), source, rows: [], key }
      groups.set(name, group)
      group.rows.push(row)
    }
    return [...groups.values()]
  }

  private factOf({ id, source, rows, key }: Group, childId: (key: string) => string): WantedFact | undefined {
    const occurredAt = this.values.when(rows, source.at)
    if (!occurredAt) return undefined
    const { data, columns } = this.fields.of(rows, source.data, childId)
    columns.set('', source.each[0] ?? this.mapping.case[0]!).set('occurredAt', source.at.date)
    // How a child is known stays in the vault, where it can be erased.
    const own = key.filter((_, i) => !this.childColumns.has(source.each[i]!))
    return this.checked({ id, type: source.type, occurredAt, record: [...this.rows.key, source.name, ...own], data }, rows, columns)
  }

  private everyPair(facts: readonly WantedFact[]): WantedFact[] {
    const pairs = pairsOf(facts)
    if (pairs.length > FACTS_AT_MOST) {
      this.tooMany()
      return []
    }
    return pairs.flatMap(({ by, on }) => {
      const { incident, child } = by.command.data
      const fact = {
        id: this.ids.fact('every-pair', this.rows.key, [by.command.id, on.command.id]),
        type: 'act-recorded',
        occurredAt: by.command.occurredAt,
        record: [...this.rows.key, 'every-pair'],
        data: { incident, by: child, on: on.command.data.child },
      } as const
      return this.checked(fact, [by.from.row], by.from.columns) ?? []
    })
  }

  private checked(fact: Omit<Speech, 'system' | 'recordedAt'>, rows: readonly SourceRow[], columns: ReadonlyMap<string, string>) {
    const recordedAt = this.values.recordedInSource(rows, this.mapping.recordedInSource)
    const row = rows[0]!
    const checked = wanted('case', { ...fact, system: this.mapping.source, recordedAt }, { row, columns })
    if (!Array.isArray(checked)) return checked
    // Where a cell could not be read, its field is missing: that has been said already.
    for (const { column, message } of checked)
      if (!rows.some((r) => this.values.isWrong(r, column))) this.values.wrong(row, column, message)
    return undefined
  }
}

/** Every child alleged to have caused harm in an incident acted on every child harmed in it. */
function pairsOf(facts: readonly WantedFact[]): { by: WantedFact; on: WantedFact }[] {
  const involved = facts.filter((f) => f.command.type === 'child-involved')
  const inRole = (role: string) => involved.filter((f) => f.command.data.role === role)
  const victims = inRole('alleged-victim')
  return inRole('alleged-perpetrator').flatMap((by) => {
    const { incident, child } = by.command.data
    return victims.filter(({ command: { data } }) => data.incident === incident && data.child !== child).map((on) => ({ by, on }))
  })
}

import type { EventType } from '@circumspect/domain'
import type { SourceIds } from './ids'
import type { FieldSource, Mapping, Plain } from './mapping-schema'
import type { SourceRow } from './read-csv'
import type { Values } from './values'
import { wanted, type WantedFact } from './wanted'

/** Whose the rows of a case are, and what of the school they need named. */
export class SchoolPlan {
  readonly facts: WantedFact[] = []
  readonly schoolId: string | undefined
  /** Id of each place that the rows speak of, by what the file calls it. */
  private readonly places = new Map<string, string>()

  constructor(
    private readonly mapping: Mapping,
    private readonly ids: SourceIds,
    private readonly rows: readonly SourceRow[],
    private readonly values: Values,
  ) {
    this.schoolId = this.school()
    if (this.schoolId !== undefined && mapping.places) for (const row of rows) this.place(row, this.schoolId, mapping.places)
  }

  /** The place of rows that speak of one thing. */
  placeOf(rows: readonly SourceRow[]): string | undefined {
    const column = this.mapping.places?.column
    this.values.same(rows, column)
    return column === undefined ? undefined : this.places.get(rows[0]!.cells[column]!)
  }

  private school(): string | undefined {
    const { school } = this.mapping
    const row = this.rows[0]!
    if ('id' in school) return school.id
    const { column, known, register } = school
    const text = row.cells[column]!
    this.values.same(this.rows, column)
    if (Object.hasOwn(known, text)) return known[text]
    if (text === '' || register === undefined) {
      this.values.wrong(
        row,
        column,
        text === ''
          ? 'This must not be empty: it says whose case it is.'
          : 'The mapping does not know this school. Add its id under known, or say under register how new schools are registered.',
      )
      return undefined
    }
    const id = this.ids.school(text)
    this.add(row, column, this.ids.fact('school', [id], []), 'school-registered', register.from, [text], { name: text, ...register })
    return id
  }

  private place(row: SourceRow, school: string, { column, known, register }: NonNullable<Mapping['places']>): void {
    const text = row.cells[column]!
    if (text === '' || this.places.has(text)) return
    if (Object.hasOwn(known, text)) {
      this.places.set(text, known[text]!)
      return
    }
    if (register === undefined)
      return this.values.wrong(
        row,
        column,
        'The mapping does not know this place. Add its id under known, or say under register what new places are.',
      )
    const place = this.ids.place(school, text)
    this.places.set(text, place)
    const data = { place, name: text, setting: this.read(row, register.setting), kind: this.read(row, register.kind) }
    this.add(row, column, this.ids.fact('place', [school], [text]), 'place-named', register.from, ['place', text], data)
  }

  private read(row: SourceRow, source: FieldSource): Plain | Plain[] | undefined {
    return 'column' in source ? this.values.read([row], source) : 'value' in source ? source.value : undefined
  }

  private add(
    row: SourceRow,
    column: string,
    id: string,
    type: EventType,
    date: string,
    record: string[],
    data: Record<string, unknown>,
  ): void {
    const { source: system, zone } = this.mapping
    const fact = wanted(
      'school',
      { id, type, occurredAt: { date, zone, precision: 'day' }, system, record, data },
      { row, columns: new Map([['', column]]) },
    )
    if (Array.isArray(fact)) for (const problem of fact) this.values.wrong(row, problem.column, problem.message)
    else this.facts.push(fact)
  }
}

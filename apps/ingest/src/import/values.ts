import { instantsOf, type OccurredAt } from '@circumspect/domain'
import { z } from 'zod'
import type { CellSource, Mapping, Plain, RowsSource, WhenSource } from './mapping-schema'
import type { ImportProblem, SourceRow } from './read-csv'

const SAME = 'The rows of one case must say the same here. Correct them, or give this row a case of its own.'

const cellOf = ({ row, column }: Pick<ImportProblem, 'row' | 'column'>): string => `${row} ${column}`

/** Reads the values of rows as a mapping says, noting what is wrong with them. What is wrong with a cell is said once. */
export class Values {
  private readonly noted = new Map<string, ImportProblem>()
  /** Cells of which something else is said than that they differ from their neighbours. */
  private readonly unreadable = new Set<string>()

  constructor(private readonly mapping: Pick<Mapping, 'zone' | 'dateFormat'>) {}

  /** A cell that differs from its neighbours because it cannot be read is only unreadable. */
  get problems(): readonly ImportProblem[] {
    return [...this.noted.values()].filter((p) => p.message !== SAME || !this.unreadable.has(cellOf(p)))
  }

  wrong({ row }: SourceRow, column: string, message: string): void {
    this.noted.set(JSON.stringify([row, column, message]), { row, column, message })
    if (message !== SAME) this.unreadable.add(cellOf({ row, column }))
  }

  isWrong({ row }: SourceRow, column: string): boolean {
    return this.unreadable.has(cellOf({ row, column }))
  }

  /** The rows that speak of a fact. */
  speaking(rows: readonly SourceRow[], source: RowsSource | undefined): readonly SourceRow[] {
    if (source === undefined) return rows
    return rows.filter(({ cells }) => ('is' in source ? source.is.includes(cells[source.column]!) : cells[source.column] !== ''))
  }

  /** What rows that speak of one fact say together: one value, or a list for `others` and `all`. Undefined: nothing. */
  read(rows: readonly SourceRow[], source: CellSource): Plain | Plain[] | undefined {
    const { take, prefer } = source
    if (take === 'one') return this.only(rows, source)
    const all = [...new Set(rows.flatMap((row) => this.inCell(row, source)))]
    const rank = (value: Plain) => (prefer.includes(value) ? prefer.indexOf(value) : prefer.length)
    const ordered = all.sort((a, b) => rank(a) - rank(b) || (String(a) < String(b) ? -1 : 1))
    return take === 'first' ? ordered[0] : take === 'others' ? ordered.slice(1) : ordered
  }

  /** When it happened, as precisely as the columns say; undefined, and a problem noted, where they do not. */
  when(rows: readonly SourceRow[], source: WhenSource): OccurredAt | undefined {
    const [row] = rows as [SourceRow]
    for (const column of [source.date, source.time, source.hour]) this.same(rows, column)
    if (row.cells[source.date] === '')
      this.wrong(row, source.date, `This must not be empty: a date as ${this.mapping.dateFormat} was expected.`)
    const date = this.day(row, source.date)
    if (date === undefined) return undefined
    const { zone } = this.mapping
    const time = this.minute(row, source.time)
    if (time !== undefined) return { date, time, zone, precision: 'minute' }
    const hour = this.hour(row, source.hour)
    return hour === undefined ? { date, zone, precision: 'day' } : { date, time: `${hour}:00`, zone, precision: 'hour' }
  }

  /** The earliest instant that rows give for having been recorded where they come from. */
  recordedInSource(rows: readonly SourceRow[], source: WhenSource | undefined): string | undefined {
    if (source === undefined) return undefined
    const times = rows.filter((row) => row.cells[source.date] !== '').map((row) => this.when([row], source))
    const instants = times.filter((t) => t !== undefined).map((t) => instantsOf(t).earliest)
    return instants.length === 0 ? undefined : new Date(Math.min(...instants)).toISOString()
  }

  /** A column that speaks of what all these rows are about. */
  same(rows: readonly SourceRow[], column: string | undefined): void {
    if (column !== undefined) for (const row of rows) if (row.cells[column] !== rows[0]!.cells[column]) this.wrong(row, column, SAME)
  }

  private only(rows: readonly SourceRow[], source: CellSource): Plain | undefined {
    const [first] = rows as [SourceRow]
    this.same(rows, source.column)
    const values = [...new Set(this.inCell(first, source))]
    if (values.length > 1)
      this.wrong(first, source.column, 'One value was expected here. Leave one, or let the mapping take the first or all.')
    return values[0]
  }

  private inCell(row: SourceRow, source: CellSource): Plain[] {
    const cell = row.cells[source.column]!
    const texts = source.split === undefined ? [cell] : cell.split(source.split).map((t) => t.trim())
    return texts.flatMap((text) => {
      const value = this.meant(row, text, source)
      return value === undefined ? [] : [value]
    })
  }

  /** Our value for a text; undefined for none, and a problem noted where there should be one. */
  private meant(row: SourceRow, text: string, { column, map, otherwise, as }: CellSource): Plain | undefined {
    if (map && Object.hasOwn(map, text)) return map[text]
    if (text === '') return undefined
    if (map === undefined) return this.typed(row, column, text, as)
    if (otherwise === undefined)
      this.wrong(row, column, 'The mapping has no code for what stands here. Add it to the map of this column, or correct the cell.')
    return otherwise
  }

  private typed(row: SourceRow, column: string, text: string, as: CellSource['as']): Plain | undefined {
    if (as === 'date') return this.day(row, column)
    if (as !== 'number') return text
    if (/^-?\d{1,9}$/.test(text)) return Number(text)
    this.wrong(row, column, 'A whole number was expected.')
    return undefined
  }

  /** A day as YYYY-MM-DD; undefined where the cell is empty. A time after it is passed over. */
  private day(row: SourceRow, column: string): string | undefined {
    const text = row.cells[column]!
    if (text === '') return undefined
    const iso = inIso(/^\S+?(?=$|[T\s]\d{1,2}:\d{2})/.exec(text)?.[0] ?? '', this.mapping.dateFormat)
    if (iso !== undefined && z.iso.date().safeParse(iso).success) return iso
    this.wrong(row, column, `A date as ${this.mapping.dateFormat} was expected.`)
    return undefined
  }

  /** HH:MM; undefined where there is none. The column may hold the date as well. */
  private minute(row: SourceRow, column: string | undefined): string | undefined {
    const text = column === undefined ? '' : row.cells[column]!
    if (text === '') return undefined
    const [, hour, minute] = /(?:^|[T\s])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text) ?? []
    if (hour !== undefined && Number(hour) < 24 && Number(minute) < 60) return `${hour.padStart(2, '0')}:${minute}`
    this.wrong(row, column!, 'A time as HH:MM was expected, for example 10:45.')
    return undefined
  }

  private hour(row: SourceRow, column: string | undefined): string | undefined {
    const text = column === undefined ? '' : row.cells[column]!
    if (text === '') return undefined
    if (/^\d{1,2}$/.test(text) && Number(text) < 24) return text.padStart(2, '0')
    this.wrong(row, column!, 'An hour from 0 to 23 was expected.')
    return undefined
  }
}

const FORMATS: Record<Mapping['dateFormat'], RegExp> = {
  'yyyy-mm-dd': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  'dd/mm/yyyy': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'mm/dd/yyyy': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  'dd.mm.yyyy': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
}

function inIso(text: string, format: Mapping['dateFormat']): string | undefined {
  const { y, m, d } = FORMATS[format].exec(text)?.groups ?? {}
  return y === undefined ? undefined : `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`
}

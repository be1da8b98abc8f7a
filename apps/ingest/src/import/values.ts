import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Mapping, ValueSource, WhenSource } from './mapping'
import type { ImportProblem, SourceRow } from './rows'

/** Reads the values of rows as a mapping says, noting what is wrong with them. */
export class Values {
  readonly problems: ImportProblem[] = []

  constructor(private readonly mapping: Mapping) {}

  /** The text of a cell that must not be empty. */
  needed(row: SourceRow, column: string): string {
    const text = row.cells[column] ?? ''
    if (text === '') this.wrong(row, column, 'This must not be empty.')
    return text
  }

  /** One value; undefined where the cell is empty. */
  one(row: SourceRow, source: ValueSource | undefined): string | number | boolean | undefined {
    return this.many(row, source)[0]
  }

  /** All values of a cell, each once. */
  many(row: SourceRow, source: ValueSource | undefined): (string | number | boolean)[] {
    if (source === undefined) return []
    if ('value' in source) return [source.value]
    const cell = row.cells[source.column] ?? ''
    const texts = (source.split === undefined ? [cell] : cell.split(source.split)).map((t) => t.trim()).filter((t) => t !== '')
    return [...new Set(texts.flatMap((text) => this.mapped(row, source, text)))]
  }

  whole(row: SourceRow, source: ValueSource | undefined): number | undefined {
    const value = this.one(row, source)
    if (value === undefined) return undefined
    const number = Number(value)
    if (!Number.isInteger(number)) this.wrong(row, source && 'column' in source ? source.column : '', 'A whole number was expected.')
    return number
  }

  /** When something happened, as precisely as the columns say; undefined where the day is empty. */
  when(row: SourceRow, { date, time, hour }: WhenSource): Record<string, string> | undefined {
    const day = this.day(row, date)
    if (day === undefined) return undefined
    const zone = this.mapping.zone
    const clock = time === undefined ? '' : (row.cells[time] ?? '')
    if (clock !== '') {
      const match = /^(\d{1,2}):(\d{2})/.exec(clock)
      if (!match) this.wrong(row, time!, 'A time as HH:MM was expected, for example 10:45.')
      else return { date: day, time: `${match[1]!.padStart(2, '0')}:${match[2]}`, zone, precision: 'minute' }
    }
    const atHour = hour === undefined ? '' : (row.cells[hour] ?? '')
    if (atHour === '') return { date: day, zone, precision: 'day' }
    if (!/^\d{1,2}$/.test(atHour) || Number(atHour) > 23) this.wrong(row, hour!, 'An hour from 0 to 23 was expected.')
    return { date: day, time: `${atHour.padStart(2, '0')}:00`, zone, precision: 'hour' }
  }

  /** A day as YYYY-MM-DD; undefined where the cell is empty. */
  day(row: SourceRow, column: string): string | undefined {
    const text = row.cells[column] ?? ''
    if (text === '') return undefined
    const iso = inIso(text, this.mapping.dateFormat)
    if (iso !== undefined && z.iso.date().safeParse(iso).success) return iso
    this.wrong(row, column, `A date as ${this.mapping.dateFormat} was expected.`)
    return undefined
  }

  wrong(row: SourceRow, column: string, message: string): void {
    this.problems.push({ row: row.row, column, message })
  }

  private mapped(row: SourceRow, source: Extract<ValueSource, { column: string }>, text: string): string[] {
    if (source.map === undefined) return [text]
    const code = Object.hasOwn(source.map, text) ? source.map[text] : source.otherwise
    if (code === undefined) this.wrong(row, source.column, 'The mapping has no code for what stands here. Add it to the map of this column, or correct the cell.')
    return code === undefined ? [] : [code]
  }
}

function inIso(text: string, format: Mapping['dateFormat']): string | undefined {
  if (format === 'yyyy-mm-dd') return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text)
  if (!match) return undefined
  const [day, month] = format === 'dd/mm/yyyy' ? [match[1]!, match[2]!] : [match[2]!, match[1]!]
  return `${match[3]}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A UUID (version 8, RFC 9562) made from names: the same names, the same id. */
export function idFrom(...names: string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(['circumspect', ...names])).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

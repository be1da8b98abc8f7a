import type { Cell, Table } from '@circumspect/views'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from './csv'

const table = (...values: Cell[]): Table => ({
  name: 't',
  title: 'T',
  columns: [{ key: 'what', label: 'What' }],
  rows: values.map((what) => ({ what })),
})

/** The cells of a CSV file, read by the grammar of RFC 4180 and nothing else. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('a table as CSV', () => {
  it('has the labels at its head, and a line for each row', () => {
    expect(toCsv(table('a', 'b'), new Map())).toBe('What\r\na\r\nb\r\n')
  })

  it('leaves empty what is not known, which is not zero', () => {
    expect(toCsv(table(null, 0), new Map())).toBe('What\r\n\r\n0\r\n')
  })

  it('quotes commas, quotation marks and line ends', () => {
    expect(toCsv(table('a,b', 'say "no"', 'two\nlines'), new Map())).toBe('What\r\n"a,b"\r\n"say ""no"""\r\n"two\nlines"\r\n')
  })

  it.each(['=1+1', '+44', '-1', '@SUM(A1)', '\t=1', '\r=1'])('keeps a spreadsheet from taking %j for a formula', (text) => {
    expect(cellsOf(toCsv(table(text), new Map()))[1]).toEqual([`'${text}`])
  })

  it('leaves a negative number a number', () => {
    expect(toCsv(table(-0.5), new Map())).toBe('What\r\n-0.5\r\n')
  })

  it('says names for ids, and only for ids', () => {
    const columns = [
      { key: 'place', label: 'Place', ref: 'place' as const },
      { key: 'word', label: 'Word' },
    ]
    const named = {
      name: 't',
      title: 'T',
      columns,
      rows: [
        { place: 'p1', word: 'p1' },
        { place: 'p2', word: 'x' },
      ],
    }
    expect(toCsv(named, new Map([['p1', '=North corridor']]))).toBe("Place,Word\r\n'=North corridor,p1\r\np2,x\r\n")
  })

  it('comes back as it was, whatever the cells hold', () => {
    const cell = fc
      .string({
        unit: fc.constantFrom('a', ',', '"', '\r', '\n', ' ', "'", 'é'),
      })
      .map((text) => `x${text}`)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const columns = [
          { key: 'a', label: 'A' },
          { key: 'b', label: 'B' },
        ]
        const csv = toCsv(
          {
            name: 't',
            title: 'T',
            columns,
            rows: rows.map(([a, b]) => ({ a, b })),
          },
          new Map(),
        )
        expect(cellsOf(csv).slice(1)).toEqual(rows)
      }),
    )
  })
})

import { mappingSchema } from '@circumspect/ingest'
import { describe, expect, it } from 'vitest'
import { casesOf } from './cases'
import { readCsv } from './read-csv'

const mapping = mappingSchema.parse({
  source: 'made-up',
  case: ['case'],
  school: { id: '00000000-0000-4000-8000-00000000bbbb' },
  facts: [{ type: 'concern-noticed', at: { date: 'day' }, data: { summary: { column: 'text' }, verbatim: { value: false } } }],
})
const read = (csv: string, rest: object = {}) => readCsv(csv, { ...mapping, ...rest })
const rowsOf = async (csv: string, rest: object = {}) => (await read(csv, rest)).rows.map(({ row, cells }) => [row, cells.case, cells.text])

describe('reading a CSV file', () => {
  it('counts rows as a spreadsheet does, over empty rows and cells of several lines', async () => {
    expect(await rowsOf('case,day,text\n1,2026-01-01,"two\nlines"\n\n , ,\n2,2026-01-02,b\n')).toEqual([
      [2, '1', 'two\nlines'],
      [5, '2', 'b'],
    ])
  })

  it('takes a byte order mark, other line ends, other delimiters and spaces around words', async () => {
    expect(await rowsOf('\ufeff case ; day;text\r\n 1 ;2026-01-01; a,b \r\n', { delimiter: ';' })).toEqual([[2, '1', 'a,b']])
  })

  it('takes no row that has too few cells or too many, and says which', async () => {
    const { rows, problems } = await read('case,day,text\n1,2026-01-01\n2,2026-01-02,b,c\n3,2026-01-03,c\n')
    expect(rows.map((r) => [r.row, 'broken' in r])).toEqual([
      [2, true],
      [3, true],
      [4, false],
    ])
    expect(problems.map((p) => p.row)).toEqual([2, 3])
    expect(problems[0]!.message).toContain('The head has 3 columns, this row 2.')
  })

  it('takes no row with characters that could not be read', async () => {
    const { problems } = await read('case,day,text\n1,2026-01-01,caf\ufffd\n2,2026-01-01,a\0\n')
    expect(problems.map((p) => [p.row, p.column])).toEqual([
      [2, 'text'],
      [3, 'text'],
    ])
  })

  it('takes nothing without a column, with one twice, or where a quotation mark does not match', async () => {
    const missing = await read('case,text\n1,a\n')
    expect([missing.rows, missing.problems.map((p) => [p.row, p.column])]).toEqual([[], [[1, 'day']]])
    expect((await read('case,day,text,text\n1,2026-01-01,a,b\n')).problems.map((p) => [p.row, p.column])).toEqual([[1, 'text']])
    const torn = await read('case,day,text\n1,2026-01-01,a\n2,2026-01-01,"b\n')
    expect([torn.rows, torn.problems.map((p) => p.row)]).toEqual([[], [3]])
    expect((await read('')).problems).toHaveLength(1)
  })

  it('takes a mapping of names that mean something in JavaScript as any other', async () => {
    const { rows } = await read('case,day,text,__proto__,constructor\n1,2026-01-01,a,b,c\n')
    expect(rows[0]!.cells.text).toBe('a')
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('gathering the rows of a case', () => {
  const gathered = async (csv: string) => {
    const { cases, problems } = casesOf(mapping, (await read(csv)).rows)
    return { cases: cases.map((c) => [c.key[0], c.rows.map((r) => r.row), c.broken]), problems: problems.map((p) => [p.row, p.column]) }
  }

  it('takes them from anywhere in the file', async () => {
    const { cases } = await gathered('case,day,text\n1,2026-01-01,a\n2,2026-01-01,b\n1,2026-01-01,c\n')
    expect(cases).toEqual([
      ['1', [2, 4], []],
      ['2', [3], []],
    ])
  })

  it('holds a broken row against its case alone, where each case has one row', async () => {
    const { cases } = await gathered('case,day,text\n1,2026-01-01,a\n2,2026-01-01\n3,2026-01-01,c\n')
    expect(cases).toEqual([
      ['1', [2], []],
      ['3', [4], []],
    ])
  })

  it('holds a broken row against the cases beside it as well, where a case has several', async () => {
    const { cases } = await gathered('case,day,text\n1,2026-01-01,a\n1,2026-01-01,b\n,x\n2,2026-01-01,c\n3,2026-01-01,c\n')
    expect(cases).toEqual([
      ['1', [2, 3], [4]],
      ['2', [5], [4]],
      ['3', [6], []],
    ])
    const { cases: named } = await gathered('case,day,text\n1,2026-01-01,a\n2,2026-01-01,b\n2,2026-01-01,b\n1,2026-01-01\n')
    expect(named).toEqual([
      ['1', [2], [5]],
      ['2', [3, 4], [5]],
    ])
  })

  it('says of a row without a case that it has none', async () => {
    expect(await gathered('case,day,text\n1,2026-01-01,a\n1,2026-01-01,a\n,2026-01-01,b\n')).toEqual({
      cases: [['1', [2, 3], [4]]],
      problems: [[4, 'case']],
    })
  })
})

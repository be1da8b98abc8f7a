import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  clock, code, codes, date, fieldMeta, flag, instant, names, refers, registerNumber, schoolYear, slug, text, whole, yesNo,
} from './fields'

const ID = '00000000-0000-4000-8000-00000000aaaa'

/** Schema, what it takes, what it does not. */
const FIELDS: [string, z.ZodType, unknown[], unknown[]][] = [
  ['code', code(['one', 'two']), ['one', 'two'], ['three', 'ONE', '', null, 1]],
  ['codes', codes(['one', 'two']), [[], ['one'], ['two', 'one']], [['one', 'one'], ['three'], 'one']],
  ['flag', flag(), [true, false], ['true', 0, null]],
  ['yesNo', yesNo(), ['yes', 'no', 'not-known'], [true, 'maybe']],
  ['whole', whole('pupils', 0, 5), [0, 5], [-1, 6, 1.5, '3', NaN, Infinity]],
  [
    'date',
    date(),
    ['2026-02-28', '2024-02-29', '1900-01-01', '2199-12-31'],
    ['2026-02-29', '2026-2-1', '1899-12-31', '2200-01-01', '26-02-01', '2026-02-01T00:00', ''],
  ],
  ['clock', clock(), ['00:00', '09:05', '23:59'], ['24:00', '9:05', '09:60', '09:05:00', '']],
  [
    'instant',
    instant(),
    ['2026-01-31T10:45:00.000Z'],
    ['2026-01-31T10:45:00Z', '2026-01-31T10:45:00.000+01:00', '2026-01-31', '2026-02-30T10:45:00.000Z'],
  ],
  ['slug', slug(), ['cpoms', 'nibrs-mn-2018', '1'], ['', 'CPOMS', '-a', 'a b', 'a_b', 'a'.repeat(61)]],
  ['registerNumber', registerNumber(6), ['1', '123456'], ['', '1234567', '12a', '-1', '1.5', '١']],
  ['schoolYear', schoolYear(), ['202526', '199900', '209900'], ['2025', '202525', '202527', '202524', '302031', '2025-26']],
  ['names', names('incident'), [ID], ['', 'incident 1', '00000000-0000-4000-8000-00000000aaa', null]],
  ['refers', refers('child'), [ID], ['', 'child 1', null]],
  ['text', text('case', 5), ['Words', ' W ', 'ünïcö', '👩🏽'], ['', '   ', '\n', 'Wordss', '\ud800', null]],
]

describe.each(FIELDS)('%s', (_, schema, good, bad) => {
  it('takes what it should and nothing else', () => {
    for (const value of good) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(true)
    for (const value of bad) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(false)
  })

  it('never repeats a value in its message', () => {
    for (const value of ['Xq7Zzyzx', ['Xq7Zzyzx'], '  Xq7Zzyzx  ', 'Xq7Zzyzx'.repeat(20)]) {
      const result = schema.safeParse(value)
      if (!result.success) expect(JSON.stringify(result.error.issues.map((i) => i.message))).not.toContain('Xq7Zzyzx')
    }
  })
})

describe('the class of a field', () => {
  it('stays with the field under a refinement, and is found inside a list, an option, a default', () => {
    expect(fieldMeta(code(['one']))).toEqual({ field: 'code' })
    expect(fieldMeta(flag())).toEqual({ field: 'code' })
    expect(fieldMeta(slug())).toEqual({ field: 'code' })
    expect(fieldMeta(whole('pupils', 0, 5))).toEqual({ field: 'measure', unit: 'pupils' })
    expect(fieldMeta(date())).toEqual({ field: 'measure', unit: 'date' })
    expect(fieldMeta(schoolYear())).toEqual({ field: 'measure', unit: 'school year' })
    expect(fieldMeta(names('incident'))).toEqual({ field: 'id', of: 'incident', use: 'names' })
    expect(fieldMeta(refers('child'))).toEqual({ field: 'id', of: 'child', use: 'refers' })
    expect(fieldMeta(text('school'))).toEqual({ field: 'text', about: 'school' })
    expect(fieldMeta(codes(['one']).element)).toEqual({ field: 'code' })
    expect(fieldMeta(text('case').optional().unwrap())).toEqual({ field: 'text', about: 'case' })
    expect(fieldMeta(yesNo().default('yes').unwrap())).toEqual({ field: 'code' })
  })

  it('is had by nothing that was made elsewhere', () => {
    for (const schema of [z.string(), z.object({ a: flag() }), z.array(flag()), z.string().meta({ title: 'A title' })])
      expect(fieldMeta(schema)).toBeUndefined()
  })
})

describe('what is tidied on the way in', () => {
  it('ids come in small letters, texts without space around them', () => {
    expect(refers('child').parse(ID.toUpperCase())).toBe(ID)
    expect(text('case').parse('  Words \n of two lines ')).toBe('Words \n of two lines')
  })
})

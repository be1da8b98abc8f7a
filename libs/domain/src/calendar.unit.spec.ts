import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSchoolDays, addWorkingDays, bankHolidaysOf, ENGLISH_BANK_HOLIDAYS, isSchoolDay, isWorkingDay, schoolDaysBetween, schoolYearOf,
  workingDaysBetween, type TermsSet,
} from './calendar'

/** As published for England and Wales on gov.uk/bank-holidays. */
const PUBLISHED: Record<number, string> = {
  2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
}

describe('bank holidays in England', () => {
  it.each(Object.entries(PUBLISHED))('of %s are those published', (year, days) => {
    expect(bankHolidaysOf(Number(year))).toEqual(days.split(' ').map((d) => `${year}-${d}`))
  })

  it('are eight a year where none is moved or added by proclamation, all of them weekdays', () => {
    for (let year = 2000; year <= 2050; year++) {
      const days = ENGLISH_BANK_HOLIDAYS.filter((d) => d.startsWith(String(year)))
      expect(days).toHaveLength({ 2002: 9, 2011: 9, 2012: 9, 2022: 10, 2023: 9 }[year] ?? 8)
      for (const day of days) expect(new Date(`${day}T12:00Z`).getUTCDay() % 6, day).not.toBe(0)
    }
    expect([...new Set(ENGLISH_BANK_HOLIDAYS)].sort()).toEqual(ENGLISH_BANK_HOLIDAYS)
  })
})

describe('working days', () => {
  it('are Monday to Friday but for bank holidays', () => {
    expect(['2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23', '2026-04-03', '2026-04-06', '2026-04-07'].map(isWorkingDay)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ])
  })

  it.each([
    ['the same day', '2026-03-20', '2026-03-20', 0],
    ['Friday to Saturday', '2026-03-20', '2026-03-21', 0],
    ['Friday to Monday', '2026-03-20', '2026-03-23', 1],
    ['Saturday to Monday', '2026-03-21', '2026-03-23', 1],
    ['over Easter', '2026-04-02', '2026-04-07', 1],
    ['over Christmas', '2026-12-24', '2026-12-29', 1],
    ['a week', '2026-03-16', '2026-03-23', 5],
    ['backwards', '2026-03-23', '2026-03-20', -1],
  ])('between: %s', (_, from, to, days) => {
    expect(workingDaysBetween(from, to)).toBe(days)
  })

  it.each([
    ['2026-03-20', 0, '2026-03-20'],
    ['2026-03-20', 1, '2026-03-23'],
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-12-24', 2, '2026-12-30'],
  ])('after %s, %i more: %s', (from, days, due) => {
    expect(addWorkingDays(from, days)).toBe(due)
  })
})

const YEAR: TermsSet = {
  schoolYear: '202526',
  terms: [
    { from: '2025-09-03', to: '2025-10-24' },
    { from: '2025-11-03', to: '2025-12-19' },
    { from: '2026-01-05', to: '2026-05-22' },
  ],
  closedDays: ['2026-01-05', '2026-03-20'],
}

describe('the school year of a day', () => {
  it('turns in September', () => {
    expect(['2025-08-31', '2025-09-01', '2026-08-31', '1999-12-31', '2000-01-01'].map(schoolYearOf)).toEqual([
      '202425',
      '202526',
      '202526',
      '199900',
      '199900',
    ])
  })
})

describe('school days', () => {
  const is = (date: string, calendar = [YEAR]) => isSchoolDay(calendar, date)

  it('lie in a term, both ends included, and are not closed', () => {
    expect(is('2025-09-02')).toBe(false)
    expect(is('2025-09-03')).toBe(true)
    expect(is('2025-10-24')).toBe(true)
    expect(is('2025-10-27')).toBe(false)
    expect(is('2026-01-05')).toBe(false)
    expect(is('2026-01-06')).toBe(true)
    expect(is('2026-01-10')).toBe(false)
  })

  it('are no bank holidays, even in a term', () => {
    expect(is('2026-05-04')).toBe(false)
    expect(is('2026-04-06')).toBe(false)
  })

  it('are all working days of a school year of which nothing is said', () => {
    expect(is('2026-09-01')).toBe(true)
    expect(is('2026-09-05')).toBe(false)
    expect(is('2026-08-31')).toBe(false)
    expect(is('2026-08-28')).toBe(false)
    expect(isSchoolDay([], '2025-10-27')).toBe(true)
    expect(isSchoolDay([], '2025-12-25')).toBe(false)
  })

  it('may lie in a term that starts in August of the year before', () => {
    const early: TermsSet = { schoolYear: '202526', terms: [{ from: '2025-08-27', to: '2025-12-19' }], closedDays: [] }
    const yearBefore: TermsSet = { schoolYear: '202425', terms: [{ from: '2024-09-02', to: '2025-07-11' }], closedDays: [] }
    expect(is('2025-08-28', [yearBefore, early])).toBe(true)
    expect(is('2025-08-26', [yearBefore, early])).toBe(false)
  })

  it.each([
    ['one day on', '2026-03-18', '2026-03-19', 1],
    ['over a closed Friday', '2026-03-19', '2026-03-23', 1],
    ['over half term', '2025-10-24', '2025-11-03', 1],
    ['over Christmas and a training day', '2025-12-19', '2026-01-06', 1],
    ['from within the holidays', '2025-12-25', '2026-01-06', 1],
    ['to within the holidays', '2025-12-18', '2025-12-30', 1],
    ['the same day', '2026-03-18', '2026-03-18', 0],
    ['backwards', '2026-01-06', '2025-12-19', -1],
  ])('between: %s', (_, from, to, days) => {
    expect(schoolDaysBetween([YEAR], from, to)).toBe(days)
  })

  it.each([
    ['2025-10-23', 1, '2025-10-24'],
    ['2025-10-24', 1, '2025-11-03'],
    ['2025-12-19', 1, '2026-01-06'],
    ['2026-03-19', 2, '2026-03-24'],
    ['2026-03-21', 0, '2026-03-21'],
    ['2026-05-22', 1, '2026-09-01'],
  ])('after %s, %i more: %s', (from, days, due) => {
    expect(addSchoolDays([YEAR], from, days)).toBe(due)
  })

  it('added and counted are each other’s undoing', () => {
    const days = fc
      .date({ min: new Date('2024-09-01'), max: new Date('2027-08-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.constantFrom([YEAR], []), days, fc.integer({ min: 1, max: 40 }), (calendar, from, n) => {
        const due = addSchoolDays(calendar, from, n)
        expect(isSchoolDay(calendar, due)).toBe(true)
        expect(schoolDaysBetween(calendar, from, due)).toBe(n)
        expect(schoolDaysBetween(calendar, due, from)).toBe(-n)
      }),
    )
  })
})

import { Temporal } from 'temporal-polyfill'
import type { DataOf } from './catalogue'

const day = (year: number, month: number, of: number) => Temporal.PlainDate.from({ year, month, day: of })

/** Easter Sunday (Anonymous Gregorian algorithm, Nature 1876). */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return day(year, Math.floor(n / 31), (n % 31) + 1)
}

const mondayFrom = (date: Temporal.PlainDate) => date.add({ days: (8 - date.dayOfWeek) % 7 })

/** New Year's Day, or the Monday after a weekend. */
const newYear = (year: number) => (day(year, 1, 1).dayOfWeek >= 6 ? mondayFrom(day(year, 1, 1)) : day(year, 1, 1))

/** Christmas Day and Boxing Day; each on a weekend is moved to the next weekday not taken. */
function christmas(year: number): Temporal.PlainDate[] {
  switch (day(year, 12, 25).dayOfWeek) {
    case 5:
      return [day(year, 12, 25), day(year, 12, 28)]
    case 6:
      return [day(year, 12, 27), day(year, 12, 28)]
    case 7:
      return [day(year, 12, 26), day(year, 12, 27)]
    default:
      return [day(year, 12, 25), day(year, 12, 26)]
  }
}

/** Days moved or added by proclamation: the year's holiday that did not happen, and those that did. */
const PROCLAIMED: Readonly<Record<number, { not?: string; also: readonly string[] }>> = {
  2002: { not: '2002-05-27', also: ['2002-06-03', '2002-06-04'] },
  2011: { also: ['2011-04-29'] },
  2012: { not: '2012-05-28', also: ['2012-06-04', '2012-06-05'] },
  2020: { not: '2020-05-04', also: ['2020-05-08'] },
  2022: { not: '2022-05-30', also: ['2022-06-02', '2022-06-03', '2022-09-19'] },
  2023: { also: ['2023-05-08'] },
}

/** The bank holidays of England in a year (Banking and Financial Dealings Act 1971, and proclamations), in order. */
export function bankHolidaysOf(year: number): string[] {
  const sunday = easter(year)
  const usual = [
    newYear(year),
    sunday.subtract({ days: 2 }),
    sunday.add({ days: 1 }),
    mondayFrom(day(year, 5, 1)),
    mondayFrom(day(year, 5, 25)),
    mondayFrom(day(year, 8, 25)),
    ...christmas(year),
  ].map(String)
  const { not, also = [] } = PROCLAIMED[year] ?? {}
  return [...usual.filter((d) => d !== not), ...also].sort()
}

/** The bank holidays of England from 2000 to 2050. */
export const ENGLISH_BANK_HOLIDAYS: readonly string[] = Array.from({ length: 51 }, (_, i) => bankHolidaysOf(2000 + i)).flat()

const BANK_HOLIDAYS: ReadonlySet<string> = new Set(ENGLISH_BANK_HOLIDAYS)

/** Monday to Friday, and no bank holiday in England. Dates are ISO 8601 throughout. */
export const isWorkingDay = (date: string): boolean => Temporal.PlainDate.from(date).dayOfWeek <= 5 && !BANK_HOLIDAYS.has(date)

/** What the `terms-set` facts of a school that hold say. */
export type TermsSet = Pick<DataOf<'terms-set'>, 'schoolYear' | 'terms' | 'closedDays'>

/** The school year of a day, September to August: 202526. */
export function schoolYearOf(date: string): string {
  const { year, month } = Temporal.PlainDate.from(date)
  const starts = month >= 9 ? year : year - 1
  return `${starts}${String((starts + 1) % 100).padStart(2, '0')}`
}

/**
 * A working day within a term and not closed. In a school year of which the school has not said its terms, every working day.
 * The views count school days by the same rule (`school_days`).
 */
export function isSchoolDay(calendar: readonly TermsSet[], date: string): boolean {
  if (!isWorkingDay(date)) return false
  if (!calendar.some((c) => c.schoolYear === schoolYearOf(date))) return true
  return calendar.some((c) => c.terms.some((t) => t.from <= date && date <= t.to)) && !calendar.some((c) => c.closedDays.includes(date))
}

/** How many days that count come after `from`, up to and with `to`; less than 0 where `to` comes first. */
function daysBetween(counts: (date: string) => boolean, from: string, to: string): number {
  if (to < from) return 0 - daysBetween(counts, to, from)
  const last = Temporal.PlainDate.from(to)
  let days = 0
  for (let d = Temporal.PlainDate.from(from).add({ days: 1 }); Temporal.PlainDate.compare(d, last) <= 0; d = d.add({ days: 1 }))
    if (counts(d.toString())) days++
  return days
}

/** The day on which `days` days that count have come after `from`; `from` itself for 0. */
function addDays(counts: (date: string) => boolean, from: string, days: number): string {
  let d = Temporal.PlainDate.from(from)
  for (let left = days; left > 0; ) {
    d = d.add({ days: 1 })
    if (counts(d.toString())) left--
  }
  return d.toString()
}

/** School days after `from`, up to and with `to`: 1 from a Friday in term to the Monday. */
export const schoolDaysBetween = (calendar: readonly TermsSet[], from: string, to: string): number =>
  daysBetween((date) => isSchoolDay(calendar, date), from, to)

/** The day by which something due within so many school days of `from` has to be done. */
export const addSchoolDays = (calendar: readonly TermsSet[], from: string, days: number): string =>
  addDays((date) => isSchoolDay(calendar, date), from, days)

/** Working days after `from`, up to and with `to`. */
export const workingDaysBetween = (from: string, to: string): number => daysBetween(isWorkingDay, from, to)

/** The day by which something due within so many working days of `from` has to be done. */
export const addWorkingDays = (from: string, days: number): string => addDays(isWorkingDay, from, days)

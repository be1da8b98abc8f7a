import { Temporal } from 'temporal-polyfill'

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

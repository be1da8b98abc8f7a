import { TERMS } from './school-day'

/** Three school years. */
export const SCHOOL_YEARS = [2023, 2024, 2025] as const
const DAY_MS = 86_400_000
const FIRST = Date.UTC(2023, 8, 1)

/** Every date from the first September to a year after the last July, by number. */
export const DATES: readonly string[] = Array.from({ length: 1460 }, (_, n) => new Date(FIRST + n * DAY_MS).toISOString().slice(0, 10))
export const schoolYearName = (start: number): string => `${start}${String((start + 1) % 100).padStart(2, '0')}`

/** The terms of a school year: those of the demonstration, on the days of that year. */
export const termsOf = (start: number) => {
  const moved = (date: string) => `${Number(date.slice(0, 4)) + start - 2025}${date.slice(4)}`
  return TERMS.map(({ from, to }) => ({ from: moved(from), to: moved(to) }))
}

/** The numbers of the school days. */
export const SCHOOL_DAYS: readonly number[] = DATES.flatMap((date, n) => {
  const weekday = new Date(FIRST + n * DAY_MS).getUTCDay()
  const within = SCHOOL_YEARS.some((year) => termsOf(year).some((t) => t.from <= date && date <= t.to))
  return within && weekday > 0 && weekday < 6 ? [n] : []
})

/** Two months after a day's happenings: when an import records them. Milliseconds since 1970. */
export const recordedAfter = (day: number): number => FIRST + (day + 60) * DAY_MS

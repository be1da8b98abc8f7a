import { dayInWords } from '../../../web/src/shared/labels'

/** The days of a school year, both included, by the calendar year it begins in. */
export const daysOf = (year: number): { readonly from: string; readonly to: string } => ({ from: `${year}-09-01`, to: `${year + 1}-08-31` })

/** 2025/26 */
export const schoolYearName = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, '0')}`

/** The day it is in London at this instant, `YYYY-MM-DD`. */
export const dayIn = (instant: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' }).format(new Date(instant))

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "20 November 2026 at 14:05", by the clock in London wherever it is made. */
export const instantInWords = (instant: string): string => `${dayInWords(dayIn(instant))} at ${CLOCK.format(new Date(instant))}`

/** The calendar year in which the last school year began that was over at this instant. */
export function lastWholeYear(instant: string): number {
  const [year, month] = dayIn(instant).split('-').map(Number) as [number, number]
  return month >= 9 ? year - 1 : year - 2
}

export const isOver = (year: number, asOf: string): boolean => dayIn(asOf) > daysOf(year).to

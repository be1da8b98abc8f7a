import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { clock, code, date } from './fields'

export const PRECISIONS = ['minute', 'hour', 'slot', 'day', 'month', 'unknown'] as const
export type Precision = (typeof PRECISIONS)[number]

export const ZONES = ['Europe/London', 'America/Chicago', 'UTC'] as const

/**
 * When something happened, as well as it is known: a local date, a time if known, the zone, and how precise that is.
 * `month` means some day of the date's month; `unknown` means no later than the date.
 */
export const occurredAtSchema = z
  .strictObject({
    date: date(),
    time: clock().optional(),
    zone: code(ZONES).default('Europe/London'),
    precision: code(PRECISIONS),
  })
  .refine((at) => (at.time !== undefined) === (at.precision === 'minute' || at.precision === 'hour'), {
    path: ['time'],
    message: 'A time goes with the precision minute or hour, and those precisions need a time.',
  })
export type OccurredAt = z.infer<typeof occurredAtSchema>

/** Milliseconds since 1970 in UTC: the earliest instant it can have been, and the latest (inclusive). */
export interface InstantRange {
  readonly earliest: number
  readonly latest: number
}

/** Long before any record: the earliest instant of a fact whose time is unknown. 1900-01-01. */
export const LONG_AGO = Date.UTC(1900, 0, 1)

/** The range of `milliseconds` that starts at a local time. A time that the clocks passed twice that night can be either. */
function fromClock(at: OccurredAt, milliseconds: number): InstantRange {
  const local = Temporal.PlainDateTime.from(`${at.date}T${at.time}`)
  const first = local.toZonedDateTime(at.zone).epochMilliseconds
  const last = local.toZonedDateTime(at.zone, { disambiguation: 'later' }).epochMilliseconds
  return { earliest: first, latest: last + milliseconds - 1 }
}

const startOf = (day: Temporal.PlainDate, zone: string): number => day.toZonedDateTime(zone).epochMilliseconds

const wholeDays = (from: Temporal.PlainDate, until: Temporal.PlainDate, zone: string): InstantRange => ({
  earliest: startOf(from, zone),
  latest: startOf(until, zone) - 1,
})

/** The range of instants that `at` can stand for. Daylight saving is the zone's. */
export function instantsOf(at: OccurredAt): InstantRange {
  const day = Temporal.PlainDate.from(at.date)
  switch (at.precision) {
    case 'minute':
      return fromClock(at, 60_000)
    case 'hour':
      return fromClock(at, 3_600_000)
    case 'slot':
    case 'day':
      return wholeDays(day, day.add({ days: 1 }), at.zone)
    case 'month': {
      const first = day.with({ day: 1 })
      return wholeDays(first, first.add({ months: 1 }), at.zone)
    }
    case 'unknown':
      return { earliest: LONG_AGO, latest: startOf(day.add({ days: 1 }), at.zone) - 1 }
  }
}

/** Has no part of it begun by `now` (milliseconds since 1970)? A date given as "no later than" is asked as a day. */
export const isFuture = (at: OccurredAt, now: number): boolean =>
  instantsOf(at.precision === 'unknown' ? { ...at, precision: 'day' } : at).earliest > now

/** Monday 1 … Sunday 7 (ISO 8601). */
export const weekdayOf = (isoDate: string): number => Temporal.PlainDate.from(isoDate).dayOfWeek

/** Minutes since local midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

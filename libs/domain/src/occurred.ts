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
    case 'hour': {
      const from = day.toZonedDateTime({ timeZone: at.zone, plainTime: at.time! }).epochMilliseconds
      return { earliest: from, latest: from + (at.precision === 'minute' ? 60_000 : 3_600_000) - 1 }
    }
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

/** Monday 1 … Sunday 7 (ISO 8601). */
export const weekdayOf = (isoDate: string): number => Temporal.PlainDate.from(isoDate).dayOfWeek

/** Minutes since local midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

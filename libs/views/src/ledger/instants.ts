import { instantsOf, minuteOf, type InstantRange, type OccurredAt } from '@circumspect/domain'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** As long a time as the records of most stores span. */
const MOST_DAYS = 20_000

/** Whole days by zone and date, for whoever asks again: events are many, days are few. */
const days = new Map<string, InstantRange>()

function dayOf({ date, zone }: OccurredAt): InstantRange {
  const key = zone + date
  let day = days.get(key)
  if (!day) {
    day = instantsOf({ date, zone, precision: 'day' })
    if (days.size >= MOST_DAYS) days.clear()
    days.set(key, day)
  }
  return day
}

/** What `instantsOf` of the domain says, without calendar arithmetic on all the days that have 24 hours. */
export function instants(at: OccurredAt): InstantRange {
  if (at.precision === 'month' || at.precision === 'unknown') return instantsOf(at)
  const day = dayOf(at)
  if (at.precision === 'day' || at.precision === 'slot') return day
  // When the clocks change, the time on the clock does not tell how long the day has lasted.
  if (day.latest - day.earliest !== DAY_MS - 1) return instantsOf(at)
  const earliest = day.earliest + minuteOf(at.time!) * MINUTE_MS
  return { earliest, latest: earliest + (at.precision === 'minute' ? MINUTE_MS : 60 * MINUTE_MS) - 1 }
}

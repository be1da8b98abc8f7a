/** How a time is to be written, for whoever wrote it otherwise. */
export const TIME_EXPECTED = 'Write the time as 14:30 or 2.30pm.'

const WRITTEN = /^(\d{1,2})(?:\s*[:. ]\s*(\d{2})|(\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?$/

/** Hours that are as often meant after noon: only a leading zero, am or pm says which. */
const EITHER = ['1', '2', '3', '4', '5', '6']

/**
 * The time that was written, as HH:MM: `14:30`, `14.30`, `1430`, `2.30pm`, `2 pm`, `9:05`; undefined where it is none, or where it is open
 * which half of the day is meant, as with `2:30`.
 */
export function timeFrom(text: string): string | undefined {
  const parts = WRITTEN.exec(text.trim().toLowerCase())
  if (!parts) return undefined
  const [, hours, apart, close] = parts as unknown as [string, string, string?, string?]
  const half = parts[4]?.[0]
  const minutes = apart ?? close
  if (half === undefined) return minutes === undefined || EITHER.includes(hours) ? undefined : clockOf(Number(hours), Number(minutes))
  if (Number(hours) < 1 || Number(hours) > 12) return undefined
  return clockOf((Number(hours) % 12) + (half === 'p' ? 12 : 0), Number(minutes ?? 0))
}

const clockOf = (hours: number, minutes: number): string | undefined =>
  hours > 23 || minutes > 59 ? undefined : `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`

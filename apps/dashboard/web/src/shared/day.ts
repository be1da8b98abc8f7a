const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** How a day is to be written, for whoever wrote it otherwise. */
export const DAY_EXPECTED = 'Write the day as 3 March 2026 or 3/3/2026.'

/**
 * The day that was written, as YYYY-MM-DD: `3 March 2026`, `3 mar 26`, `3/3/2026`, `03.03.26` (the day first, as people here write it) or
 * `2026-03-03`; undefined where it is none. Of two digits, the year is of this century.
 */
export function dayFrom(text: string): string | undefined {
  const words = text.trim().toLowerCase().replaceAll(',', ' ')
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const written = /^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]{3,9})\.?[\s./-]+(\d{4}|\d{2})$/.exec(words)
  if (!written) return undefined
  const [day, month, year] = written.slice(1) as [string, string, string]
  return dayOf(Number(year) + (year.length === 2 ? 2000 : 0), monthFrom(month), Number(day))
}

/** Nobody means more than was written: all four digits of the year are there. */
export const isWhole = (text: string): boolean => /\d{4}/.test(text)

function monthFrom(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  return MONTHS.findIndex((month) => month.startsWith(text) || (text === 'sept' && month === 'september')) + 1
}

/** Only a day that there is: no 31st of June. */
function dayOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  return at.toISOString().slice(0, 10)
}

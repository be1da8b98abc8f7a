import { ENGLISH_BANK_HOLIDAYS } from '@circumspect/domain'
import { Temporal } from 'temporal-polyfill'

export interface DemoYear {
  /** The September it starts in. */
  readonly starts: number
  /** 202526 */
  readonly name: string
  readonly terms: readonly { readonly from: string; readonly to: string }[]
}

/** Whole school years before the one that is on, which is told up to the day asked for. */
const YEARS_BEFORE = 3
export const startOfYear = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5, 7) >= '09' ? 0 : 1)

/** The school years up to the one of a day. */
export function yearsUpTo(today: string): DemoYear[] {
  const last = startOfYear(today)
  return Array.from({ length: YEARS_BEFORE + 1 }, (_, i) => last - YEARS_BEFORE + i).map((starts) => ({
    starts,
    name: `${starts}${String((starts + 1) % 100).padStart(2, '0')}`,
    terms: [
      { from: `${starts}-09-03`, to: `${starts}-10-24` },
      { from: `${starts}-11-03`, to: `${starts}-12-19` },
      { from: `${starts + 1}-01-05`, to: `${starts + 1}-02-13` },
      { from: `${starts + 1}-02-23`, to: `${starts + 1}-03-27` },
      { from: `${starts + 1}-04-13`, to: `${starts + 1}-05-22` },
      { from: `${starts + 1}-06-01`, to: `${starts + 1}-07-21` },
    ],
  }))
}

/** The school days of a year, up to a day. */
export function schoolDays({ terms }: DemoYear, today: string): string[] {
  return terms.flatMap(({ from, to }) => {
    const days: string[] = []
    for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
      const text = day.toString()
      if (day.dayOfWeek <= 5 && !ENGLISH_BANK_HOLIDAYS.includes(text) && text <= today) days.push(text)
    }
    return days
  })
}

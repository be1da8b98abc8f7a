export interface SchoolYear {
  /** 2025/26 */
  readonly name: string
  readonly from: string
  readonly to: string
}

const YEARS = 5

/** The school year of a day, September to August, and those before it, the last first. */
export function schoolYears(today: Date): SchoolYear[] {
  const first = today.getMonth() >= 8 ? today.getFullYear() : today.getFullYear() - 1
  return Array.from({ length: YEARS }, (_, back) => first - back).map((year) => ({
    name: `${year}/${String((year + 1) % 100).padStart(2, '0')}`,
    from: `${year}-09-01`,
    to: `${year + 1}-08-31`,
  }))
}

import { Temporal } from 'temporal-polyfill'

/** How long records about a child are kept unless a school says otherwise. A legal hold goes before it. */
export const RETENTION = {
  from: 'date-of-birth',
  years: 25,
  because:
    "Child protection files are kept until the child's 25th birthday (Information and Records Management Society, Toolkit for Schools).",
} as const

/** The first day (ISO 8601) on which records about a child born on `dateOfBirth` need no longer be kept. */
export function keptUntil(dateOfBirth: string, years: number = RETENTION.years): string {
  const born = Temporal.PlainDate.from(dateOfBirth)
  const birthday = born.add({ years })
  // A child of 29 February comes of age on 1 March.
  return (birthday.day === born.day ? birthday : birthday.add({ days: 1 })).toString()
}

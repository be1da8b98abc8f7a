import { badRequest, type Problem } from '@circumspect/http'
import type { z } from 'zod'

/** What stands after the ? of an address cannot be used: which parts, and what is expected of each (under '': which there are). */
export function badQuery({ issues }: z.ZodError, expected: Readonly<Record<string, string>>): Problem {
  const fields = new Set(issues.map(({ path }) => String(path[0] ?? '')))
  return badRequest(
    'Something after the ? of the address is not as expected.',
    [...fields].map((field) => ({ field, message: expected[field]! })),
  )
}

import type { Leaving } from '@circumspect/access'
import { Problem } from '@circumspect/http'

export { MADE_UP, NOT_YET, type Leaving } from '@circumspect/access'

/** @throws Problem 403, which says why. */
export function mustBeAllowed(leaving: Leaving): void {
  if (!leaving.allowed) throw new Problem(403, { code: 'files-switched-off', title: 'No files yet', detail: leaving.why })
}

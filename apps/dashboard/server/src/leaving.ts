import { Problem } from '@circumspect/http'

/** Whether files of figures, and reports for others than the safeguarding lead, may leave this installation. */
export type Leaving = { readonly allowed: true } | { readonly allowed: false; readonly why: string }

/** Nobody in the figures is real. */
export const MADE_UP: Leaving = { allowed: true }

export const NOT_YET: Leaving = {
  allowed: false,
  why: 'A small number can name a child. Until small numbers can be withheld, figures are for the safeguarding lead’s eyes, on these pages: files, and reports for governors and boards, are switched off.',
}

/** @throws Problem 403, which says why. */
export function mustBeAllowed(leaving: Leaving): void {
  if (!leaving.allowed) throw new Problem(403, { code: 'files-switched-off', title: 'No files yet', detail: leaving.why })
}

/**
 * Whether figures may go beyond the safeguarding lead and the headteacher: to governors and boards, and as files. Where not, why, in a
 * sentence for whom it concerns.
 */
export type Leaving = { readonly allowed: true } | { readonly allowed: false; readonly why: string }

/** Nobody in the figures is real. */
export const MADE_UP: Leaving = { allowed: true }

export const NOT_YET: Leaving = {
  allowed: false,
  why: 'A small number can name a child. Until small numbers can be withheld, figures are for the safeguarding lead’s eyes, on these pages: files, and reports for governors and boards, are switched off.',
}

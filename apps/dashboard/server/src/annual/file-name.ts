import type { AnnualDocument } from './model'

/** What a file of an annual report is called, without its ending: whose, which year, as of when and at which position. In plain letters: it goes into a header. */
export function annualFileName({ whose, schoolYear, asOf, position }: Pick<AnnualDocument, 'whose' | 'schoolYear' | 'asOf' | 'position'>): string {
  const plain = whose.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60)
  return ['circumspect-annual-report', ...(plain === '' ? [] : [plain]), schoolYear.replace('/', '-'), `as-of-${asOf.slice(0, 10)}`, `position-${position}`].join('-')
}

import type { Finding } from '@circumspect/views'

/** How sure a finding is, as people read it: what stands out first. */
export const KINDS = { 'stands-out': 'Stands out', ordinary: 'Nothing out of the ordinary', unsure: 'Too little to say', note: 'To be read with it' } as const

const ORDER = Object.keys(KINDS)

export const byKind = <F extends Pick<Finding, 'kind'>>(findings: readonly F[]): F[] => [...findings].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
